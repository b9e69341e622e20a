"""A file of a bank's own form in its turn: opened, read line by line, held against what is told of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from domain.feeds import statements as landing_said
from domain.feeds.adapters import problems as said
from domain.feeds.adapters.controls import Told, told_by_file, told_by_trailer
from domain.feeds.adapters.description import Adapter, ControlKind, Format
from domain.feeds.adapters.finding import control_content_of, delivery_fingerprint
from domain.feeds.adapters.folders import Entry, open_folder
from domain.feeds.adapters.lines import FileLines
from domain.feeds.adapters.mapping import lowest_columns, mapping_of
from domain.feeds.adapters.sheet_lines import SheetLines
from domain.feeds.adapters.versions import Version, version
from domain.feeds.batch_files import Control, FileRefused, FileUnfinished, open_file, open_landing
from domain.feeds.contracts import DELIMITER
from domain.feeds.mapping import Mapping
from domain.feeds.turns import Turn
from domain.shared.night import Connection, Night

OwnLines = FileLines | SheetLines


def lines_of(adapter: Adapter) -> OwnLines:
    if adapter.file.format is Format.XLSX:
        return SheetLines(adapter.file)
    encoding = "utf-8" if adapter.file.encoding.startswith("utf-16") else adapter.file.encoding
    return FileLines(encoding, form=adapter.file)


@contextmanager
def opened(connection: Connection, night: Night, turn: Turn) -> Iterator[tuple[BinaryIO, Version, Told]]:
    """The file, the description by which it was found, and what its control file tells of it."""
    assert turn.adapter_id is not None
    described = version(connection, turn.adapter_id)
    if described is None:
        raise FileUnfinished(landing_said.CHANGED_WHILE_READ())
    if described.problem is not None:
        raise FileUnfinished(described.problem)
    folder_name, _, name = turn.file_name.rpartition("/")
    entry = Entry(described, folder_name, name, turn.name.data_date, turn.name.sequence)
    form = described.adapter.control
    with open_landing(night.landing) as landing, open_folder(landing, entry.folder) as folder:
        content = b""
        if form.kind is ControlKind.FILE and entry.control_name is not None:
            content = control_content_of(folder, entry.control_name)
        if delivery_fingerprint(content, turn.sha256, described.text) != turn.control_sha256:
            raise FileUnfinished(landing_said.CHANGED_WHILE_READ())
        told = told_by_file(form, content, name) if form.kind is ControlKind.FILE else Told()
        with open_file(folder, name) as file:
            yield file, described, told


def control_of(adapter: Adapter, told: Told, lines: OwnLines, sha256: str) -> Control:
    """What is told of the file, now that its end was read. Without its trailer a file is half a file."""
    if adapter.control.kind is ControlKind.TRAILER:
        if not lines.trailer:
            raise FileUnfinished(said.TRAILER_MISSING(starts=adapter.file.trailer_starts or "–"))
        told = told_by_trailer(adapter.control, lines.trailer)
    return Control(told.rows, told.amount_sum_fen, sha256, adapter.file.encoding)


_COUNT = """
select columns, last from (
    select cardinality(string_to_array(raw, %(d)s)) as columns,
           max(split_part(raw, %(d)s, -1)) as last, count(*) as many
      from (select raw from staging_lines where raw <> '' and left(raw, 1) > E'\\x04' limit 100) first
     group by 1) counted
 order by many desc, columns desc limit 1
"""


def mapping_in(connection: Connection, adapter: Adapter, text: str, lines: OwnLines) -> Mapping:
    """How the lines are read, once they are staged: a header names their parts, and where nothing does, the first of
    them tell how many there are. A delimiter behind the last part makes no part."""
    header = lines.header if adapter.file.names_in_header else ()
    header = header[:-1] if header and not header[-1] else header
    known, is_certain = lowest_columns(adapter, header)
    found = connection.execute(_COUNT, {"d": DELIMITER}).fetchone()
    columns = known
    if found is not None:
        is_longer = found[0] == known + 1 and not found[1]
        columns = found[0] if is_longer or (not is_certain and found[0] >= known) else known
    mapping = mapping_of(adapter, text, header, columns)
    if adapter.file.names_in_header and not header:
        raise FileRefused(said.COLUMNS_MISSING(columns="–", found="–"))
    return mapping
