"""From the files of one feed to its snapshot: decode, compare, check, set aside, promote; one step of the night a feed.

Loaded + refused + quarantined = rows of the file, always. A file is taken as a whole or refused as a whole; single bad
lines are quarantined; one that would empty, halve or double its feed is held until a person says yes or no. Files are
taken in the order of their data dates; an older one that comes late splits intervals.
"""

import time
from dataclasses import dataclass, replace

from psycopg import sql

from domain.feeds import agreement, increments, judging, promotion, quarantine, sources, staging, villages
from domain.feeds import statements as said
from domain.feeds.adapters import opening
from domain.feeds.adapters.problems import OVERTAKEN
from domain.feeds.batch_files import (
    Control,
    FileRefused,
    FileUnfinished,
    family,
    open_file,
    open_landing,
)
from domain.feeds.checks import header_complaint
from domain.feeds.contracts import DELIMITER, FEEDS, Feed
from domain.feeds.decoding import Decoder, Lines
from domain.feeds.jumps import Band, FileHeld, Jump
from domain.feeds.mapping import Mapping, canonical
from domain.feeds.outside import close_if_ended, held_parties, is_held, morning_of, withhold
from domain.feeds.parameters import (
    COMPARED_FROM_ROWS,
    HIGHEST_ROW_SHARE_BPS,
    LOWEST_ROW_SHARE_BPS,
    QUARANTINED_ALLOWED_ROWS,
    QUARANTINED_SHARE_BPS,
)
from domain.feeds.turns import (
    Outcome,
    Turn,
    called,
    check_not_counted,
    count_held,
    note,
    refused,
    turns,
    unfinished,
)
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.parameters import Values
from domain.shared.statements import Statement, Value


@dataclass(frozen=True)
class Limits:
    """What a file may be at most; shares of 1."""

    band: Band
    quarantined_share: float
    quarantined_allowed: int
    parties: frozenset[str] | None = None
    """Whose facts may be held, of a feed that carries what several third parties tell."""

    @classmethod
    def of(cls, values: Values) -> "Limits":
        """By the parameters of a day."""
        return cls(
            Band(
                LOWEST_ROW_SHARE_BPS.of(values) / 10_000,
                HIGHEST_ROW_SHARE_BPS.of(values) / 10_000,
                COMPARED_FROM_ROWS.of(values),
            ),
            QUARANTINED_SHARE_BPS.of(values) / 10_000,
            QUARANTINED_ALLOWED_ROWS.of(values),
        )


def take_feed(connection: Connection, night: Night, report: Report, *, feed: str) -> StepResult:
    """Takes every batch of a feed whose turn it is."""
    closed = close_if_ended(connection, FEEDS[feed], night)
    limits = Limits.of(night.parameters)
    # The comparison holds one row of (hash, key) in memory for each row in force.
    connection.execute("set local work_mem = '256MB'")
    outcomes = []
    waiting = turns(connection, night, feed)
    for position, drawn in enumerate(waiting):
        turn = called(connection, drawn)
        if turn is not None:
            report(position / len(waiting), said.TAKES(feed=feed, batch=turn.name.stem))
            outcomes.append(take_batch(connection, night, FEEDS[feed], turn, limits))
    if closed and is_held(connection, FEEDS[feed], morning_of(night)):
        return _closed_some(feed, closed, outcomes)
    if closed:
        return StepResult(closed, said.CLOSED(feed=feed, rows=closed), {"changed": float(closed)})
    return _result(feed, outcomes, count_held(connection, night, feed))


def _closed_some(feed: str, closed: int, outcomes: list[Outcome]) -> StepResult:
    """Facts of some third parties ended, and files of others were taken."""
    rows, changed = sum(one.loaded for one in outcomes), sum(one.changed for one in outcomes)
    message = said.CLOSED_SOME(feed=feed, closed=closed, rows=rows, changed=changed)
    return StepResult(rows + closed, message, {"changed": float(changed + closed)})


