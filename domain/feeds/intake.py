"""From the files of one feed to its snapshot: decode, compare, check, set aside, promote; one step of the night a feed.

Loaded + refused + quarantined = rows of the file, always. A file is taken as a whole or refused as a whole; single bad
lines are quarantined. Files are taken in the order of their data dates; an older one that comes late splits intervals.
"""

import time
from dataclasses import dataclass
from datetime import date

from psycopg import sql

from domain.feeds import agreement, promotion, quarantine, staging
from domain.feeds import statements as said
from domain.feeds.batch_files import (
    BatchName,
    Control,
    FileRefused,
    FileUnfinished,
    control_content,
    family,
    fingerprint,
    open_file,
    open_landing,
    parse_control,
)
from domain.feeds.checks import header_complaint
from domain.feeds.contracts import DELIMITER, FEEDS, Feed
from domain.feeds.decoding import Decoder
from domain.feeds.landing import loaded_twin
from domain.feeds.parameters import (
    COMPARED_FROM_ROWS,
    HIGHEST_ROW_SHARE_BPS,
    LOWEST_ROW_SHARE_BPS,
    QUARANTINED_ALLOWED_ROWS,
    QUARANTINED_SHARE_BPS,
)
from domain.feeds.staging import Moment
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.parameters import Values
from domain.shared.statements import Statement, jsonb_list


@dataclass(frozen=True)
class Limits:
    """What a file may be at most; shares of 1."""

    lowest_share: float
    highest_share: float
    compared_from_rows: int
    quarantined_share: float
    quarantined_allowed: int

    @classmethod
    def of(cls, values: Values) -> "Limits":
        """By the parameters of a day."""
        return cls(
            LOWEST_ROW_SHARE_BPS.of(values) / 10_000,
            HIGHEST_ROW_SHARE_BPS.of(values) / 10_000,
            COMPARED_FROM_ROWS.of(values),
            QUARANTINED_SHARE_BPS.of(values) / 10_000,
            QUARANTINED_ALLOWED_ROWS.of(values),
        )


@dataclass(frozen=True)
class Waiting:
    """A batch that is to be taken: the row that says so, and what its control file said when it was found."""

    id: int
    name: BatchName
    control_sha256: str


@dataclass(frozen=True)
class Taken:
    rows: int
    loaded: int
    quarantined: int
    changed: int
    notes: list[Statement]
    """What people should know of a file that was taken all the same."""


def take_feed(connection: Connection, night: Night, report: Report, *, feed: str) -> StepResult:
    """Takes every batch of a feed that `find_batches` noted as ready."""
    contract = FEEDS[feed]
    limits = Limits.of(night.parameters)
    # The comparison holds one row of (hash, key) in memory for each row in force.
    connection.execute("set local work_mem = '256MB'")
    rows = changed = refused = 0
    waiting = _waiting(connection, night, feed)
    for position, batch in enumerate(waiting):
        report(position / len(waiting), said.TAKES(feed=feed, batch=batch.name.stem))
        outcome = take_batch(connection, night, contract, batch, limits)
        if outcome is None:
            refused += 1
        else:
            rows, changed = rows + outcome.rows, changed + outcome.changed
    batches = len(waiting) - refused
    message = said.TAKEN(feed=feed, batches=batches, rows=rows, changed=changed)
    if refused:
        message = said.TAKEN_REFUSED(feed=feed, batches=batches, rows=rows, changed=changed, refused=refused)
    return StepResult(
        rows=rows, message=message, figures={"changed": float(changed), "refused_files": float(refused)}
    )


def _waiting(connection: Connection, night: Night, feed: str) -> list[Waiting]:
    found = connection.execute(
        "select id, data_date, sequence, control_sha256 from batches where feed = %s and state = 'WAITING'"
        " and reasons = '[]' and sha256 is not null and data_date <= %s order by data_date, sequence",
        [feed, night.data_date],
    )
    return [Waiting(key, BatchName(feed, day, sequence), control) for key, day, sequence, control in found]


def take_batch(
    connection: Connection, night: Night, feed: Feed, waiting: Waiting, limits: Limits
) -> Taken | None:
    """Takes one file, or refuses it and says why (None)."""
    started = time.monotonic()
    batch, batch_id = waiting.name, waiting.id
    decoder = Decoder("gb18030")
    control_rows = 0
    taken: Taken | None = None
    state, rows = "LOADED", 0
    reasons: list[Statement] = []
    try:
        # What a refused file did so far is taken back; the note that it was refused stays.
        with connection.transaction(), open_landing(night.landing) as folder:
            control = _control(folder, waiting)
            control_rows = control.rows
            _check_amount_is_said(feed, control)
            _check_not_counted(connection, batch, control)
            decoder.encoding = _encoding(feed, control)
            with open_file(folder, batch.stem + ".dat") as file:
                for _size in staging.copy_lines(connection, decoder, file):
                    pass
            taken = _take_lines(connection, feed, waiting, control, decoder, limits)
            reasons = [*quarantine.reasons(connection), *taken.notes]
    except FileRefused as refusal:
        state, reasons, rows = "REFUSED", refusal.reasons, max(decoder.rows, control_rows)
        quarantine.keep_sample(connection, batch_id, refusal.sample)
    except FileUnfinished as unfinished:
        state, reasons = "WAITING", [unfinished.reason]
    connection.execute(
        "update batches set state = %s, rows = %s, loaded = %s, refused = %s, quarantined = %s, changed = %s,"
        " reasons = %s, night_run_id = %s, seconds = %s, taken_at = now() where id = %s",
        [
            state,
            taken.rows if taken else rows,
            taken.loaded if taken else 0,
            rows,
            taken.quarantined if taken else 0,
            taken.changed if taken else 0,
            jsonb_list(reasons),
            night.run_id,
            time.monotonic() - started,
            batch_id,
        ],
    )
    return taken


