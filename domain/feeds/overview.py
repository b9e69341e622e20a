"""Every feed as it stands: its newest files, its clock, who describes its files, and on what basis it may be held."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.feeds.bases import IN_FORCE
from domain.feeds.contracts import FEEDS, Feed
from domain.feeds.lateness import Arrival, arrival_of, read_clocks
from domain.feeds.list_states import ListRead, latest_lists
from domain.feeds.parameters import DUE_AT
from domain.shared.data_date import data_date_in_force
from domain.shared.parameters import Values
from domain.shared.rows import Rows
from domain.shared.statements import Statement, statement_of


@dataclass(frozen=True)
class FileRead:
    """The newest file of a source; `source` is empty for one as the contract has it."""

    id: int
    source: str
    file_name: str
    data_date: date
    state: str
    rows: int
    loaded: int
    refused: int
    quarantined: int
    reasons: tuple[Statement, ...]
    taken_at: datetime


@dataclass(frozen=True)
class AdapterRead:
    """A version. `until` is the first day of the next one; without a text its source brings nothing from its day on."""

    id: int
    feed: str
    source: str
    from_on: date
    until: date | None
    text: str | None
    reason: str
    added_by: str
    agreed_by: str | None
    added_at: datetime


@dataclass(frozen=True)
class BasisRead:
    """On what a feed is held; `until_on` is None where no end was noted. `is_held`: whether it carries today."""

    id: int
    basis: str
    purpose: str
    document: str
    from_on: date
    until_on: date | None
    noted_by: str | None
    ended_on: date | None
    ended_reason: str | None
    is_held: bool
    told_by: str | None = None
    """Whose facts, of a feed that carries what several third parties tell."""


@dataclass(frozen=True)
class FeedRead:
    """`bases` are empty for what the bank's own systems tell: that needs none."""

    feed: Feed
    arrival: Arrival
    data_date: date | None
    due_at: datetime | None
    files: tuple[FileRead, ...]
    adapters: tuple[AdapterRead, ...]
    bases: tuple[BasisRead, ...]
    list_read: ListRead | None = None
    """What nights last made of a feed whose rows are a list that people could bring."""

    @property
    def is_held(self) -> bool:
        """Whether what it tells may be used today."""
        return not self.feed.is_outside or any(one.is_held for one in self.bases)


_FILES = """
select distinct on (feed, source) feed, id, source, file_name, data_date, state, rows, loaded, refused, quarantined,
       reasons, taken_at
  from batches order by feed, source, data_date desc, id desc
"""
_TAKEN = """
select feed, max(data_date) filter (where state = 'LOADED'), bool_or(state = 'HELD') from batches group by feed
"""
_VERSIONS = """
select v.id, v.feed, v.source, v.from_on, v.until, v.text, v.reason, s.name, o.name, v.added_at
  from (select *, lead(from_on) over (partition by feed, source order by from_on, id) as until from feed_adapters) v
  join staff s on s.id = v.added_by_id
  left join proposals p on p.id = v.proposal_id left join staff o on o.id = p.decided_by_id
"""
_NEWEST = f"{_VERSIONS} where v.until is null order by v.feed, v.source"
_OF_SOURCE = f"{_VERSIONS} where v.feed = %(feed)s and v.source = %(source)s order by v.id desc"
_BASES = f"""
select s.feed, s.id, s.basis, s.purpose, s.document, s.from_on, nullif(s.until_on, 'infinity'), staff.name, s.ended_on,
       s.ended_reason, s.is_held, s.told_by
  from (select *, {IN_FORCE} as is_held from sources) s left join staff on staff.id = s.noted_by_id
 order by s.feed, s.from_on desc, s.id desc
"""  # noqa: S608


def read_feeds(rows: Rows, values: Values, *, now: datetime, today: date) -> list[FeedRead]:
    """All feeds in the order of the contracts. `values` are the parameters in force."""
    in_force = data_date_in_force(rows)
    clocks = read_clocks(DUE_AT.of(values))
    taken: Mapping[str, tuple[date | None, bool]] = {
        feed: (latest, bool(is_held)) for feed, latest, is_held in rows.execute(_TAKEN)
    }
    files = _by_feed(rows.execute(_FILES), _file)
    bases = _by_feed(rows.execute(_BASES, {"day": today}), lambda *row: BasisRead(*row))
    adapters: dict[str, list[AdapterRead]] = {}
    for row in rows.execute(_NEWEST):
        adapters.setdefault(row[1], []).append(AdapterRead(*row))
    lists = latest_lists(rows)
    found = []
    for feed in FEEDS.values():
        latest, is_held = taken.get(feed.name, (None, False))
        due_at = None if in_force is None else clocks.due_at(feed.name, in_force)
        found.append(
            FeedRead(
                feed,
                arrival_of(latest, in_force, due_at, is_held=is_held, now=now),
                latest,
                due_at,
                tuple(files.get(feed.name, ())),
                tuple(adapters.get(feed.name, ())),
                tuple(bases.get(feed.name, ())) if feed.is_outside else (),
                lists.get(feed.name),
            )
        )
    return found


def read_versions(rows: Rows, feed: str, source: str) -> list[AdapterRead]:
    """The versions of a source, the last added first."""
    return [AdapterRead(*row) for row in rows.execute(_OF_SOURCE, {"feed": feed, "source": source})]


def _by_feed(found: Iterable[tuple[Any, ...]], made: Any) -> dict[str, list[Any]]:
    by_feed: dict[str, list[Any]] = {}
    for feed, *row in found:
        by_feed.setdefault(feed, []).append(made(*row))
    return by_feed


def _file(*row: Any) -> FileRead:
    plain, reasons, taken_at = row[:-2], row[-2], row[-1]
    said = tuple(one for kept in _list(reasons) if (one := statement_of(kept)) is not None)
    return FileRead(*plain, reasons=said, taken_at=taken_at)  # type: ignore[misc]


def _list(kept: Any) -> list[Any]:
    """A value of type jsonb, which one of the drivers gives as its text."""
    found: list[Any] = json.loads(kept) if isinstance(kept, str) else kept
    return found