def _result(feed: str, outcomes: list[Outcome], held: int) -> StepResult:
    """`held` are all files of the feed that wait for a person's word, of earlier nights too: each night says so."""
    loaded = [outcome for outcome in outcomes if outcome.state == "LOADED"]
    sent_back = sum(outcome.state == "REFUSED" for outcome in outcomes)
    rows, changed = sum(one.rows for one in loaded), sum(one.changed for one in loaded)
    figures: dict[str, Value] = {"feed": feed, "batches": len(loaded), "rows": rows, "changed": changed}
    if sent_back and held:
        message = said.TAKEN_REFUSED_HELD(**figures, refused=sent_back, held=held)
    elif held:
        message = said.TAKEN_HELD(**figures, held=held)
    else:
        message = said.TAKEN_REFUSED(**figures, refused=sent_back) if sent_back else said.TAKEN(**figures)
    counted = {"changed": float(changed), "refused_files": float(sent_back), "held_files": float(held)}
    return StepResult(rows=rows, message=message, figures=counted)


def take_batch(connection: Connection, night: Night, feed: Feed, turn: Turn, limits: Limits) -> Outcome:
    """Takes one file, holds or refuses it and says why."""
    started = time.monotonic()
    counted = Counted()
    try:
        # What a refused file did so far is taken back; the note that it was refused stays.
        with connection.transaction():
            if not is_held(connection, feed, morning_of(night)):
                raise FileUnfinished(said.NO_BASIS(feed=feed.name))
            limits = replace(limits, parties=held_parties(connection, feed, morning_of(night)))
            if turn.adapter_id is None:
                outcome = _take_canonical(connection, night, feed, turn, limits, counted)
            else:
                outcome = _take_own(connection, night, feed, turn, limits, counted)
    except FileRefused as refusal:
        outcome = refused(refusal, counted.most)
        quarantine.keep_sample(connection, turn.id, refusal.sample)
    except FileHeld as held:
        outcome = Outcome("HELD", [held.reason], counted.rows, refused=counted.rows)
    except FileUnfinished as problem:
        outcome = unfinished(turn, problem.reason)
    note(connection, night, turn, outcome, time.monotonic() - started)
    return outcome


@dataclass
class Counted:
    """How many rows are known of a file, however far it was read."""

    decoder: Lines | None = None
    control_rows: int = 0

    @property
    def rows(self) -> int:
        return 0 if self.decoder is None else self.decoder.rows

    @property
    def most(self) -> int:
        return max(self.rows, self.control_rows)


def _take_canonical(
    connection: Connection, night: Night, feed: Feed, turn: Turn, limits: Limits, counted: Counted
) -> Outcome:
    with open_landing(night.landing) as folder:
        control = turn.control(folder)
        counted.control_rows = control.rows or 0
        _check_amount_is_said(feed, control)
        check_not_counted(connection, turn)
        decoder = counted.decoder = Decoder(_encoding(feed, control))
        with open_file(folder, turn.name.stem + ".dat") as file:
            for _size in staging.copy_lines(connection, decoder, file):
                pass
    if decoder.sha256 != control.sha256:
        raise FileUnfinished(said.CHANGED_WHILE_READ())
    if decoder.first_line and (complaint := header_complaint(feed, decoder.first_line, DELIMITER)):
        raise FileRefused(complaint)
    return _take_lines(connection, feed, turn, control, decoder, canonical(feed), limits)


def _take_own(
    connection: Connection, night: Night, feed: Feed, turn: Turn, limits: Limits, counted: Counted
) -> Outcome:
    """A file of a bank's own form, read by its description."""
    with opening.opened(connection, night, turn) as (file, described, told):
        adapter = described.adapter
        counted.control_rows = told.rows or 0
        check_not_counted(connection, turn)
        lines = opening.lines_of(adapter)
        counted.decoder = lines
        for _size in staging.copy_lines(connection, lines, file):
            pass
    if lines.sha256 != turn.sha256:
        raise FileUnfinished(said.CHANGED_WHILE_READ())
    control = opening.control_of(adapter, told, lines, turn.sha256)
    counted.control_rows = control.rows or 0
    mapping = opening.mapping_in(connection, adapter, described.text, lines)
    return _take_lines(connection, feed, turn, control, lines, mapping, limits)


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
    connection: Connection,
    feed: Feed,
    turn: Turn,
    control: Control,
    decoder: Lines,
    mapping: Mapping,
    limits: Limits,
) -> Outcome:
    try:
        return _take_staged(connection, feed, turn, control, decoder, mapping, limits)
    except FileRefused as refusal:
        refusal.sample = quarantine.sample(connection)
        raise


