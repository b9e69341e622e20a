"""One table of a description: its values asked for by key, and what is wrong with them noted with its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import Place
from domain.feeds.adapters.lines_of_text import Where, line_at
from domain.shared.statements import Statement

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Given:
    """`where` is the path of the table in the document, `problems` the list of the whole document."""

    values: Mapping[str, Any]
    where: Where
    lines: Mapping[Where, int]
    problems: list[Statement]

    def line(self, key: str) -> int:
        return line_at(self.lines, (*self.where, key))

    def only(self, *known: str) -> None:
        """Notes every key that means nothing here, with those that come nearest."""
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=3, cutoff=0.6) or known
                self.problems.append(
                    said.KEY_UNKNOWN(line=self.line(key), key=key[:60], known=", ".join(near))
                )

    def missing(self, key: str) -> None:
        self.problems.append(said.KEY_MISSING(key=".".join(map(str, (*self.where, key)))))

    def wrong(self, key: str, wanted: str) -> None:
        """`wanted` is a code with words of its own."""
        self.problems.append(said.VALUE(line=self.line(key), key=key, wanted=wanted))

    def raw(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str, *, default: str, wanted: str = "TEXT") -> str:
        value = self.values.get(key, default)
        if isinstance(value, str) and "\0" not in value:
            return value
        self.wrong(key, wanted)
        return default

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "TRUE_FALSE")
        return value is True

    def number(self, key: str, default: int, *, lowest: int, highest: int) -> int:
        value = self.values.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        self.wrong(key, "NUMBER")
        return default

    def numbers(self, key: str) -> tuple[int, ...]:
        value = self.values.get(key, [])
        if isinstance(value, list) and all(type(one) is int and 0 < one <= 10_000 for one in value):
            return tuple(value)
        self.wrong(key, "NUMBERS")
        return ()

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self.values.get(key)
        if value is None:
            return default
        many = value if isinstance(value, list) else [value]
        if many and all(isinstance(one, str) and "\0" not in one for one in many):
            return tuple(many)
        self.wrong(key, "TEXTS")
        return ()

    def place(self, key: str) -> Place | None:
        value = self.values.get(key)
        if value is None:
            return None
        if (isinstance(value, str) and value.strip()) or (type(value) is int and value > 0):
            return value if isinstance(value, int) else value.strip()
        self.wrong(key, "PLACE")
        return None

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None:
            self.missing(key)
            return None
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date) and 2000 <= value.year <= 2999:
            return value
        self.wrong(key, "DAY")
        return None

    def one_of(self, key: str, kind: type[E], default: E) -> E:
        value = self.values.get(key, default.value)
        found = next((one for one in kind if one.value == value), None)
        if found is None:
            self.problems.append(
                said.KEY_UNKNOWN(
                    line=self.line(key),
                    key=f"{key} = {str(value)[:40]}",
                    known=", ".join(e.value for e in kind),
                )
            )
        return found or default

    def table(self, key: str, *, is_needed: bool = False) -> "Given | None":
        value = self.values.get(key)
        if value is None:
            if is_needed:
                self.missing(key)
            return None
        if not isinstance(value, dict):
            self.wrong(key, "TABLE")
            return None
        return Given(value, (*self.where, key), self.lines, self.problems)

    def tables(self, key: str) -> list["Given"]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(key, "TABLES")
            return []
        return [
            Given(one, (*self.where, key, number), self.lines, self.problems)
            for number, one in enumerate(value)
        ]
