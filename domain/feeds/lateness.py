"""A feed's clock: by which hour of the day after the data date its file should be there, and how that went."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.feeds.contracts import FEEDS
from domain.shared.calendar import BANK_ZONE
from domain.shared.statements import TEXT, Statement, declare

CLOCK_NOT_READ = declare("PARAMETER_CLOCK_NOT_READ", word=TEXT)
CLOCK_WITHOUT_HOUR = declare("PARAMETER_CLOCK_WITHOUT_HOUR")
CLOCK_OF_NO_FEED = declare("PARAMETER_CLOCK_OF_NO_FEED", feed=TEXT)
CLOCK_TWICE = declare("PARAMETER_CLOCK_TWICE", feed=TEXT)

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_OF_A_FEED = re.compile(rf"([a-z][a-z0-9_]*)=({HOUR.pattern})")


class Arrival(StrEnum):
    """How a feed stands on the data date in force."""

    ARRIVED = "ARRIVED"
    EXPECTED = "EXPECTED"
    """Not there, and its hour is not over."""
    LATE = "LATE"
    HELD = "HELD"
    """A file is there and waits for a person's word."""
    NEVER = "NEVER"
    """No file of it was ever taken: the bank does not have it, or not yet."""


@dataclass(frozen=True)
class Clocks:
    """The hour of most feeds, and of those that have one of their own."""

    usual: time
    own: Mapping[str, time] = field(default_factory=dict)

    def due_at(self, feed: str, data_date: date) -> datetime:
        """When the file of a data date should be there."""
        hour = self.own.get(feed, self.usual)
        return datetime.combine(data_date + timedelta(days=1), hour, BANK_ZONE)


def arrival_of(
    latest: date | None, in_force: date | None, due_at: datetime | None, *, is_held: bool, now: datetime
) -> Arrival:
    """How a feed stands of which `latest` is the newest data date that was taken; `due_at` is None before any night."""
    if is_held:
        return Arrival.HELD
    if latest is None:
        return Arrival.NEVER
    if in_force is not None and latest >= in_force:
        return Arrival.ARRIVED
    return Arrival.EXPECTED if due_at is not None and now < due_at else Arrival.LATE


def read_clocks(text: str) -> Clocks:
    """`06:00 loan=03:30 household=12:00`: the usual hour first, then feeds with their own. Raises ValueError."""
    wrong = complaint_about(text)
    if wrong is not None:
        raise ValueError(str(wrong))
    usual, *own = text.split()
    pairs = (word.split("=") for word in own)
    return Clocks(time.fromisoformat(usual), {feed: time.fromisoformat(hour) for feed, hour in pairs})


def complaint_about(text: str) -> Statement | None:
    """What is wrong with clocks as somebody wrote them; None where they can be read."""
    words = text.split()
    if not words or not HOUR.fullmatch(words[0]):
        return CLOCK_WITHOUT_HOUR()
    seen: set[str] = set()
    for word in words[1:]:
        found = _OF_A_FEED.fullmatch(word)
        if found is None:
            return CLOCK_NOT_READ(word=word)
        if found[1] not in FEEDS:
            return CLOCK_OF_NO_FEED(feed=found[1])
        if found[1] in seen:
            return CLOCK_TWICE(feed=found[1])
        seen.add(found[1])
    return None


def complaint_about_hour(text: str) -> Statement | None:
    """The same of a single hour."""
    return None if HOUR.fullmatch(text) else CLOCK_WITHOUT_HOUR()