def _take_staged(
    connection: Connection,
    feed: Feed,
    turn: Turn,
    control: Control,
    decoder: Lines,
    mapping: Mapping,
    limits: Limits,
) -> Outcome:
    moment = sources.moment_of(connection, turn.name, mapping)
    rows, blanks = without_blanks(connection, decoder, control)
    staging.compare(connection, feed, moment, mapping)
    unchanged = staging.find_twins(connection, feed, moment, rows, mapping)
    agreement.check_readable(connection, decoder.encoding, staging.find_broken(connection), rows)
    staging.split(connection, feed, mapping)
    written = staging.in_form(connection, feed) if turn.adapter_id is None else feed
    if written is not feed:
        mapping = canonical(written)
    skipped = staging.skip(connection, feed, mapping)
    notes = agreement.check_rows(connection, mapping, rows, control.rows, skipped)
    agreement.check_columns(connection, mapping, rows)
    judging.check(connection, written, moment, mapping)
    quarantined = quarantine.set_aside(connection, written)
    rows -= skipped
    agreement.check_set_aside(
        connection,
        written,
        quarantined,
        rows,
        allowed=limits.quarantined_allowed,
        allowed_share=limits.quarantined_share,
    )
    notes += agreement.check_amount(connection, written, moment, mapping, control.amount_sum_fen, skipped)
    notes += villages.tell_unknown(connection, feed)
    notes += staging.tell_skipped(connection) if skipped else []
    quarantine.keep(connection, turn.id)
    withheld = withhold(connection, feed, limits.parties)
    rows -= sum(lines for _, lines in withheld)
    notes += _told_withheld(withheld)
    if not mapping.has_every_key:
        overtaken, unchanged = increments.resolve(connection, feed, moment)
        notes += [OVERTAKEN(lines=overtaken)] if overtaken else []
    promoted = promotion.promote(connection, feed, written, moment, turn.id)
    if not turn.was_let_through:
        _check_band(unchanged, promoted, rows, limits)
    if turn.name.sequence > 1 or moment.until is not None:
        promotion.join_equal_neighbours(connection, feed)
    if unchanged == 0:  # a first load: the next file's plans need to know that there are rows now
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(f"{feed.table}_current")))
    return Outcome(
        "LOADED",
        [*quarantine.reasons(connection), *notes, *_notes(feed, control, decoder, blanks)],
        rows,
        loaded=rows - quarantined,
        quarantined=quarantined,
        changed=promoted.changed,
    )


def without_blanks(connection: Connection, decoder: Lines, control: Control) -> tuple[int, int]:
    """How many rows there are, and how many empty lines were taken away: who counted them may have left those out.
    Where nobody counted, lines with nothing in them are none."""
    surplus = decoder.rows if control.rows is None else decoder.rows - control.rows
    blanks = staging.drop_blanks(connection, surplus) if surplus > 0 else 0
    return decoder.rows - blanks, blanks


def _notes(feed: Feed, control: Control, decoder: Lines, blanks: int) -> list[Statement]:
    """What people should know of a file that was taken all the same."""
    notes = []
    if decoder.marks:
        notes.append(said.MARKS_DROPPED(marks=decoder.marks, first_line=decoder.first_marked))
    if blanks:
        notes.append(said.BLANKS_DROPPED(blanks=blanks))
    if feed.amount is None and control.amount_sum_fen:
        notes.append(said.AMOUNT_UNASKED(control_exact_fen=control.amount_sum_fen))
    return notes


_PARTIES_NAMED = 8


def _told_withheld(withheld: list[tuple[str, int]]) -> list[Statement]:
    """Whose facts were not taken for want of a basis, by name as far as there are few."""
    named, others = withheld[:_PARTIES_NAMED], withheld[_PARTIES_NAMED:]
    told = [said.WITHHELD(told_by=party, rows=rows) for party, rows in named]
    if others:
        told.append(said.WITHHELD_OTHERS(parties=len(others), rows=sum(rows for _, rows in others)))
    return told


def _check_band(unchanged: int, promoted: promotion.Promoted, rows: int, limits: Limits) -> None:
    """Last of all, for a file that may not stand is sent back and nobody is asked about it."""
    stays = unchanged + promoted.kept
    jump = Jump(stays + promoted.ended, stays + promoted.added, promoted.ended - promoted.replaced)
    if not jump.is_usual(limits.band):
        raise FileHeld(jump.told(rows))
