"""Every fact that feeds tell can be asked by rules, under its own name."""

from typing import Any

from sqlalchemy import Integer, String, cast, literal_column, select
from sqlalchemy.sql import FromClause

from domain.customers.facts import Fact, FactKind
from domain.customers.fields import CUSTOMER
from domain.customers.models import CustomerFact
from domain.customers.tellings import TELLINGS
from domain.shared.rules.fields import Beside, Day, Field, FieldType, Link, Operator, Subject, column

_KNOWN_ALONE = frozenset({Operator.KNOWN})
"""Only whether there is one, as of a telephone."""
_TYPES = {
    FactKind.FEN: FieldType.FEN,
    FactKind.NUMBER: FieldType.INTEGER,
    FactKind.TEXT: FieldType.TEXT,
    FactKind.DATE: FieldType.DATE,
}


def _beside(feed: str, fact: Fact) -> Beside:
    table: FromClause = CustomerFact.__table__  # type: ignore[attr-defined]

    def rows(_day: Day) -> FromClause:
        told = table.alias()
        value: Any = told.c[fact.kind.value]
        value = cast(value, Integer) if fact.kind is FactKind.NUMBER else value
        return (
            select(told.c.customer_id, value.label("value"))
            .where(
                told.c.name == literal_column(f"'{fact.name}'", String),
                told.c.feed == literal_column(f"'{feed}'", String),
            )
            .subquery(f"fact_{fact.name}")
        )

    return Beside(f"fact_{fact.name}", "customer_id", rows)


def _field(feed: str, fact: Fact) -> Field:
    return Field(
        fact.name,
        CUSTOMER,
        _TYPES[fact.kind],
        column("value"),
        f"src_{feed}",
        level="C2" if fact.level == "C2" else "C1",
        values=fact.values,
        beside=_beside(feed, fact),
        operators=_KNOWN_ALONE if fact.is_name else frozenset(),
        masked_as="name" if fact.is_name else None,
    )


FACT_FIELDS = tuple(_field(telling.feed, fact) for telling in TELLINGS for fact in telling.facts)

FACT = Subject("fact", CustomerFact.__table__, key="customer_id")  # type: ignore[attr-defined]
"""One thing that is told of a customer: what third parties name themselves (`facts`) is asked by its name."""


def _of_a_fact(name: str, type_: FieldType, column_name: str) -> Field:
    return Field(name, FACT, type_, column(column_name), f"customer_facts.{column_name}", level="C2")


FIELDS_OF_A_FACT = (
    _of_a_fact("name", FieldType.TEXT, "name"),
    _of_a_fact("feed", FieldType.TEXT, "feed"),
    _of_a_fact("fen", FieldType.FEN, "fen"),
    Field(
        "number",
        FACT,
        FieldType.INTEGER,
        lambda row, _day: cast(row.c.number, Integer),
        "customer_facts.number",
        level="C2",
    ),
    Field(
        "text",
        FACT,
        FieldType.TEXT,
        column("said"),
        "customer_facts.said",
        level="C2",
        operators=_KNOWN_ALONE,
        masked_as="name",
    ),
    _of_a_fact("day", FieldType.DATE, "day_on"),
    _of_a_fact("asOf", FieldType.DATE, "as_of"),
)
FACT_LINKS = (Link("knownFacts", CUSTOMER, FACT, lambda customer, fact: fact.c.customer_id == customer.c.id),)
