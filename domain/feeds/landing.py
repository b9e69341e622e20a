"""Which batches are there: the first step of a night. What is to be taken is a row, and nothing is moved or locked."""

import os
from dataclasses import dataclass, field

from psycopg.types.json import Jsonb

from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileRefused,
    FileUnfinished,
    hash_of,
    open_landing,
    parse_name,
    read_control,
    why_odd,
)
from domain.feeds.contracts import FEEDS
from domain.shared.night import Connection, Night, Report, StepResult

ODD_FEED = "unknown"
"""Feed under which entries of the folder are reported that are no batch."""


@dataclass
class Folder:
    """What lies in the landing folder, by name alone."""

    data: set[BatchName] = field(default_factory=set)
    control: set[BatchName] = field(default_factory=set)
    odd: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """A batch that an earlier look already settled."""

    state: str
    sha256: str | None


def find_batches(connection: Connection, night: Night, report: Report) -> StepResult:
    """Notes each complete batch up to the data date as WAITING, and each incomplete one with the reason why."""
    connection.execute("delete from batches where state = 'WAITING' or feed = %s", [ODD_FEED])
    with open_landing(night.landing) as handle:
        folder = _look(handle)
        for name, reason in sorted(folder.odd.items()):
            _note(connection, night, BatchName(ODD_FEED, night.data_date, 0), name, "REFUSED", reason=reason)
        due = sorted(batch for batch in folder.data | folder.control if batch.data_date <= night.data_date)
        ready = 0
        for position, batch in enumerate(due):
            report(position / max(len(due), 1), f"查看 {batch.stem}")
            ready += _settle(connection, night, handle, folder, batch)
    missing = _note_missing(connection, night, due)
    message = f"{ready} 个批次待入库"
    if missing:
        message += f"；未到：{'、'.join(missing)}"
    if folder.odd:
        message += f"；{len(folder.odd)} 个异常条目未读取"
    return StepResult(rows=ready, message=message)


def _look(handle: int) -> Folder:
    folder = Folder()
    for name in os.listdir(handle):
        odd = why_odd(handle, name)
        parsed = parse_name(name)
        if odd is not None or parsed is None:
            folder.odd[_printable(name)] = odd or "无法识别"
        else:
            (folder.data if parsed[1] == "dat" else folder.control).add(parsed[0])
    return folder


def _printable(name: str) -> str:
    """Undecodable bytes and control characters shown as escapes, so that any name can be stored and read."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in shown)[:255]


def _settle(connection: Connection, night: Night, handle: int, folder: Folder, batch: BatchName) -> int:
    """One batch: 1 when it is to be taken, else 0."""
    name = batch.stem + ".dat"
    known = _known(connection, batch)
    try:
        if batch not in folder.data:
            raise FileUnfinished(f"只有控制文件，缺少数据文件 {name}；未入库，文件到齐后下一夜自动接收。")
        if batch not in folder.control:
            raise FileUnfinished(f"缺少控制文件 {batch.stem}.ctl；未入库，控制文件到达后下一夜自动接收。")
        control = read_control(handle, batch)
        if any(row.sha256 == control.sha256 for row in known):
            return 0  # settled before; its bytes are not read a second time
        _check_bytes(handle, batch, control)
    except FileUnfinished as unfinished:
        if not known:
            _note(connection, night, batch, name, "WAITING", reason=str(unfinished))
        return 0
    except FileRefused as refused:
        if not known:
            _note(connection, night, batch, name, "REFUSED", reason=str(refused))
        return 0
    reason = _why_not_again(connection, batch, control, known)
    state = "WAITING" if reason is None else "REFUSED"
    refused_rows = 0 if reason is None else control.rows
    _note(connection, night, batch, name, state, reason, control.sha256, control.rows, refused_rows)
    return int(reason is None)


def _check_bytes(handle: int, batch: BatchName, control: Control) -> None:
    found = hash_of(handle, batch)
    if found != control.sha256:
        raise FileUnfinished(
            f"{batch.stem}.dat 的 SHA-256 与控制文件不符（文件 {found[:12]}…，控制文件 {control.sha256[:12]}…），"
            "可能尚未写完或已损坏；未入库，请重新下发，下一夜自动接收。"
        )


def _known(connection: Connection, batch: BatchName) -> list[Known]:
    rows = connection.execute(
        "select state, sha256 from batches where feed = %s and data_date = %s and sequence = %s",
        [batch.feed, batch.data_date, batch.sequence],
    )
    return [Known(state, sha256) for state, sha256 in rows]


def _why_not_again(
    connection: Connection, batch: BatchName, control: Control, known: list[Known]
) -> str | None:
    """Same bytes count once; a name that was taken stands for the bytes that were taken."""
    if any(row.state == "LOADED" for row in known):
        return (
            f"{batch.stem} 已入库，现在同名文件的内容不同；保留已入库的数据，本文件未入库。"
            f"如需更正，请以下一序号（{batch.feed}_{batch.data_date:%Y%m%d}_{batch.sequence + 1}）下发。"
        )
    twin = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sha256 = %s"
        " and (state = 'LOADED' or state = 'WAITING' and reasons = '[]') and sequence <> %s limit 1",
        [batch.feed, batch.data_date, control.sha256, batch.sequence],
    ).fetchone()
    if twin is not None:
        return f"内容与 {twin[0]} 完全相同，已计一次；本文件未入库，无需处理。"
    later = connection.execute(
        "select file_name from batches where feed = %s and data_date = %s and sequence > %s"
        " and state = 'LOADED' limit 1",
        [batch.feed, batch.data_date, batch.sequence],
    ).fetchone()
    if later is not None:
        return f"同一数据日期的更正 {later[0]} 已入库，以更正为准；本文件未入库，无需处理。"
    return None


def _note(
    connection: Connection,
    night: Night,
    batch: BatchName,
    file_name: str,
    state: str,
    reason: str | None = None,
    sha256: str | None = None,
    rows: int = 0,
    refused: int = 0,
) -> None:
    connection.execute(
        "insert into batches (feed, data_date, sequence, file_name, sha256, state, rows, loaded, refused,"
        " quarantined, changed, reasons, night_run_id) values (%s, %s, %s, %s, %s, %s, %s, 0, %s, 0, 0, %s, %s)",
        [
            batch.feed,
            batch.data_date,
            batch.sequence,
            file_name,
            sha256,
            state,
            rows if state == "REFUSED" else 0,
            refused,
            Jsonb([] if reason is None else [reason]),
            night.run_id,
        ],
    )


def _note_missing(connection: Connection, night: Night, due: list[BatchName]) -> list[str]:
    """Feeds of which nothing came for the data date, as WAITING rows with a sentence."""
    came = {batch.feed for batch in due if batch.data_date == night.data_date}
    missing = [feed for feed in FEEDS.values() if feed.name not in came]
    for feed in missing:
        batch = BatchName(feed.name, night.data_date, 1)
        if _known(connection, batch):
            continue
        reason = f"{feed.title} 的 {batch.stem}.dat 未到；沿用上一日数据，文件到达后重跑本夜即可。"
        _note(connection, night, batch, batch.stem + ".dat", "WAITING", reason=reason)
    return [feed.title for feed in missing]
