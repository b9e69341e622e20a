"""Start a program: as the servers' user where the launcher is root, never in the caller's folder or session."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.local.place import Place

CLEAN = ("PATH", "LANG", "LC_ALL", "HOME", "TZ", "LD_LIBRARY_PATH", "PROJ_DATA")
"""What a server gets of the caller's environment. Its C locale is given by name, secrets are not passed on."""


def run_server_tool(
    place: Place, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run to the end. Output goes to a file, because a server keeps an inherited pipe open for ever."""
    account = place.server_account
    environment = {name: os.environ[name] for name in CLEAN if name in os.environ} | dict(env or {})
    with (place.logs / "servers.log").open("ab") as log:
        return subprocess.run(  # noqa: S603
            [str(part) for part in command],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
            **_identity(account),
        )


def _identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def tail(path: Path, lines: int = 12) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except (FileNotFoundError, PermissionError):
        return ""


def is_alive(pid: int) -> bool:
    """Whether a process still does anything: where the first process fetches nobody, the dead stay listed."""
    try:
        # The state follows the name, which is in brackets and may hold anything.
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
