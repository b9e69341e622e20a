"""Looks at one file, as a process of its own: `python -m api.files.checking SENT MADE KIND,KIND`.

It may take so much memory, so much time, and write one file of so many bytes; whoever overdoes it has the file
refused, and the worker that asked goes on. The answer is one line of JSON: the kind, or the code why not.
"""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from domain.shared.errors import DomainError
from domain.shared.files.errors import FileKindNotWanted, FileNotReadable
from domain.shared.files.kinds import PICTURES, FileKind
from domain.shared.files.looking import kind_of
from domain.shared.statements import Statement, statement_of

ROOT = Path(__file__).resolve().parents[2]
MIB = 2**20
MEMORY_BYTES = 260 * MIB
"""Of addresses, more than sixty of which the interpreter and its libraries take before they look at anything."""
CPU_SECONDS = 20
WRITTEN_BYTES = 16 * MIB
TAKES_AT_MOST_SECONDS = 40.0


@dataclass(frozen=True)
class Looked:
    """`kind` of a file that may be kept; else why not. A picture lies where it was to be made."""

    kind: FileKind | None = None
    why_not: Statement | None = None


def look_at(sent: Path, made: Path, wanted: Iterable[FileKind]) -> Looked:
    """What a process of its own finds; one that dies, or hangs, found that the file cannot be read."""
    command = [sys.executable, "-m", "api.files.checking", str(sent), str(made), ",".join(sorted(wanted))]
    try:
        done = subprocess.run(  # noqa: S603  (our own module, and paths that we named)
            command,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TAKES_AT_MOST_SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Looked(why_not=FileNotReadable().statement)
    if answer["kind"] is not None:
        return Looked(FileKind(answer["kind"]))
    return Looked(why_not=statement_of(answer["why_not"]))


def _look(sent: Path, made: Path, wanted: frozenset[FileKind]) -> FileKind:
    kind = kind_of(sent, takes_lines=FileKind.LINES in wanted)
    if kind not in wanted:
        raise FileKindNotWanted(kind, wanted)
    if kind in PICTURES:
        # Loaded for pictures alone; its decoders are what the bounds are for.
        from api.files.pictures import write_anew

        write_anew(sent, kind, made)
    return kind


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_BYTES, WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Writing beyond the bound is an error that can be told, not the end of the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def main() -> None:
    _bind()
    sent, made, wanted = sys.argv[1:]
    answer: dict[str, object]
    try:
        kind = _look(Path(sent), Path(made), frozenset(FileKind(one) for one in wanted.split(",")))
        answer = {"kind": kind.value, "why_not": None}
    except DomainError as refused:
        answer = {"kind": None, "why_not": refused.statement.as_json()}
    except MemoryError:
        answer = {"kind": None, "why_not": FileNotReadable().statement.as_json()}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
