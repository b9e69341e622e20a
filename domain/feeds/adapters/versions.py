"""The versions of descriptions: which is in force on a day, and how one is added or a source is ended."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.feeds.adapters.description import Adapter
from domain.feeds.adapters.parsing import parse
from domain.feeds.adapters.problems import AdapterNotValid
from domain.shared.night import Connection
from domain.shared.statements import Statement


@dataclass(frozen=True)
class Version:
    """A description as it is kept, and the data dates for which it is asked (`until` not included)."""

    id: int
    feed: str
    source: str
    text: str
    from_on: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until is None or day < self.until)

    @property
    def adapter(self) -> Adapter:
        return _parsed(self.text)

    @property
    def problem(self) -> Statement | None:
        """Why the text is no description any more, if it is none."""
        try:
            _parsed(self.text)
        except AdapterNotValid as wrong:
            return wrong.problems[0]
        return None


@lru_cache(maxsize=64)
def _parsed(text: str) -> Adapter:
    return parse(text)


# Of one day the later one counts; without a text a source has ended.
_VERSIONS = """
select id, feed, source, text, from_on, lead(from_on) over (partition by feed, source order by from_on) as until
  from (select distinct on (feed, source, from_on) * from feed_adapters order by feed, source, from_on, id desc) a
"""


def versions(connection: Connection) -> list[Version]:
    """Every version that reads files of some day, by feed, source and day."""
    found = connection.execute(
        f"select * from ({_VERSIONS}) v where text is not null order by feed, source, from_on"  # noqa: S608
    )
    return [Version(*row) for row in found]


def version(connection: Connection, adapter_id: int) -> Version | None:
    row = connection.execute(
        "select id, feed, source, text, from_on, null from feed_adapters where id = %s and text is not null",
        [adapter_id],
    ).fetchone()
    return None if row is None else Version(*row)
