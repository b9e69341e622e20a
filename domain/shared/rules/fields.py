"""What can be asked, said once: a field of a subject with its type, its operators and how it is written in SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Float,
    FromClause,
    Integer,
    String,
    Table,
)
from sqlalchemy.types import TypeEngine

Row = FromClause
"""An alias of the subject's table, or anything with columns of the same names."""

Day = ColumnElement[Any]
"""The data date, as SQL."""


class Operator(StrEnum):
    """What a leaf compares by. `begins` takes beginnings of a text, `known` asks whether there is a value at all."""

    EQ = "eq"
    IN = "in"
    GTE = "gte"
    GT = "gt"
    LTE = "lte"
    LT = "lt"
    BEGINS = "begins"
    KNOWN = "known"


class FieldType(StrEnum):
    """Money is whole fen, a key the number of a row."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FEN = "fen"
    DATE = "date"
    FLAG = "flag"
    KEY = "key"

    @property
    def sql(self) -> TypeEngine[Any]:
        return _SQL[self]


_SQL: dict[FieldType, TypeEngine[Any]] = {
    FieldType.TEXT: String(),
    FieldType.INTEGER: Integer(),
    FieldType.NUMBER: Float(),
    FieldType.FEN: BigInteger(),
    FieldType.DATE: Date(),
    FieldType.FLAG: Boolean(),
    FieldType.KEY: BigInteger(),
}
_EQUAL = frozenset({Operator.EQ, Operator.IN, Operator.KNOWN})
_ORDERED = frozenset({Operator.EQ, Operator.GTE, Operator.GT, Operator.LTE, Operator.LT, Operator.KNOWN})
_USUAL: dict[FieldType, frozenset[Operator]] = {
    FieldType.TEXT: _EQUAL,
    FieldType.INTEGER: _ORDERED | _EQUAL,
    FieldType.NUMBER: _ORDERED,
    FieldType.FEN: _ORDERED,
    FieldType.DATE: _ORDERED,
    FieldType.FLAG: frozenset({Operator.EQ, Operator.KNOWN}),
    FieldType.KEY: _EQUAL,
}


@dataclass(frozen=True)
class Subject:
    """What a rule is about: one row of a table, named by `key`."""

    name: str
    table: Table
    key: str


@dataclass(frozen=True)
class Beside:
    """What is known of a subject in other tables: at most one row a subject, with the subject's key as `column`.

    A rule over many subjects joins it once; for a few it is looked up. Where there is no row, flags are false and all
    else is what `sql` makes of nulls: unknown, unless the field says what no row means.
    """

    name: str
    column: str
    rows: Callable[[Day], FromClause]


@dataclass(frozen=True)
class Field:
    """One thing that can be asked. `sql` is written over the subject's row, or over that of `beside`.

    `source` is the table and column for people; `kept_from` tells the feed of one subject's value where several
    compete, `known_on` its day where that is not the data date. `code` names the words. Who lacks `permission` cannot
    ask; who sees `masked_as` masked sees the value of an explanation masked too.
    """

    name: str
    subject: Subject
    type: FieldType
    sql: Callable[[Row, Day], ColumnElement[Any]]
    source: str
    level: Literal["C1", "C2"] = "C1"
    operators: frozenset[Operator] = frozenset()
    values: tuple[str, ...] = ()
    """A closed set of texts; empty for any."""
    beside: Beside | None = None
    past: Beside | None = None
    """Where its values of past days are kept, under the same column (`rules/past.py`)."""
    kept_from: Callable[[Row], ColumnElement[Any]] | None = None
    known_on: Callable[[Row, Day], ColumnElement[Any]] | None = None
    reached_on: Callable[[Row, ColumnElement[Any]], ColumnElement[Any]] | None = None
    """Of a number that grows as days pass: the morning on which it gets to so much (`rules/beginning.py`)."""
    permission: str | None = None
    masked_as: str | None = None

    def __post_init__(self) -> None:
        if not self.operators:
            object.__setattr__(self, "operators", _USUAL[self.type])

    @property
    def code(self) -> str:
        return f"{self.subject.name}.{self.name}"


@dataclass(frozen=True)
class Link:
    """From a subject to many others (a customer's loans), of which a rule may ask whether there is one that …"""

    name: str
    of: Subject
    to: Subject
    on: Callable[[Row, Row], ColumnElement[bool]]


def column(name: str) -> Callable[[Row, Day], ColumnElement[Any]]:
    """A field that is a column as it stands."""
    return lambda row, _day: row.c[name]
