"""What earlier looks at the landing folder settled, and the row that each look leaves."""

from dataclasses import dataclass

from domain.feeds import statements as said
from domain.feeds.batch_files import BatchName
from domain.shared.night import Connection, Night
from domain.shared.statements import Statement, jsonb_list


@dataclass(frozen=True)
class Seen:
    """What tells one delivery of a name from another without reading its bytes.

    A verdict on a file belongs to what its control file says, so that a correction of the control file alone is heard.
    A data file that was written anew under the old control file is read again, to say that the two do not agree.
    """

    control_sha256: str | None = None
    file_changed_ns: int | None = None


@dataclass(frozen=True)
class Known:
    """A batch that an earlier look already settled. Nothing was seen of those that were put aside without a verdict,
    or settled by a release that kept no control file."""

    id: int
    state: str
    sha256: str | None
    seen: Seen
    sequence: int = 0


def verdict_on(known: list[Known], sha256: str, seen: Seen) -> Known | None:
    """The batch that settled what lies there now, if one did."""
    for row in known:
        if row.seen.control_sha256 == seen.control_sha256:
            return row
        if row.seen.control_sha256 is None and row.state == "LOADED" and row.sha256 == sha256:
            return row
    return None


def see(connection: Connection, verdict: Known, seen: Seen) -> None:
    """The same batch lies there under another date, or was settled by a release that did not keep what it saw."""
    connection.execute(
        "update batches set control_sha256 = %s, file_changed_ns = %s where id = %s",
        [seen.control_sha256, seen.file_changed_ns, verdict.id],
    )


def put_aside(connection: Connection, known: list[Known]) -> None:
    """Another file came under the name of one that waits for a person's word, or has it: the word is of no use.

    Nothing was decided about its bytes, so they may come again.
    """
    connection.execute(
        "update batches set state = 'REFUSED', reasons = reasons || %s, control_sha256 = null where id = any(%s)",
        [jsonb_list([said.REPLACED()]), [row.id for row in known if row.state in ("HELD", "READY")]],
    )


def known_of(connection: Connection, batch: BatchName) -> list[Known]:
    rows = connection.execute(
        "select id, state, sha256, control_sha256, file_changed_ns, sequence from batches"
        " where feed = %s and source = %s and data_date = %s and sequence = %s",
        [batch.feed, batch.source, batch.data_date, batch.sequence],
    )
    return [
        Known(key, state, sha256, Seen(control, changed), sequence)
        for key, state, sha256, control, changed, sequence in rows
    ]


def why_not_again(
    connection: Connection,
    batch: BatchName,
    sha256: str,
    known: list[Known],
    called: str | None = None,
    following: str | None = None,
) -> Statement | None:
    """Same bytes count once; a name that was taken stands for the bytes that were taken. `called` is what the file is
    called and `following` what a correction is, where that is not as the contract says."""
    loaded = next((row for row in known if row.state == "LOADED"), None)
    if loaded is not None:
        after = following or BatchName(batch.feed, batch.data_date, batch.sequence + 1).stem
        is_control = loaded.sha256 == sha256
        said_so = said.CONTROL_CHANGED if is_control else said.NAME_TAKEN
        return said_so(batch=called or batch.stem, next=after)
    twin = loaded_twin(connection, batch, sha256)
    if twin is not None:
        return said.SAME_BYTES(file=twin)
    later = connection.execute(
        "select file_name from batches where feed = %s and source = %s and data_date = %s and sequence > %s"
        " and state = 'LOADED' limit 1",
        [batch.feed, batch.source, batch.data_date, batch.sequence],
    ).fetchone()
    if later is not None:
        return said.CORRECTED(file=later[0])
    return None


def loaded_twin(connection: Connection, batch: BatchName, sha256: str) -> str | None:
    """The file of the same source and day with these bytes that was taken, if one was."""
    twin = connection.execute(
        "select file_name from batches where feed = %s and source = %s and data_date = %s and sha256 = %s"
        " and state = 'LOADED' and sequence <> %s limit 1",
        [batch.feed, batch.source, batch.data_date, sha256, batch.sequence],
    ).fetchone()
    return None if twin is None else str(twin[0])


def note(
    connection: Connection,
    night: Night,
    batch: BatchName,
    state: str,
    seen: Seen = Seen(),
    reason: Statement | None = None,
    sha256: str | None = None,
    refused: int = 0,
    *,
    file_name: str | None = None,
    adapter_id: int | None = None,
    is_increment: bool = False,
) -> None:
    connection.execute(
        "insert into batches (feed, source, adapter_id, is_increment, data_date, sequence, file_name, sha256,"
        " control_sha256, file_changed_ns, state, rows, loaded, refused, quarantined, changed, reasons, night_run_id)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, 0, 0, %s, %s)",
        [
            batch.feed,
            batch.source,
            adapter_id,
            is_increment,
            batch.data_date,
            batch.sequence,
            file_name or batch.stem + ".dat",
            sha256,
            seen.control_sha256,
            seen.file_changed_ns,
            state,
            refused,
            refused,
            jsonb_list([] if reason is None else [reason]),
            night.run_id,
        ],
    )
