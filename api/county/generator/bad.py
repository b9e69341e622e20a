"""Bad rows: one in ten thousand lines of a file cannot be taken. They carry no amount that could be summed."""

import numpy as np

from api.county.generator.dirt import RATES, Counts
from api.county.generator.rows import SEPARATOR
from domain.feeds.contracts import ColumnType, Feed

KINDS = ("few_columns", "impossible_date", "unknown_value", "empty_key", "broken_byte", "many_columns")
_PLAIN = {
    ColumnType.TEXT: "坏行",
    ColumnType.DATE: "20200101",
    ColumnType.YUAN: "0.00",
    ColumnType.INTEGER: "0",
    ColumnType.DEGREES: "",
    ColumnType.CURRENCY: "CNY",
    ColumnType.PERCENT: "4.3500",
}


class BadRows:
    """Adds bad lines to the blocks of one file, kind after kind."""

    def __init__(self, feed: Feed, seed: int, day: int, counts: Counts) -> None:
        self._feed = feed
        self._counts = counts
        self._place = list(Feed.__dataclass_fields__).index("key") + len(feed.name)
        self._rng = np.random.default_rng([seed, day, len(feed.name), len(feed.columns)])
        self._made = 0

    def spoil(self, lines: bytes, rows: int) -> tuple[bytes, int]:
        """The lines with some bad ones put in between, and how many there are then."""
        bad = int(self._rng.binomial(rows, RATES["bad_row"]))
        if not bad:
            return lines, rows
        for _ in range(bad):
            cut = lines.find(b"\n", int(self._rng.integers(0, max(1, len(lines) - 400)))) + 1
            lines = lines[:cut] + self._line() + lines[cut:]
        return lines, rows + bad

    def _line(self) -> bytes:
        kind = KINDS[(self._made + self._place) % len(KINDS)]
        self._made += 1
        values = [c.allowed[0] if c.allowed else _PLAIN[c.type] for c in self._feed.columns]
        values[0] = f"BAD{self._made:06d}"
        names = [c.name for c in self._feed.columns]
        dates = [i for i, c in enumerate(self._feed.columns) if c.type is ColumnType.DATE]
        listed = [i for i, c in enumerate(self._feed.columns) if c.allowed or c.type is ColumnType.DATE]
        if (kind == "impossible_date" and not dates) or (kind == "unknown_value" and not listed):
            kind = "few_columns"  # of a feed without such a column
        if kind == "few_columns":
            values = values[:-2]
        elif kind == "many_columns":
            values.insert(1, "")
        elif kind == "impossible_date":
            values[dates[0]] = "20230231"
        elif kind == "unknown_value":
            values[listed[-1]] = "?"
        elif kind == "empty_key":
            values[names.index(self._feed.key[-1])] = ""
        line = SEPARATOR.join(values).encode(self._feed.encoding)
        if kind == "broken_byte":
            line = line.replace("坏行".encode(self._feed.encoding), b"\xff\xfe", 1)
        self._counts[f"bad_row.{self._feed.name}"] += 1
        self._counts["bad_row"] += 1
        return line + b"\n"


def is_bad(feed: Feed, line: bytes) -> bool:
    """Whether a line is one of these."""
    return line.startswith(b"BAD") or (feed.key[0] == feed.columns[0].name and line.startswith(b"|@|"))
