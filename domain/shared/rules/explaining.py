"""Why a rule holds for one subject, or does not: each leaf with the value used, its source and day, passed or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, false, func, literal, null, select
from sqlalchemy.dialects.postgresql import JSONB

from domain.shared.rules.fields import Day, Field, FieldType, Row
from domain.shared.rules.finding import Within, everything
from domain.shared.rules.predicate import AsOf, holds, how_many, relative_day, value_of, wanted_value
from domain.shared.rules.tree import Leaf, Relative, Rule, Some, leaves

Seen = Callable[[Field, ColumnElement[Any]], ColumnElement[Any]]
"""The value of a field as whoever asks may see it."""


@dataclass(frozen=True)
class Explained:
    """One leaf. `value` is None where it is unknown; of a `some`, it is how many there are. Dates are dates."""

    leaf: Leaf | Some
    wanted: Any
    value: Any
    source: str
    known_on: date
    holds: bool


@dataclass(frozen=True)
class Explanation:
    holds: bool
    leaves: tuple[Explained, ...]


def _as_it_is(_field: Field, value: ColumnElement[Any]) -> ColumnElement[Any]:
    return value


def explained(
    rule: Rule, as_of: AsOf, key: Any, within: Within = everything, seen: Seen = _as_it_is
) -> Select[Any]:
    """One statement with one JSON value, which `read_explanation` takes; no row where there is no such subject."""
    row = rule.subject.table.alias("subject")
    parts = [_explained(leaf, row, as_of, seen) for leaf in leaves(rule.root)]
    whole = func.jsonb_build_object(
        _text("holds"),
        func.coalesce(holds(rule.root, row, as_of), false()),
        _text("leaves"),
        func.jsonb_build_array(*parts),
        type_=JSONB,
    )
    return select(whole).where(row.c[rule.subject.key] == key, within(row))


def _explained(leaf: Leaf | Some, row: Row, as_of: AsOf, seen: Seen) -> ColumnElement[Any]:
    day = as_of.sql
    if isinstance(leaf, Some):
        wanted: ColumnElement[Any] = null()
        value = how_many(leaf, row, as_of)
        source, known_on = _text(leaf.link.to.table.name), day
    else:
        wanted = _day_wanted(leaf, day)
        value = seen(leaf.field, value_of(leaf.field, row, day))
        source = _source(leaf.field, row)
        known_on = day if leaf.field.known_on is None else leaf.field.known_on(row, day)
    return func.jsonb_build_object(
        _text("wanted"),
        wanted,
        _text("value"),
        value,
        _text("source"),
        source,
        _text("on"),
        func.coalesce(known_on, day),
        _text("holds"),
        func.coalesce(holds(leaf, row, as_of), false()),
        type_=JSONB,
    )


def _day_wanted(leaf: Leaf, day: Day) -> ColumnElement[Any]:
    return relative_day(leaf.value, day) if isinstance(leaf.value, Relative) else null()


def _source(asked: Field, row: Row) -> ColumnElement[Any]:
    """The feed from which the value was kept, else the table and column."""
    declared = _text(asked.source)
    return declared if asked.kept_from is None else func.coalesce(asked.kept_from(row), declared)


def _text(value: str) -> ColumnElement[Any]:
    return cast(literal(value, String), String)


def read_explanation(rule: Rule, as_of: AsOf, found: Any) -> Explanation:
    """The answer of `explained`: a JSON object as Python holds it."""
    parts = zip(leaves(rule.root), found["leaves"], strict=True)
    return Explanation(found["holds"], tuple(_read(leaf, as_of, one) for leaf, one in parts))


def _read(leaf: Leaf | Some, as_of: AsOf, found: Any) -> Explained:
    value, wanted = found["value"], found["wanted"]
    if isinstance(leaf, Leaf):
        value = _dated(leaf.field, value)
        wanted = wanted_value(leaf, as_of) if wanted is None else _dated(leaf.field, wanted)
    return Explained(leaf, wanted, value, found["source"], date.fromisoformat(found["on"]), found["holds"])


def _dated(asked: Field, value: Any) -> Any:
    return date.fromisoformat(value) if asked.type is FieldType.DATE and value is not None else value
