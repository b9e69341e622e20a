"""机构 and 员工 by nightly files: what a file changes is carried out as an import of the night, by the imports' rules.

Where too much would end or move it waits for a person, as a list that somebody brought waits for another. Each state
of a feed is carried out once: the same file again changes nothing, nor does it do again what somebody undid. Only whom
the feed has named before ends by being left out of it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from psycopg import Rollback

from domain.feeds import statements as said
from domain.feeds.contracts import ORG, STAFF
from domain.feeds.list_states import NightImport, last_of, superseded
from domain.feeds.lists import LISTS, FeedList, FeedRow, fingerprint_of, records_of
from domain.feeds.outside import morning_of
from domain.feeds.parameters import LIST_CHANGED_SHARE_BPS
from domain.shared.errors import DomainError
from domain.shared.imports.carrying_out import apply_import
from domain.shared.imports.errors import ImportTidied
from domain.shared.imports.keeping import (
    Wanted,
    changes_of,
    import_of,
    keep_found,
    keep_notes,
    keep_refused,
    keep_wanted,
)
from domain.shared.imports.kinds import (
    Act,
    Brought,
    Change,
    ImportKind,
    Key,
    Tried,
    Values,
    kind_named,
)
from domain.shared.imports.models import ImportState
from domain.shared.imports.trying import ImportNotes, try_records
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.principal import SYSTEM
from domain.shared.rows import NightRows, Rows
from domain.shared.sheets.records import Reading
from domain.shared.statements import Statement

FEEDS_OF_LISTS = (ORG.name, STAFF.name)
MOST_UNASKED = 2
"""So few may end or move whatever their share: of nine people one is more than a tenth."""
_WHOLE_BPS = 10_000

_HAS_COME = """
select exists (select from feed_adapters where feed = any(%(feeds)s)),
       exists (select from batches where feed = any(%(feeds)s) and state in ('LOADED', 'HELD', 'READY'))
"""


def are_brought(connection: Connection, landing: Path) -> bool:
    """Whether the bank has these feeds at all: a night without them has no steps for them."""
    row = connection.execute(_HAS_COME, {"feeds": list(FEEDS_OF_LISTS)}).fetchone()
    if row is not None and any(row):
        return True
    try:
        names = os.listdir(landing)
    except OSError:
        return False
    return any(name.startswith(tuple(f"{feed}_" for feed in FEEDS_OF_LISTS)) for name in names)


@dataclass
class Counted:
    """Of one night: rows that became something, and imports that a person has to look at."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    refused: int = 0
    waiting: int = 0

    def add(self, tried: Tried) -> None:
        self.new += tried.count(Act.NEW)
        self.changed += tried.count(Act.CHANGED)
        self.ended += tried.count(Act.ENDED)
        self.refused += tried.refused


@dataclass(frozen=True)
class Bringing:
    """One list in one night."""

    connection: Connection
    night: Night
    what: FeedList
    kind: ImportKind
    notes: Sequence[ImportNotes]
    counted: Counted

    @property
    def rows(self) -> Rows:
        return NightRows(self.connection)


def bring_organisation(
    connection: Connection,
    night: Night,
    report: Report,
    *,
    kinds: Sequence[ImportKind],
    notes: Sequence[ImportNotes] = (),
) -> StepResult:
    """Carries out what the files of units and of staff change; a step of the night."""
    counted = Counted()
    for at, what in enumerate(LISTS):
        kind = kind_named(kinds, what.feed.name)
        assert kind is not None, "the house has both kinds"
        report(at / len(LISTS), None)
        _bring(Bringing(connection, night, what, kind, notes, counted))
    figures = vars(counted)
    rows = counted.new + counted.changed + counted.ended
    if counted.waiting:
        message = said.ORGANISATION_WAITS(**figures)
    else:
        message = said.ORGANISATION_DONE(**figures) if rows or counted.refused else said.ORGANISATION_SAME()
    return StepResult(rows, message, {name: float(value) for name, value in figures.items()})


def _bring(one: Bringing) -> None:
    rows, what, kind = one.rows, one.what, one.kind
    file_name, newest_on = _newest_file(rows, what)
    # A night that is made up for meets what later files said.
    if newest_on is None or newest_on > one.night.data_date:
        return
    day = morning_of(one.night)
    in_force = _rows_in_force(rows, what)
    sha256 = fingerprint_of(in_force, _referred_to(rows, what), day)
    last = last_of(rows, kind.name)
    is_known = last is not None and last.sha256 == sha256
    if last is not None and last.is_settled and is_known:
        return
    tried = _tried(rows, what, kind, in_force, Brought(Path(file_name), file_name, day))
    if last is not None and last.state is ImportState.TRIED and _is_the_same(rows, last, tried):
        one.counted.waiting += 1
    elif tried.changes or (tried.problems and not is_known):
        wanted = Wanted(kind.name, file_name, sha256, day, is_whole=True, night_run_id=one.night.run_id)
        _keep(one, tried, wanted, last)
    else:
        superseded(rows, last, None)


