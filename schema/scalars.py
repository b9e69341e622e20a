"""Scalars. Answers come out of PostgreSQL as JSON, so serialising is mostly letting through."""

import re
from datetime import date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

from domain.shared.calendar import day_of, instant_of

Fen = NewType("Fen", int)
Hundredths = NewType("Hundredths", int)
GeoJSON = NewType("GeoJSON", dict)  # type: ignore[type-arg]

FEN_LIMIT = 2**63
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def _fen(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -FEN_LIMIT <= value < FEN_LIMIT:
        raise ValueError("not a whole number of 64 bits")
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _date(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return day_of(value)


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return instant_of(value)


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ValueError("not a UUID in groups of 8-4-4-4-12 digits")
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
    Hundredths: strawberry.scalar(
        name="Hundredths",
        description="Money in hundredths of the unit of a currency that is named beside it: a whole number of 64 bits.",
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
        description=(
            "An instant of ISO 8601: YYYY-MM-DDThh:mm:ss, at most six digits of a second, and its offset, Z or ±hh:mm."
        ),
        serialize=_text,
        parse_value=_instant,
    ),
    UUID: strawberry.scalar(
        name="UUID",
        description="A UUID made by the client, written in groups of 8-4-4-4-12 hexadecimal digits.",
        serialize=str,
        parse_value=_uuid,
    ),
}

SAMPLES = {
    "Fen": 1,
    "Hundredths": 1,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00+08:00",
    "UUID": "00000000-0000-0000-0000-000000000001",
}
"""A value of each, as a client sends it."""
