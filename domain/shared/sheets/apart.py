"""A workbook that may take much memory is opened by a process of its own (`python -m domain.shared.sheets.apart`).

The reader keeps rows times columns and a copy of every shared text. Within the limits of `limits` that can be more
than a worker has, and where there is none left the reader ends its process. So that process is another one, which may
take `most_memory` and no more; whoever asked goes on and says that the file is too large.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from domain.shared.sheets.errors import Measure, SheetNotWhole, SheetRefused, SheetTooLarge
from domain.shared.sheets.limits import (
    MEMORY_BEYOND_ITS_BYTES,
    MOST_CELLS_BESIDE_OTHERS,
    MOST_CHARACTERS_BESIDE_OTHERS,
)
from domain.shared.sheets.measuring import Measures, Place
from domain.shared.sheets.packed import Packed
from domain.shared.sheets.rows import CellProblem, SheetRow
from domain.shared.sheets.told import Sheet
from domain.shared.statements import Statement, statement_of

ROOT = Path(__file__).resolve().parents[3]
CPU_SECONDS = 120
Odd = Mapping[str, Mapping[Place, Statement]]
"""By the names of the sheets: cells that the reader gives as empty although they are not."""


def is_small(measures: Measures) -> bool:
    """Whether it takes so little that it may be opened beside other work."""
    return (
        measures.cells <= MOST_CELLS_BESIDE_OTHERS
        and measures.shown_characters <= MOST_CHARACTERS_BESIDE_OTHERS
    )


def most_memory(packed: Packed) -> int:
    """Bytes beyond what the process has when it begins: honest cells take about twice what they are written in."""
    return MEMORY_BEYOND_ITS_BYTES + 2 * sum(part.bytes_unpacked for part in packed.parts)


def read_apart(packed: Packed, odd: Odd) -> Iterator[Sheet]:
    """The sheets as `read_opened` gives them. Raises `SheetTooLarge` where the memory does not do."""
    most = most_memory(packed)
    command = [sys.executable, "-m", __name__, str(packed.path.resolve()), packed.name, str(most)]
    with subprocess.Popen(  # noqa: S603  (our own module; the path is ours and the name is only told)
        command,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        try:
            _hand_over(odd, reader.stdin)
            lines = _lines(reader.stdout, packed.name, most)
            for line in lines:
                if "sheet" not in line:
                    continue  # rows that nobody wanted
                yield Sheet(line["sheet"], _rows(line["sheet"], lines), _statements(line["notes"]))
        finally:
            reader.kill()


def _hand_over(odd: Odd, to: IO[str]) -> None:
    told = {
        sheet: [[*place, said.as_json()] for place, said in places.items()] for sheet, places in odd.items()
    }
    try:
        json.dump(told, to)
        to.close()
    except BrokenPipeError:
        pass  # it ended already; what it came to is said by its lines


def _lines(of: IO[str], name: str, most: int) -> Iterator[dict[str, Any]]:
    """What the reader says, until it has said that it is at the end."""
    for line in of:
        said: dict[str, Any] = json.loads(line)
        if "end" in said:
            return
        if "broken" in said:
            raise SheetNotWhole(name, said["broken"])
        if "measure" in said:
            raise SheetTooLarge(name, Measure(said["measure"]), said["found"], said["most"])
        yield said
    raise SheetTooLarge(name, Measure.MEMORY, most, most)


def _rows(sheet: str, lines: Iterator[dict[str, Any]]) -> Iterator[SheetRow]:
    for line in lines:
        if "row" not in line:
            return
        problems = tuple(
            CellProblem(column, said)
            for column, kept in line.get("problems", ())
            if (said := statement_of(kept)) is not None
        )
        yield SheetRow(sheet, line["row"], tuple(line["cells"]), problems)


def _statements(kept: list[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(said for one in kept if (said := statement_of(one)) is not None)


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def _tell(sheets: Iterator[Sheet]) -> None:
    for sheet in sheets:
        _say(sheet=sheet.name, notes=[note.as_json() for note in sheet.notes])
        for row in sheet.rows:
            problems = [[one.column, one.said.as_json()] for one in row.problems]
            _say(row=row.row, cells=row.cells, **({"problems": problems} if problems else {}))
        _say(done=sheet.name)


def _bind(most_bytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + most_bytes
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Opens the workbook; ends without its last line where it had too little memory."""
    from domain.shared.sheets.workbooks import read_opened

    path, name, most = sys.argv[1:]
    told = json.load(sys.stdin)
    odd = {
        sheet: {
            (row, column): said for row, column, kept in places if (said := statement_of(kept)) is not None
        }
        for sheet, places in told.items()
    }
    _bind(int(most))
    try:
        _tell(read_opened(Path(path), name, odd))
    except SheetTooLarge as refused:
        values = refused.statement.values
        _say(measure=values["measure"], found=values["found"], most=values["most"])
    except SheetRefused as refused:
        _say(broken=refused.statement.values["part"])
    except MemoryError:
        return
    _say(end=True)


if __name__ == "__main__":
    main()
