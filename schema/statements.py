"""Statements: a code and its values, taken out of what a table keeps. The reader's catalogue has the words."""

from datetime import date
from typing import Any

import strawberry
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    String,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy import column as named_column
from sqlalchemy.dialects.postgresql import JSONB

from schema.engine.mapping import Part, TypeMap, Unnested, Value, column
from schema.engine.scope import Columns, Row
from schema.field_classes import c2
from schema.rooms import SchemaRoom
from schema.scalars import Fen
from schema.view import View


@strawberry.type(description="A value of a statement: one of text, number, fen and date.")
class StatementValue:
    name: str = c2("Its name in the words.")
    text: str | None = c2("A text, or a code that has words of its own.")
    number: float | None = c2("A number.")
    fen: Fen | None = c2("An amount of money.")
    on: date | None = c2("A bank day.", name="date")


@strawberry.type(description="What is said, as a code and its values; the reader's catalogue has the words.")
class Statement:
    code: str = c2("Which statement.")
    values: list[StatementValue] = c2("Its values.")


def statement(name: str) -> Part:
    """One statement out of a jsonb column; null where the column is."""
    return Part(
        "Statement",
        when=lambda row, _view: row.c[name].is_not(None),
        of=lambda row: Columns.of(statement=row.c[name]),
    )


def statements(name: str, *, weight: int = 3) -> Unnested:
    """The statements of a jsonb column that holds a list, in its order."""

    def rows(row: Row, _view: View) -> Row:
        element = (
            func.jsonb_array_elements(row.c[name])
            .table_valued(named_column("statement", JSONB), with_ordinality="position")
            .render_derived()
        )
        return select(element).order_by(element.c.position).correlate(row).lateral()

    return Unnested("Statement", rows, weight)


def _values(row: Row, _view: View) -> Row:
    """One row a value. Its kind stands in its name and in its JSON type (domain/shared/statements.py)."""
    pair = (
        func.jsonb_each(row.c["statement"]["values"], type_=JSONB)
        .table_valued(named_column("name", String), named_column("value", JSONB))
        .render_derived()
    )
    kept: ColumnElement[Any] = pair.c.value.op("#>>", return_type=Text())(literal_column("'{}'::text[]"))
    is_text = func.jsonb_typeof(pair.c.value, type_=String) == literal_column("'string'", String)
    is_day = func.right(pair.c.name, literal_column("3", Integer)) == literal_column("'_on'", String)
    is_fen = func.right(pair.c.name, literal_column("4", Integer)) == literal_column("'_fen'", String)
    return (
        select(
            pair.c.name,
            case((~is_day & is_text, kept)).label("text"),
            case((~is_fen & ~is_text, cast(kept, Double))).label("number"),
            case((is_fen, cast(kept, BigInteger))).label("fen"),
            case((is_day, kept)).label("on"),
        )
        .select_from(pair)
        .lateral()
    )


STATEMENT = TypeMap(
    "Statement",
    {
        "code": Value(lambda row, _view: row.c["statement"]["code"].astext, is_plain=True),
        "values": Unnested("StatementValue", _values, weight=4),
    },
)
STATEMENT_VALUE = TypeMap(
    "StatementValue",
    {
        "name": column("name"),
        "text": column("text"),
        "number": column("number"),
        "fen": column("fen"),
        "date": column("on"),
    },
)
STATEMENTS = SchemaRoom("statements", types=(STATEMENT, STATEMENT_VALUE))
