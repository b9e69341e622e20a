"""The command line on an installation in a folder of the test's own: in a process of its own, or in the test's."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from api.cli.__main__ import main
from api.local.place import Place

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROGRAM = """
import sys
from pathlib import Path
from api.local.place import Place
folder = Path(sys.argv.pop(1))
Place.default = classmethod(lambda place: place(folder))
from api.cli.__main__ import main
sys.exit(main())
"""


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-c", PROGRAM, str(folder), *arguments]


def environment(language: str = "zh_CN.UTF-8", **given: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": language, **given}


def yunge(
    folder: Path, *arguments: str, says: str = "", language: str = "zh_CN.UTF-8", **given: str
) -> subprocess.CompletedProcess[str]:
    """A command that has ended."""
    done = subprocess.run(
        command(folder, *arguments),
        env=environment(language, **given),
        input=says,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def here(
    folder: Path, *arguments: str, says: str = "", language: str = "zh_CN.UTF-8", **given: str
) -> subprocess.CompletedProcess[str]:
    """The same command with the same answer in the test's process, which need not begin another Python.

    For what a process of its own would not change; headings of help are in the language in which the test began.
    """
    with (
        pytest.MonkeyPatch.context() as patched,
        redirect_stdout(StringIO()) as out,
        redirect_stderr(StringIO()) as err,
    ):
        patched.setattr(sys, "argv", ["yunge", *arguments])
        patched.setattr(sys, "stdin", StringIO(says))
        for name, value in {"LC_ALL": language, **given}.items():
            patched.setenv(name, value)
        patched.setattr(Place, "default", classmethod(lambda place: place(folder)))
        code = main()
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
