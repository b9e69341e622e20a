"""Columns of a sheet: what they are called, in both languages and in the words of banks, and how they are filled in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_ASIDE = re.compile(r"[\s*:_\-/\u3000]|\(.*?\)")
LONGEST_HEADING = 400
"""What is longer is a remark, and goes by no name."""


@dataclass(frozen=True)
class Words:
    """The same in both languages."""

    chinese: str
    english: str


@dataclass(frozen=True)
class Column:
    """`key` names the value for the program. `also` are other headings under which people keep it; which of these, and
    where it stands, is all one. Without a needed column a sheet is not one of this kind."""

    key: str
    heading: Words
    told: Words
    """What it is and how it is written, for the page of explanations."""
    example: str
    is_needed: bool = False
    also: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(
            plain_heading(one) for one in (self.key, self.heading.chinese, self.heading.english, *self.also)
        )


def plain_heading(text: str) -> str:
    """A heading without blanks, marks, brackets, width and case: `机构号 (必填)*` is `机构号`."""
    if len(text) > LONGEST_HEADING:
        # Brackets that nobody closes would each be looked for to the end.
        return text
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text)).lower()


def check_columns(columns: Sequence[Column]) -> None:
    """Raise ValueError where two columns go by one name, or none is needed."""
    taken: dict[str, str] = {}
    for column in columns:
        for name in column.names:
            if taken.setdefault(name, column.key) != column.key:
                raise ValueError(f"the columns {taken[name]} and {column.key} are both called {name}")
    if not any(column.is_needed for column in columns):
        raise ValueError("a sheet is known by the columns that it needs")
