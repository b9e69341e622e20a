"""Run a program of the tool chain to its end, its output in a log of its own."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from api.local.children import tail
from api.local.refusal import CannotGoOn
from api.local.words import t


def run_logged(
    command: Sequence[str | Path], *, log: Path, folder: Path, env: Mapping[str, str], what: str
) -> None:
    """Run it; on failure the end of the log is the message. Ctrl-C reaches it, because it stays in our session."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        child = subprocess.Popen(  # noqa: S603
            [str(part) for part in command],
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            code = child.wait()
        except BaseException:
            child.terminate()
            raise
    if code != 0:
        raise CannotGoOn(t("local_commands.failed_what_was", what=what, log=log, tail=tail(log, 25)))
