"""The help of every command as `./yunge` prints it: from a file, so that asking installs, starts and writes nothing."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from api.cli.app import app
from api.local.words import CATALOGUES
from api.settings import ROOT

COLUMNS = "100"
LOCALES = {"zh-CN": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}
"""A locale of each language: what the command line says follows the terminal's, and is read once a process."""


def help_file(language: str) -> Path:
    return CATALOGUES / f"help.{language}.txt"


def printed_help() -> str:
    """The help of every command in this process's language, each under a line `@ account add`; the list of all first.

    The terminal's width and colours are those of the process: `help_in` sets them.
    """
    told = []
    # Built once: typer's own runner would build all commands anew for each.
    every = typer.main.get_command(app)
    for words in _commands(every):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            every.main([*words, "-h"], prog_name="./yunge", standalone_mode=False)
        told.append(" ".join(["@", *words]) + "\n" + _trimmed(said.getvalue()))
    return "".join(told)


def _trimmed(text: str) -> str:
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    return "\n".join(lines) + "\n"


def _commands(command: object, *words: str) -> Iterator[tuple[str, ...]]:
    yield words
    for name, below in sorted(getattr(command, "commands", {}).items()):
        yield from _commands(below, *words, name)


def help_in(language: str) -> str:
    """As above, by a process of that language."""
    plain = {"COLUMNS": COLUMNS, "TERMINAL_WIDTH": COLUMNS, "NO_COLOR": "1", "TERM": "dumb"}
    environment = {**os.environ, **plain, "LC_ALL": LOCALES[language], "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-P", "-m", "api.cli.helping"],
        env=environment,
        capture_output=True,
        check=True,
    )
    return made.stdout.decode("utf-8")


def write_help() -> list[tuple[Path, bool]]:
    """Write each language's file; says of each whether it differs from what was there."""
    written = []
    for language in LOCALES:
        path, text = help_file(language), help_in(language)
        has_changed = not path.exists() or path.read_text("utf-8") != text
        if has_changed:
            path.write_text(text, "utf-8")
        written.append((path, has_changed))
    return written


if __name__ == "__main__":
    sys.stdout.buffer.write(printed_help().encode("utf-8"))
