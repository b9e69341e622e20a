"""Rows of a feed for the night and for the night before, side by side with their truth."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.feeds.contracts import DELIMITER

SEPARATOR = DELIMITER


@dataclass
class FeedRows:
    """`today` and `before` are whole lines; amounts are sums over them; `links` say whose row it is, `touched` which
    rows have which kind of dirt: (kind, feed of the record, key)."""

    feed: str
    today: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    today_fen: int = 0
    before_fen: int = 0
    links: list[tuple[str, int]] = field(default_factory=list)
    touched: list[tuple[str, str, str]] = field(default_factory=list)
    told: list[tuple[str, int]] = field(default_factory=list)
    """Of whom a row tells that is no record of a party: (key, party)."""

    def add(self, columns: list[str], key: str | None, party: int, fen: int = 0) -> None:
        """A row that is the same on both nights. `key` of None has no link (holdings follow their customer)."""
        self.add_changed(columns, columns, key, party, fen, fen)

    def add_changed(
        self,
        columns: list[str],
        columns_before: list[str] | None,
        key: str | None,
        party: int,
        fen: int = 0,
        fen_before: int = 0,
    ) -> None:
        """A row whose columns were others the night before; None for a row that is new tonight."""
        line = SEPARATOR.join(columns) + "\n"
        self.today.append(line)
        self.today_fen += fen
        if columns_before is columns:
            self.before.append(line)
            self.before_fen += fen
        elif columns_before is not None:
            self.before.append(SEPARATOR.join(columns_before) + "\n")
            self.before_fen += fen_before
        if key is not None:
            self.links.append((key, party))

    def tell(self, key: str, party: int) -> None:
        """Says of whom a row tells, for the truth."""
        self.told.append((key, party))

    def touch(self, key: str, kinds: Iterable[str], record: str | None = None) -> None:
        """Says which dirt is on the record of a row; `record` where it is not the feed's own."""
        for kind in kinds:
            self.touched.append((kind, record or self.feed, key))


def day(value: date | int | None) -> str:
    """A date or its ordinal as YYYYMMDD."""
    if value is None:
        return ""
    found = date.fromordinal(int(value)) if not isinstance(value, date) else value
    return f"{found.year:04d}{found.month:02d}{found.day:02d}"
