"""What is said, as a code and named values; words are put on at the edge (docs/decisions/words-at-the-edge.md).

A room declares its codes beside itself, each with the values it has and their kinds. A statement is kept as JSON:
`{"code": "DUE_LOAN_OVERDUE", "values": {"days": 12}}`. The kind of a value stands in its name, as units do everywhere
in this program: `_fen` is money, `_on` is a bank day, everything else is a number or a text as JSON has it. So
PostgreSQL can take a statement apart without asking Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from psycopg.types.json import Jsonb


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    FEN = "fen"
    DATE = "date"


TEXT, NUMBER, FEN, DATE = Kind.TEXT, Kind.NUMBER, Kind.FEN, Kind.DATE
Value = str | int | float | date
Values = Mapping[str, Value]
_ENDINGS = {FEN: "_fen", DATE: "_on"}


@dataclass(frozen=True)
class Statement:
    """Something said. Made by what a room declared, which checks that the values fit."""

    code: str
    values: Values = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form in which a table keeps it."""
        plain = {name: _plain(value) for name, value in self.values.items()}
        return {"code": self.code, "values": plain}

    def __str__(self) -> str:
        """For logs: `DUE_LOAN_OVERDUE days=12`."""
        return " ".join([self.code, *(f"{name}={_plain(value)}" for name, value in self.values.items())])


@dataclass(frozen=True)
class Declared:
    """A code with the kinds of its values. Called with values, it says them."""

    code: str
    kinds: Mapping[str, Kind]

    def __call__(self, **values: Value) -> Statement:
        check_values(self.code, self.kinds, values)
        return Statement(self.code, values)

    def sql(self, **expressions: str) -> str:
        """An expression that makes the statement as jsonb out of SQL expressions, for what is said set-wise."""
        if expressions.keys() != self.kinds.keys():
            raise TypeError(f"{self.code} takes {sorted(self.kinds)}, not {sorted(expressions)}")
        pairs = ", ".join(f"'{name}', {expression}" for name, expression in expressions.items())
        return f"jsonb_build_object('code', '{self.code}', 'values', jsonb_build_object({pairs}))"


DECLARED: dict[str, Declared] = {}
"""Every code of the modules that are loaded."""


def declare(code: str, **kinds: Kind) -> Declared:
    """A new code; a second declaration of one, or a name that does not tell its kind, is a mistake at start."""
    for name, kind in kinds.items():
        told = next((one for one, ending in _ENDINGS.items() if name.endswith(ending)), None)
        if told is not (kind if kind in _ENDINGS else None):
            raise TypeError(f"{code}: the name {name} does not tell a {kind}")
    if code in DECLARED:
        raise TypeError(f"{code} is declared twice")
    DECLARED[code] = Declared(code, kinds)
    return DECLARED[code]


def check_values(code: str, kinds: Mapping[str, Kind], values: Values) -> None:
    """Raise TypeError where values are missing, too many or of another kind."""
    if values.keys() != kinds.keys():
        raise TypeError(f"{code} takes {sorted(kinds)}, not {sorted(values)}")
    for name, value in values.items():
        if not _fits(kinds[name], value):
            raise TypeError(f"{code}: {name} is a {kinds[name]}, not {value!r}")


def statement_of(kept: Mapping[str, Any] | None) -> Statement | None:
    """A statement as a table keeps it, read back; dates become days again."""
    if kept is None:
        return None
    values = {
        name: date.fromisoformat(value) if name.endswith("_on") else value
        for name, value in kept["values"].items()
    }
    return Statement(kept["code"], values)


def jsonb(statement: Statement | None) -> Jsonb | None:
    """A parameter for a jsonb column."""
    return None if statement is None else Jsonb(statement.as_json())


def jsonb_list(statements: list[Statement]) -> Jsonb:
    return Jsonb([one.as_json() for one in statements])


AS_SAID_BEFORE = declare("AS_SAID_BEFORE", text=TEXT)
"""A sentence kept by a version that kept sentences, as it was; new rows never have it."""


def _fits(kind: Kind, value: Value) -> bool:
    if isinstance(value, bool):
        return False
    if kind is Kind.TEXT:
        return isinstance(value, str)
    if kind is Kind.DATE:
        return isinstance(value, date)
    return isinstance(value, int) or (kind is Kind.NUMBER and isinstance(value, float))


def _plain(value: Value) -> str | int | float:
    return value.isoformat() if isinstance(value, date) else value
