"""Whose turn it is: which batches of a feed are taken this night, and what the row of each then says."""

from dataclasses import dataclass, replace

from domain.feeds import statements as said
from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileRefused,
    FileUnfinished,
    control_content,
    fingerprint,
    parse_control,
)
from domain.feeds.settled import loaded_twin
from domain.shared.night import Connection, Night
from domain.shared.statements import Statement, jsonb_list


@dataclass(frozen=True)
class Turn:
    """A batch that is to be taken: its row, and what its control file said when it was found.

    One that was found tonight is WAITING; READY was let through by a person, who said yes to these bytes; HELD stays
    so unless what it was compared with has become another.
    """

    id: int
    name: BatchName
    control_sha256: str
    state: str
    rows: int
    file_name: str
    sha256: str
    adapter_id: int | None = None

    @property
    def was_let_through(self) -> bool:
        return self.state == "READY"

    def control(self, folder: int) -> Control:
        """What the control file says, if it still says what it said when the batch was found."""
        content = control_content(folder, self.name)
        if fingerprint(content) != self.control_sha256:
            raise FileUnfinished(said.CHANGED_WHILE_READ())
        return parse_control(content)


@dataclass(frozen=True)
class Outcome:
    """What became of a batch in its turn."""

    state: str
    reasons: list[Statement]
    rows: int
    loaded: int = 0
    refused: int = 0
    quarantined: int = 0
    changed: int = 0


def refused(refusal: FileRefused, rows: int) -> Outcome:
    return Outcome("REFUSED", refusal.reasons, rows, refused=rows)


def unfinished(turn: Turn, reason: Statement) -> Outcome:
    """It goes on waiting for the next night; a person's word for it, or the want of one, stays."""
    return Outcome(turn.state, [reason], turn.rows, refused=turn.rows)


def turns(connection: Connection, night: Night, feed: str) -> list[Turn]:
    """In the order of data dates and sequences, whoever was let through beside what was found tonight."""
    found = connection.execute(
        "select id, data_date, sequence, source, control_sha256, state, rows, file_name, sha256, adapter_id"
        " from batches where feed = %s and data_date <= %s and control_sha256 is not null"
        " and (state in ('HELD', 'READY') or state = 'WAITING' and reasons = '[]') order by data_date, sequence, id",
        [feed, night.data_date],
    )
    return [
        Turn(key, BatchName(feed, day, sequence, source), *rest)
        for key, day, sequence, source, *rest in found
    ]


def called(connection: Connection, turn: Turn) -> Turn | None:
    """The batch as it stands when its turn comes, locked; None where it is not to be taken.

    A held file is read again only where an earlier one was taken after it was held. A person may have given a word on
    it since the turns were drawn up: it is not written over.
    """
    if turn.state == "HELD" and not _is_compared_anew(connection, turn):
        return None
    row = connection.execute("select state from batches where id = %s for update", [turn.id]).fetchone()
    if row is None or row[0] not in ("WAITING", "HELD", "READY"):
        return None
    return replace(turn, state=row[0])


def _is_compared_anew(connection: Connection, turn: Turn) -> bool:
    row = connection.execute(
        "select exists (select from batches earlier join batches held on held.id = %s"
        " where (earlier.feed, earlier.source) = (held.feed, held.source) and earlier.state = 'LOADED'"
        " and earlier.taken_at > held.taken_at"
        " and (earlier.data_date, earlier.sequence) < (held.data_date, held.sequence))",
        [turn.id],
    ).fetchone()
    return row is not None and bool(row[0])


def check_not_counted(connection: Connection, turn: Turn) -> None:
    """Asked when the turn comes: a file with the same bytes that was found beside this one may have been sent back."""
    twin = loaded_twin(connection, turn.name, turn.sha256)
    if twin is not None:
        raise FileRefused(said.SAME_BYTES(file=twin))


def note(connection: Connection, night: Night, turn: Turn, outcome: Outcome, seconds: float) -> None:
    connection.execute(
        "update batches set state = %s, rows = %s, loaded = %s, refused = %s, quarantined = %s, changed = %s,"
        " reasons = %s, night_run_id = %s, seconds = %s, taken_at = now() where id = %s",
        [
            outcome.state,
            outcome.rows,
            outcome.loaded,
            outcome.refused,
            outcome.quarantined,
            outcome.changed,
            jsonb_list(outcome.reasons),
            night.run_id,
            seconds,
            turn.id,
        ],
    )
    if outcome.state == "LOADED":
        _supersede(connection, turn)


def _supersede(connection: Connection, turn: Turn) -> None:
    """Earlier files that still wait for a person's word have lost their day. One that came after a later one was
    taken has not: it corrects a day that was over when it came. An increment takes no day away from another."""
    taken = turn.name
    connection.execute(
        "update batches held set state = 'REFUSED', reasons = reasons || %s where feed = %s"
        " and source = %s and state in ('HELD', 'READY') and (data_date, sequence) < (%s, %s)"
        " and not (held.is_increment and (select is_increment from batches where id = %s))"
        " and not exists (select from batches later where (later.feed, later.source) = (held.feed, held.source)"
        " and later.state = 'LOADED'"
        " and later.taken_at < held.taken_at"
        " and (later.data_date, later.sequence) > (held.data_date, held.sequence))",
        [
            jsonb_list([said.SUPERSEDED(file=turn.file_name)]),
            taken.feed,
            taken.source,
            taken.data_date,
            taken.sequence,
            turn.id,
        ],
    )


def count_held(connection: Connection, night: Night, feed: str) -> int:
    row = connection.execute(
        "select count(*) from batches where feed = %s and state = 'HELD' and data_date <= %s",
        [feed, night.data_date],
    ).fetchone()
    assert row is not None
    return int(row[0])