def _keep(one: Bringing, tried: Tried, wanted: Wanted, last: NightImport | None) -> None:
    """Notes what is found, and carries it out unless it is too much or refused as a whole."""
    jump = jump_of(one.kind, tried, LIST_CHANGED_SHARE_BPS.of(one.night.parameters))
    if jump:
        tried = replace(tried, notes=(*tried.notes, said.LIST_HELD(**jump)))
    with one.connection.transaction() as whole:
        import_id = keep_wanted(one.rows, wanted, SYSTEM)
        keep_found(one.rows, one.kind, import_id, tried)
        superseded(one.rows, last, import_id)
        refusal = None if jump else _carried_out(one, import_id)
        if refusal is not None and last is not None and last.was_refused and last.sha256 == wanted.sha256:
            raise Rollback(whole)  # it was said in an earlier night
        if refusal is not None:
            keep_refused(one.rows, import_id, refusal)
    if jump or refusal is not None:
        one.counted.waiting += 1
        return
    keep_notes(
        one.rows,
        import_id,
        [note for told in one.notes for note in told(one.rows, one.kind.name, wanted.day)],
    )
    one.counted.add(tried)


def _carried_out(one: Bringing, import_id: int) -> Statement | None:
    """Why not, where it was refused; then nothing of it was done."""
    try:
        with one.connection.transaction():
            apply_import(one.rows, one.kind, import_id, by=SYSTEM)
    except DomainError as refused:
        return refused.statement
    return None


def _is_the_same(rows: Rows, last: NightImport, tried: Tried) -> bool:
    """Whether what waits for a person is what the feed would do now: places aside, which no row keeps in full."""

    def plain(changes: Sequence[Change]) -> list[tuple[Act, Key, Values | None, Values]]:
        return [(one.act, one.key, one.before, one.after) for one in changes]

    try:
        return plain(changes_of(rows, import_of(rows, last.id))) == plain(tried.changes)
    except ImportTidied:
        return False


def jump_of(kind: ImportKind, tried: Tried, share_bps: int) -> dict[str, int]:
    """How many of what is there would end or move, where that is too much to be done without a person; else nothing."""
    ended = tried.count(Act.ENDED)
    moved = sum(
        one.act is Act.CHANGED
        and any((one.before or {}).get(name) != one.after.get(name) for name in kind.dated)
        for one in tried.changes
    )
    if ended + moved <= MOST_UNASKED or (ended + moved) * _WHOLE_BPS <= tried.open_before * share_bps:
        return {}
    return {"ended": ended, "moved": moved, "present": tried.open_before}


# --- what a feed says

_NEWEST = """
select file_name, data_date from batches where feed = %(feed)s and state = 'LOADED'
 order by data_date desc, id desc limit 1
"""


def _newest_file(rows: Rows, what: FeedList) -> tuple[str, date | None]:
    found = rows.execute(_NEWEST, {"feed": what.feed.name})
    return (str(found[0][0]), found[0][1]) if found else ("", None)


def _rows_in_force(rows: Rows, what: FeedList) -> list[FeedRow]:
    table, (key,) = what.feed.table, what.feed.key
    written = ", ".join(f"coalesce(cast(c.{column} as text), '')" for column in what.columns.values())
    past = f"select from {table}_past p where p.{key} = c.{key} and p.from_on < p.to_on"
    found = rows.execute(
        f"""select cast(c.from_on as text), exists ({past}) and not exists ({past} and p.to_on = c.from_on), {written}
              from {table}_current c order by c.{key}"""  # noqa: S608 (names of the contracts)
    )
    return [
        FeedRow(dict(zip(what.columns, values, strict=True)), began_on, is_back)
        for began_on, is_back, *values in found
    ]


def _referred_to(rows: Rows, what: FeedList) -> list[str]:
    """What lets a row be that was refused before: people of a unit that was not there yet."""
    if what.feed is ORG:
        return []
    return [f"{code} {to_on}" for code, to_on in rows.execute("select code, to_on from org_units")]


def _once_named(rows: Rows, what: FeedList) -> frozenset[Key]:
    (key,) = what.feed.key
    return frozenset((one,) for (one,) in rows.execute(f"select distinct {key} from {what.feed.table}"))  # noqa: S608


def _tried(
    rows: Rows, what: FeedList, kind: ImportKind, in_force: Sequence[FeedRow], brought: Brought
) -> Tried:
    present = kind.present(rows, brought.day)
    taken = records_of(what, in_force, present, kind.kept(rows, brought.day), brought.day)
    never_named = present.keys() - _once_named(rows, what)
    reading = Reading(iter(taken.records))
    tried = try_records(rows, kind, brought, reading, spared=frozenset(never_named | taken.waiting))
    notes = []
    if taken.without_duty:
        notes.append(said.LIST_WITHOUT_DUTY(people=taken.without_duty))
    if taken.waiting:
        notes.append(said.LIST_AHEAD(rows=len(taken.waiting)))
    return replace(tried, notes=(*tried.notes, *notes))
