"""Writes one workbook, as a process of its own: `python -m api.files.making OUT`, what stands in it on standard input.

The process of the API never loads what writes sheets, and the one that writes them knows no database.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from api.files.import_contents import Template
from domain.shared.sheets.plain_workbooks import PlainSheet, write_plain_workbook

ROOT = Path(__file__).resolve().parents[2]
TAKES_AT_MOST_S = 60
AT_A_TIME = 2
_PASSED_ON = ("PYTHONPYCACHEPREFIX",)
"""Compiling every module anew would take longer than the rest."""
_turns = asyncio.Semaphore(AT_A_TIME)


async def workbook_of(content: Template | Sequence[PlainSheet]) -> bytes:
    """Raises TimeoutError, and OSError where the process died."""
    is_template = isinstance(content, Template)
    asked = content.as_json() if isinstance(content, Template) else [asdict(one) for one in content]
    return await made_by("api.files.making", {"is_template": is_template, "content": asked})


async def made_by(module: str, asked: object) -> bytes:
    """What `python -m MODULE OUT` writes, `asked` being its standard input. Raises as `workbook_of`."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    environment |= {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "made"
        async with _turns:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                module,
                str(out),
                cwd=ROOT,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
            )
            sent = json.dumps(asked).encode()
            try:
                await asyncio.wait_for(child.communicate(sent), TAKES_AT_MOST_S)
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if child.returncode != 0:
            raise OSError(f"nothing was made: exit code {child.returncode}")
        return out.read_bytes()


def main() -> None:
    out = Path(sys.argv[1])
    asked = json.load(sys.stdin)
    if asked["is_template"]:
        Template.of_json(asked["content"]).write(out)
    else:
        write_plain_workbook(out, [PlainSheet(**one) for one in asked["content"]])


if __name__ == "__main__":
    main()
