"""A workbook as lines: every cell a part, with the canonical delimiter between, as `lines` makes them of text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import FileForm
from domain.feeds.adapters.frames import STAND_IN
from domain.feeds.batch_files import HASH_CHUNK_BYTES, FileRefused
from domain.feeds.contracts import DELIMITER
from domain.feeds.decoding import BROKEN
from domain.shared.sheets.errors import SheetRefused
from domain.shared.sheets.reading import read_sheets
from domain.shared.sheets.rows import SheetRow

_LINES_AT_ONCE = 5_000
_LAST_ROWS = 10
_NOT_IN_A_LINE = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\0": " "})


@dataclass
class SheetLines:
    """Reads one workbook by its form; the same to those who stage lines as `FileLines`.

    A row with a cell that cannot be read (digits that the sheet lost, an error of a formula) is told like broken bytes.
    """

    form: FileForm
    encoding: str = "utf-8"
    rows: int = 0
    marks: int = 0
    first_marked: int = 0
    first_line: str | None = None
    size_bytes: int = 0
    sha256: str = ""
    header: tuple[str, ...] = ()
    trailer: list[str] = field(default_factory=list)

    @property
    def first_number(self) -> int:
        return self.form.header_lines + 1

    def copy_text(self, file: BinaryIO) -> Iterator[bytes]:
        self._hash(file)
        try:
            lines: list[str] = []
            for line in self._lines(Path(f"/proc/self/fd/{file.fileno()}")):
                lines.append(line)
                if len(lines) == _LINES_AT_ONCE:
                    yield _copied(lines)
                    lines = []
            yield _copied(lines)
        except SheetRefused as refused:
            raise FileRefused(refused.statement) from None

    def _hash(self, file: BinaryIO) -> None:
        digest = sha256()
        while chunk := file.read(HASH_CHUNK_BYTES):
            digest.update(chunk)
            self.size_bytes += len(chunk)
        self.sha256 = digest.hexdigest()

    def _lines(self, path: Path) -> Iterator[str]:
        """Rows without header and trailer."""
        held: list[tuple[str, ...]] = []
        keep = _LAST_ROWS if self.form.trailer_starts else self.form.trailer_lines
        for row in self._rows(path):
            if row.row <= self.form.header_lines:
                if row.row == self.form.header_lines:
                    self.header = row.cells
                continue
            cells = (BROKEN + row.cells[0], *row.cells[1:]) if row.problems and row.cells else row.cells
            held.append((BROKEN,) if row.problems and not cells else cells)
            if len(held) > keep:
                yield self._line(held.pop(0))
        if self.form.names_in_header and not self.header:
            raise FileRefused(said.NO_LINES())
        first = self._first_of_trailer(held)
        self.trailer = [DELIMITER.join(cells) for cells in held[first:]]
        for cells in held[:first]:
            yield self._line(cells)

    def _first_of_trailer(self, held: list[tuple[str, ...]]) -> int:
        if not self.form.trailer_starts:
            return max(len(held) - self.form.trailer_lines, 0)
        first = len(held)
        while first and held[first - 1] and held[first - 1][0].startswith(self.form.trailer_starts):
            first -= 1
        return first

    def _rows(self, path: Path) -> Iterator[SheetRow]:
        names = []
        for sheet in read_sheets(path, "XLSX"):
            names.append(sheet.name)
            if not self.form.sheet or sheet.name == self.form.sheet:
                yield from sheet.rows
                return
        raise FileRefused(
            said.SHEET_MISSING(sheet=self.form.sheet or "–", found=", ".join(names)[:200] or "–")
        )

    def _line(self, cells: tuple[str, ...]) -> str:
        """So many parts as the header has: a sheet leaves out empty cells at the end, and notes may stand beside it."""
        self.rows += 1
        width = len(self.form.columns) or len(self.header)
        if width:
            cells = (*cells[:width], *[""] * (width - len(cells)))
        line = DELIMITER.join(
            [cell.replace(DELIMITER, STAND_IN) for cell in cells] if DELIMITER in "".join(cells) else cells
        )
        line = line if line.isprintable() else line.translate(_NOT_IN_A_LINE)
        if self.first_line is None:
            self.first_line = line
        return line


def _copied(lines: list[str]) -> bytes:
    text = "".join(line + "\n" for line in lines)
    return text.encode("utf-8", "replace").replace(b"\\", b"\\\\")
