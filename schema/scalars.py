"""Scalars. Answers come out of PostgreSQL as JSON, so serialising is mostly letting through."""

from datetime import date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

Fen = NewType("Fen", int)
GeoJSON = NewType("GeoJSON", dict)  # type: ignore[type-arg]

FEN_LIMIT = 2**63


def _fen(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -FEN_LIMIT <= value < FEN_LIMIT:
        raise ValueError("not a whole number of 64 bits")
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _date(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("not written YYYY-MM-DD")
    return date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("not a text of ISO 8601")
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("without an offset")
    return instant


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str) or len(value) > 45:
        raise ValueError("not a text")
    return UUID(value)


def _same(value: Any) -> Any:
    return value


def _never(_value: Any) -> Any:
    raise ValueError("only in answers")


SCALARS: dict[object, ScalarDefinition] = {
    Fen: strawberry.scalar(
        name="Fen",
        description="Money in fen (1/100 yuan): a whole number of 64 bits, wider than Int.",
        serialize=_fen,
        parse_value=_fen,
    ),
    GeoJSON: strawberry.scalar(
        name="GeoJSON",
        description="A GeoJSON geometry in WGS 84, longitude first.",
        serialize=_same,
        parse_value=_never,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A bank day: a day in Asia/Shanghai, YYYY-MM-DD.",
        serialize=_text,
        parse_value=_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant with its offset, ISO 8601.",
        serialize=_text,
        parse_value=_instant,
    ),
    UUID: strawberry.scalar(
        name="UUID",
        description="A UUID made by the client.",
        serialize=str,
        parse_value=_uuid,
    ),
}

SAMPLES = {
    "Fen": 1,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00+08:00",
    "UUID": "00000000-0000-0000-0000-000000000001",
}
"""A value of each, as a client sends it."""
