"""What a workbook holds, found by reading its parts as bytes: before the reader makes cells of them.

The reader keeps rows times columns in memory, up to the furthest cell with a value, and copies a shared text for each
cell that shows it. Both are therefore counted here, in one pass over the unpacked pieces. On the way come the cells
that the reader gives as empty although they are not: errors, and formulas that were never worked out.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.shared.sheets.errors import Measure, SheetNotPlain, SheetNotWhole, SheetTooLarge
from domain.shared.sheets.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_CHARACTERS_A_CELL,
    MOST_COLUMNS,
    MOST_DECLARED_CELLS,
    MOST_ROWS,
)
from domain.shared.sheets.packed import Packed, Part
from domain.shared.sheets.rows import HAS_NO_VALUE, IS_ERROR, column_number
from domain.shared.statements import Statement

Place = tuple[int, int]
"""(row from 1, column from 0)."""

# Whoever writes a part may write anything: no pattern here gives back what it has taken (`*+`), so that none of them
# looks at a byte more than a few times, whatever the part holds. Nothing outside of quotes reaches beyond its tag.
_TAG = rb"<(?:\w++:)?+"
_ATTRIBUTE = rb"[^\s=<>\"'/]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+')"
_OTHERS = rb"(?:\s*+(?!%s\s*+=)" + _ATTRIBUTE + rb")*+\s*+"
_REST = rb"(?:\s*+" + _ATTRIBUTE + rb")*+\s*+>"
_PLACED = _TAG + rb"c\s" + _OTHERS % b"r" + rb"r\s*+=\s*+[\"']([A-Za-z]{1,3})([0-9]{1,9})[\"']"
_CELL = re.compile(_PLACED + _REST)
_UNPLACED = re.compile(_TAG + rb"c(?=[\s>])" + _OTHERS % b"r" + rb">")
_ROW = re.compile(_TAG + rb"row\s" + _OTHERS % b"r" + rb"r\s*+=\s*+[\"']([0-9]{1,9})[\"']")
_ERROR = re.compile(_PLACED + _OTHERS % b"t" + rb"t\s*+=\s*+[\"']e[\"']" + _REST)
_UNWORKED = re.compile(
    _CELL.pattern + rb"\s*+<(?:\w++:)?+f\b[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</(?:\w++:)?+f>)\s*+"
    rb"(?:<(?:\w++:)?+v\s*+/>\s*+|<(?:\w++:)?+v\s*+>\s*+</(?:\w++:)?+v>\s*+)?+</(?:\w++:)?+c>"
)
_TYPED_EMPTY = re.compile(rb"\bt\s*+=\s*+[\"']str[\"']")
_SHOWN = re.compile(
    _TAG
    + rb"c\s"
    + _OTHERS % b"t"
    + rb"t\s*+=\s*+[\"']s[\"']"
    + _REST
    + rb"\s*+<(?:\w++:)?+v\s*+>\s*+([0-9]{1,9})"
)
_DIMENSION = re.compile(
    _TAG
    + rb"dimension\s"
    + _OTHERS % b"ref"
    + rb"ref\s*+=\s*+[\"']([A-Za-z]{1,3})([0-9]{1,9})(?::([A-Za-z]{1,3})([0-9]{1,9}))?"
)
_LONGEST_RUN = 4 * 2**20
_FEW = 10_000


@dataclass
class PartMeasure:
    """One part, read as a sheet whether it is one or not."""

    rows: int = 0
    columns: int = 0
    shown: int = 0
    """Cells that show a shared text."""
    odd: dict[Place, Statement] = field(default_factory=dict)


@dataclass
class Measures:
    """By the names of the parts."""

    parts: dict[str, PartMeasure] = field(default_factory=dict)
    shown_characters: int = 0
    """Of shared texts, each counted where it is shown, at most."""

    @property
    def cells(self) -> int:
        """Rows times columns of the largest sheet."""
        return max((part.rows * part.columns for part in self.parts.values()), default=0)


def measure(packed: Packed) -> Measures:
    """Raises the refusals of `errors` for what is over a limit, damaged or no plain workbook."""
    found = Measures()
    shared_bytes = array("I")
    for part in packed.parts:
        if part.name.lower().endswith((".bin", ".vml")) and "vbaproject" in part.name.lower():
            raise SheetNotPlain(packed.name, part.name)
        if not part.name.lower().endswith((".xml", ".rels")):
            for _ in packed.pieces(part):
                pass
            continue
        if part.name.lower().endswith("sharedstrings.xml"):
            shared_bytes = _shared_texts(packed, part)
        else:
            found.parts[part.name] = _measure_part(packed, part)
    _check_characters(packed, found, shared_bytes)
    return found


def _runs(packed: Packed, part: Part, before: tuple[bytes, ...]) -> Iterator[bytes]:
    """A part in runs that end before one of these marks, so that nothing looked for lies across two runs."""
    rest = b""
    is_first = True
    for piece in packed.pieces(part):
        if is_first:
            _check_plain(packed, part, piece)
            is_first = False
        rest += piece
        if b"<!DOCTYPE" in rest or b"<!ENTITY" in rest:
            raise SheetNotPlain(packed.name, part.name)
        cut = next((at for mark in before if (at := rest.rfind(mark)) > 0), 0)
        if cut:
            run, rest = rest[:cut], rest[cut:]
            yield run
        elif len(rest) > _LONGEST_RUN:
            raise SheetTooLarge(packed.name, Measure.CHARACTERS, len(rest), MOST_CHARACTERS_A_CELL)
    yield rest


def _check_plain(packed: Packed, part: Part, piece: bytes) -> None:
    """XML in UTF-8; in UTF-16 nothing of what is looked for here would be found."""
    if piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in piece[:64]:
        raise SheetNotPlain(packed.name, part.name)
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", piece)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise SheetNotPlain(packed.name, part.name)


def _measure_part(packed: Packed, part: Part) -> PartMeasure:
    found = PartMeasure()
    for run in _runs(packed, part, (b"<row", b":row", b"<")):
        _check_declared(packed, run)
        cells = _CELL.findall(run)
        if cells:
            columns, rows = {letters for letters, _ in cells}, {row for _, row in cells}
            found.columns = max(found.columns, *(column_number(one.decode()) + 1 for one in columns))
            found.rows = max(found.rows, *map(int, rows))
        if _UNPLACED.search(run):
            _count_unplaced(found, run)
        found.shown += run.count(b't="s"') + run.count(b"t='s'")
        _look_for_odd(found, run)
        _check_extent(packed, found)
    return found


def _count_unplaced(found: PartMeasure, run: bytes) -> None:
    """Cells may leave out where they stand: they follow one another, in the row that is said or the next."""
    rows = [int(row) for row in _ROW.findall(run)]
    found.rows = max(found.rows + (0 if rows else run.count(b"<row")), *rows, 0)
    widest = max((len(_UNPLACED.findall(row)) for row in re.split(rb"<(?:\w+:)?row\b", run)), default=0)
    found.columns = max(found.columns, widest)


def _look_for_odd(found: PartMeasure, run: bytes) -> None:
    if len(found.odd) > _FEW:
        return
    if b'"e"' in run or b"'e'" in run:
        for cell in _ERROR.finditer(run):
            found.odd[_place(cell)] = IS_ERROR()
    if b"<f" in run or b":f" in run:
        for cell in _UNWORKED.finditer(run):
            # A formula of text that came to nothing says so by its type; one without any was never worked out.
            if not _TYPED_EMPTY.search(cell[0]):
                found.odd[_place(cell)] = HAS_NO_VALUE()


def _place(cell: re.Match[bytes]) -> Place:
    return int(cell[2]), column_number(cell[1].decode())


def _check_declared(packed: Packed, run: bytes) -> None:
    declared = _DIMENSION.search(run)
    if declared and declared[3]:
        rows = int(declared[4]) - int(declared[2]) + 1
        columns = column_number(declared[3].decode()) - column_number(declared[1].decode()) + 1
        if rows * columns > MOST_DECLARED_CELLS:
            raise SheetTooLarge(packed.name, Measure.CELLS, rows * columns, MOST_CELLS)


def _check_extent(packed: Packed, found: PartMeasure) -> None:
    for measured, most, what in (
        (found.columns, MOST_COLUMNS, Measure.COLUMNS),
        (found.rows, MOST_ROWS, Measure.ROWS),
        (found.rows * found.columns, MOST_CELLS, Measure.CELLS),
    ):
        if measured > most:
            raise SheetTooLarge(packed.name, what, measured, most)


def _shared_texts(packed: Packed, part: Part) -> "array[int]":
    """Bytes of each shared text, its marks included."""
    lengths = array("I")
    for run in _runs(packed, part, (b"<si", b":si", b"<")):
        lengths.extend(len(text) for text in re.split(rb"<(?:\w+:)?si\b", run)[1:])
    return lengths


def _check_characters(packed: Packed, found: Measures, shared_bytes: "array[int]") -> None:
    """Exactly only where the bound is over: one long remark among a million short names is not refused."""
    shown = sum(part.shown for part in found.parts.values())
    found.shown_characters = sum(shared_bytes) + shown * max(shared_bytes, default=0)
    if shown * max(shared_bytes, default=0) <= MOST_CHARACTERS:
        return
    total = 0
    for part in packed.parts:
        measured = found.parts.get(part.name)
        if measured is None or not measured.shown:
            continue
        for run in _runs(packed, part, (b"<row", b":row", b"<")):
            for index in map(int, _SHOWN.findall(run)):
                if index >= len(shared_bytes):
                    raise SheetNotWhole(packed.name, part.name)
                total += shared_bytes[index]
            if total > MOST_CHARACTERS:
                raise SheetTooLarge(packed.name, Measure.CHARACTERS, total, MOST_CHARACTERS)
