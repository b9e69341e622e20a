"""Rows of the feeds `org` and `staff` as the records of a list that somebody would bring: plain values, no database.

A file that a system writes says other things than a sheet that a person fills in. A column that is empty in every row
is one that the system does not have, and says nothing. Whom the bank never knew and who has left is no news. What is to
be from a later day on waits for that day. Roles go with duties, and who proposes or decides rights keeps his.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.feeds.contracts import ORG, STAFF, Feed
from domain.shared.imports.comparing import TO_ON
from domain.shared.imports.kinds import Key, Present
from domain.shared.sheets.records import Headings, Place, Record

SINCE_ON = "since_on"
_PLACE = ("lon", "lat", "datum")
_OPEN = "9999"


@dataclass(frozen=True)
class FeedList:
    """`columns` are those of the import by the contract's, the key first; `words` what a code is called in sheets."""

    feed: Feed
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    needed_of_new: str | None = None
    """Whoever is new and has nothing there is nobody's business here."""
    bound: str | None = None
    """What the file does not change of those who are protected."""


ORG_LIST = FeedList(
    ORG,
    {
        "code": "org_no",
        "name": "name",
        "kind": "kind",
        "parent": "parent_no",
        "address": "address",
        "lon": "lon_deg",
        "lat": "lat_deg",
        "datum": "datum",
        "town": "town_code",
        "from_on": "opened_on",
        TO_ON: "closed_on",
        SINCE_ON: "changed_on",
    },
    {"kind": {"H": "HEADOFFICE", "B": "BRANCH", "O": "OUTLET", "D": "DEPARTMENT"}},
)
STAFF_LIST = FeedList(
    STAFF,
    {
        "number": "staff_no",
        "name": "name",
        "unit": "org_no",
        "duty": "duty",
        "phone": "phone",
        "full_time_percent": "full_time_percent",
        "from_on": "joined_on",
        TO_ON: "left_on",
        SINCE_ON: "moved_on",
        "leave_from_on": "leave_from_on",
        "leave_to_on": "leave_to_on",
    },
    {"duty": {"1": "CUSTOMERS", "2": "UNIT"}},
    needed_of_new="duty",
    bound="duty",
)
LISTS = (ORG_LIST, STAFF_LIST)
"""In the order in which they are carried out: people belong to units."""


@dataclass(frozen=True)
class FeedRow:
    """A row in force by the import's columns: days as ISO 8601, empty for nothing.

    `began_on` is the data date from which the feed says so; `is_back` whether the feed had left the key out before.
    """

    values: Mapping[str, str]
    began_on: str = ""
    is_back: bool = False


@dataclass(frozen=True)
class FeedHeadings(Headings):
    """Of what stands in no sheet: the place is the key, the heading the contract's column."""

    def place(self, row: int, key: str = "") -> Place:
        at = self.columns.get(key)
        return Place(self.sheet, row, "", "" if at is None else self.words[at])


@dataclass
class Taken:
    """What is wished; `waiting` are keys whose day has not come, the others counts of rows that are none."""

    records: list[Record] = field(default_factory=list)
    waiting: set[Key] = field(default_factory=set)
    without_duty: int = 0


def records_of(
    what: FeedList, rows: Sequence[FeedRow], present: Present, protected: frozenset[Key], day: date
) -> Taken:
    """The records of the rows in force, as of the morning `day`."""
    names = tuple(what.columns)
    has = {name for name in names if any(row.values.get(name) for row in rows)}
    if has & set(_PLACE):
        has |= set(_PLACE) & set(names)
    places = {name: at for at, name in enumerate(names)}
    taken = Taken()
    for row in rows:
        key = (row.values[names[0]],)
        there = present.get(key)
        texts = {name: _in_words(what, name, row) for name in names if name in has}
        if there is None and _is_over(texts.get(TO_ON), day):
            continue
        if there is None and what.needed_of_new and not texts.get(what.needed_of_new):
            taken.without_duty += 1
            continue
        if there is not None and is_ahead(row, day):
            taken.waiting.add(key)
            continue
        if what.bound and key in protected:
            texts.pop(what.bound, None)
        if there is not None and TO_ON not in texts and _came_back(row, there.get(TO_ON)):
            texts[TO_ON] = ""
        headings = FeedHeadings(key[0], places, tuple(what.columns.values()))
        taken.records.append(Record(headings, 0, texts))
    return taken


def is_ahead(row: FeedRow, day: date) -> bool:
    """Whether a row says what is to be from a later day on."""
    return row.values.get(SINCE_ON, "") > day.isoformat()


def fingerprint_of(rows: Sequence[FeedRow], beside: Sequence[str], day: date) -> bytes:
    """What tells one state of a feed from another: its rows, those whose day has come, and what they refer to."""
    said = [[sorted(row.values.items()), is_ahead(row, day)] for row in rows]
    text = json.dumps([sorted(said), sorted(beside)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def _in_words(what: FeedList, name: str, row: FeedRow) -> str:
    text = row.values.get(name, "")
    return what.words.get(name, {}).get(text, text)


def _is_over(ends: str | None, day: date) -> bool:
    return bool(ends) and (ends or _OPEN) <= day.isoformat()


def _came_back(row: FeedRow, ended_on: str | None) -> bool:
    """Whom the feed had left out and names again since then. Whom somebody ended by hand while the file went on naming
    him stays ended: systems of personnel are slow."""
    return row.is_back and ended_on is not None and row.began_on >= ended_on