def _control(folder: int, waiting: Waiting) -> Control:
    """What the control file says, if it still says what it said when the batch was found."""
    content = control_content(folder, waiting.name)
    if fingerprint(content) != waiting.control_sha256:
        raise FileUnfinished(said.CHANGED_WHILE_READ())
    return parse_control(content)


def _check_not_counted(connection: Connection, batch: BatchName, control: Control) -> None:
    """Asked when the turn comes: a file with the same bytes that was found beside this one may have been sent back."""
    twin = loaded_twin(connection, batch, control.sha256)
    if twin is not None:
        raise FileRefused(said.SAME_BYTES(file=twin))


def _check_amount_is_said(feed: Feed, control: Control) -> None:
    """Without the sum that the contract asks for, a file that lost half of its money would agree with it."""
    if feed.amount is not None and control.amount_sum_fen is None:
        raise FileRefused(said.CONTROL_AMOUNT_MISSING(column=feed.amount))


def _encoding(feed: Feed, control: Control) -> str:
    declared, agreed = family(control.encoding), family(feed.encoding)
    assert agreed is not None
    if declared != agreed:
        raise FileRefused(
            said.ENCODING_DECLARED(declared=control.encoding[:20], agreed=feed.encoding.upper())
        )
    return agreed


def _take_lines(
    connection: Connection, feed: Feed, waiting: Waiting, control: Control, decoder: Decoder, limits: Limits
) -> Taken:
    if decoder.sha256 != control.sha256:
        raise FileUnfinished(said.CHANGED_WHILE_READ())
    if decoder.first_line and (complaint := header_complaint(feed, decoder.first_line, DELIMITER)):
        raise FileRefused(complaint)
    try:
        return _take_staged(connection, feed, waiting, control, decoder, limits)
    except FileRefused as refusal:
        refusal.sample = quarantine.sample(connection)
        raise


def _take_staged(
    connection: Connection, feed: Feed, waiting: Waiting, control: Control, decoder: Decoder, limits: Limits
) -> Taken:
    batch = waiting.name
    # Who wrote the control file may have left out lines with nothing in them.
    surplus = decoder.rows - control.rows
    blanks = staging.drop_blanks(connection, surplus) if surplus > 0 else 0
    rows = decoder.rows - blanks
    _check_band(connection, batch, rows, limits)
    moment = Moment(batch.data_date, _next_loaded_on(connection, batch))
    staging.compare(connection, feed, moment)
    held = staging.find_twins(connection, feed, moment, rows)
    agreement.check_readable(connection, decoder.encoding, staging.find_broken(connection), rows)
    staging.split(connection, feed)
    notes = agreement.check_rows(connection, feed, rows, control.rows)
    agreement.check_columns(connection, feed, rows)
    staging.check(connection, feed, moment)
    quarantined = quarantine.set_aside(connection, feed)
    agreement.check_set_aside(
        connection,
        feed,
        quarantined,
        rows,
        allowed=limits.quarantined_allowed,
        allowed_share=limits.quarantined_share,
    )
    notes += agreement.check_amount(connection, feed, moment, control.amount_sum_fen)
    quarantine.keep(connection, waiting.id)
    changed = promotion.promote(connection, feed, moment, waiting.id)
    if batch.sequence > 1 or moment.until is not None:
        promotion.join_equal_neighbours(connection, feed)
    if held == 0:  # a first load: the next file's plans need to know that there are rows now
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(f"{feed.table}_current")))
    return Taken(
        rows, rows - quarantined, quarantined, changed, [*notes, *_notes(feed, control, decoder, blanks)]
    )


def _notes(feed: Feed, control: Control, decoder: Decoder, blanks: int) -> list[Statement]:
    notes = []
    if decoder.marks:
        notes.append(said.MARKS_DROPPED(marks=decoder.marks, first_line=decoder.first_marked))
    if blanks:
        notes.append(said.BLANKS_DROPPED(blanks=blanks))
    if feed.amount is None and control.amount_sum_fen:
        notes.append(said.AMOUNT_UNASKED(control_exact_fen=control.amount_sum_fen))
    return notes


def _next_loaded_on(connection: Connection, batch: BatchName) -> date | None:
    row = connection.execute(
        "select min(data_date) from batches where feed = %s and state = 'LOADED' and data_date > %s",
        [batch.feed, batch.data_date],
    ).fetchone()
    assert row is not None
    found: date | None = row[0]
    return found


def _check_band(connection: Connection, batch: BatchName, rows: int, limits: Limits) -> None:
    row = connection.execute(
        "select rows, file_name from batches where feed = %s and state = 'LOADED' and data_date < %s"
        " order by data_date desc, sequence desc limit 1",
        [batch.feed, batch.data_date],
    ).fetchone()
    if row is None or row[0] < limits.compared_from_rows:
        return
    share = rows / row[0]
    if not limits.lowest_share <= share <= limits.highest_share:
        raise FileRefused(
            said.ROWS_UNUSUAL(
                rows=rows,
                previous=row[1],
                previous_rows=row[0],
                rows_share=round(share, 4),
                lowest_share=limits.lowest_share,
                highest_share=limits.highest_share,
            )
        )
