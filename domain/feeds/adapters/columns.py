"""The part `[columns]` of a description: for each column of the contract where it comes from."""

from collections.abc import Callable
from typing import Any

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import Literal, Place, Sign, Source
from domain.feeds.adapters.tables import Given
from domain.feeds.contracts import Column, ColumnType, Feed

Check = Callable[[Given, str, Place], None]

MONEY_UNITS = {
    **dict.fromkeys(("元", "yuan"), "1"),
    **dict.fromkeys(("角", "jiao"), "0.1"),
    **dict.fromkeys(("分", "fen"), "0.01"),
    **dict.fromkeys(("千元", "thousand"), "1000"),
    **dict.fromkeys(("万元", "wan"), "10000"),
}
RATE_UNITS = {
    "%": "1",
    "‰": "0.1",
    **dict.fromkeys(("月‰", "monthly ‰"), "1.2"),
    **dict.fromkeys(("小数", "fraction"), "100"),
    "bp": "0.01",
}
"""What a rate is multiplied by to be percent a year."""
DATE_FORMS = ("YYYYMMDD", "YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DDMMYYYY", "YYMMDD", "YYYYDDD")

_KEYS = (
    "from",
    "join",
    "with",
    "constant",
    "cut",
    "codes",
    "unknown",
    "empty",
    "date",
    "open",
    "unit",
    "sign",
)


def read_columns(given: Given | None, feed: Feed, check: Check) -> tuple[Source, ...]:
    if given is None:
        return ()
    names = [column.name for column in feed.columns]
    found = []
    for name in given.values:
        if name not in names:
            given.problems.append(
                said.COLUMN_UNKNOWN(line=given.line(name), column=name[:60], known=", ".join(names))
            )
    for column in feed.columns:
        if column.name in given.values:
            source = _source(given, column, check)
            if source is not None:
                found.append(source)
        elif column.required or column.name in feed.key:
            given.problems.append(said.WITHOUT_SOURCE(column=column.name))
    return tuple(found)


def _source(given: Given, column: Column, check: Check) -> Source | None:
    value = given.values[column.name]
    if isinstance(value, str | int) and not isinstance(value, bool):
        place = given.place(column.name)
        if place is None:
            return None
        check(given, column.name, place)
        return Source(column.name, (place,))
    told = given.table(column.name)
    return None if told is None else _described(told, column, check)


def _described(told: Given, column: Column, check: Check) -> Source | None:
    told.only(*_KEYS)
    ways = [key for key in ("from", "join", "constant") if key in told.values]
    if len(ways) > 1:
        told.problems.append(
            said.TWO_SOURCES(line=told.line("from"), column=column.name, keys=" / ".join(ways))
        )
        return None
    if not ways:
        told.problems.append(said.NO_SOURCE(line=told.line("from"), column=column.name))
        return None
    _check_fit(told, column)
    codes, unknown, empty = _codes(told, column), told.raw("unknown"), told.raw("empty")
    if unknown is not None and not codes:
        told.problems.append(said.NEEDS(line=told.line("unknown"), key="unknown", needed="codes"))
    return Source(
        column.name,
        _parts(told, check),
        told.text("with", default=""),
        _code(told, column, "constant"),
        _cut(told),
        codes,
        _code(told, column, "unknown") if unknown is not None else None,
        _code(told, column, "empty") if empty is not None else None,
        _date_form(told),
        told.texts("open"),
        _unit(told, column),
        _sign(told, check),
    )


def _parts(told: Given, check: Check) -> tuple[Place | Literal, ...]:
    if "from" in told.values:
        place = told.place("from")
        if place is None:
            return ()
        check(told, "from", place)
        return (place,)
    if "join" not in told.values:
        return ()
    many = told.raw("join")
    if not isinstance(many, list) or len(many) < 1:
        told.wrong("join", "JOIN")
        return ()
    found: list[Place | Literal] = []
    for one in many:
        if isinstance(one, dict) and list(one) == ["text"] and isinstance(one["text"], str):
            found.append(Literal(one["text"]))
        elif type(one) is int or isinstance(one, str):
            check(told, "join", one)
            found.append(one)
        else:
            told.wrong("join", "JOIN")
    return tuple(found)


def _check_fit(told: Given, column: Column) -> None:
    """An option that means nothing for a column of its type is a mistake, and no silence."""
    fits = {
        "date": column.type is ColumnType.DATE,
        "open": column.may_be_open,
        "unit": column.type in (ColumnType.YUAN, ColumnType.PERCENT),
        "sign": column.type is ColumnType.YUAN,
        "with": "join" in told.values,
        "codes": "constant" not in told.values,
        "cut": "constant" not in told.values,
    }
    for key, does_fit in fits.items():
        if key in told.values and not does_fit:
            told.problems.append(said.DOES_NOT_FIT(line=told.line(key), key=key, column=column.name))


def _code(told: Given, column: Column, key: str) -> str | None:
    value = told.raw(key)
    if value is None:
        return None
    text = _text_of(value)
    if text is None:
        told.wrong(key, "TEXT")
        return None
    _check_allowed(told, column, key, text)
    return text


def _check_allowed(told: Given, column: Column, key: str, text: str) -> None:
    if column.allowed and text and text not in column.allowed:
        told.problems.append(
            said.CODE_NOT_ALLOWED(
                line=told.line(key), column=column.name, value=text[:40], allowed=" / ".join(column.allowed)
            )
        )


def _text_of(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int) or "\0" in str(value):
        return None
    return str(value)


def _codes(told: Given, column: Column) -> tuple[tuple[str, str], ...]:
    value = told.raw("codes")
    if value is None:
        return ()
    pairs = value.items() if isinstance(value, dict) else ()
    found = [(key, text) for key, one in pairs if (text := _text_of(one)) is not None]
    if not found or len(found) != len(pairs):
        told.wrong("codes", "CODES")
        return ()
    for _, text in found:
        _check_allowed(told, column, "codes", text)
    return tuple(found)


def _cut(told: Given) -> tuple[int, int] | None:
    """Of a part the letters from one (counted from 1), so many of them."""
    value = told.raw("cut")
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(one) is int and one > 0 for one in value):
        return value[0], value[1]
    told.wrong("cut", "CUT")
    return None


def _date_form(told: Given) -> str:
    form = told.text("date", default="")
    if form and form not in DATE_FORMS:
        told.problems.append(
            said.KEY_UNKNOWN(line=told.line("date"), key=f"date = {form[:40]}", known=", ".join(DATE_FORMS))
        )
    return form


def _unit(told: Given, column: Column) -> str:
    unit = told.text("unit", default="")
    known = RATE_UNITS if column.type is ColumnType.PERCENT else MONEY_UNITS
    if unit and unit not in known:
        told.problems.append(
            said.KEY_UNKNOWN(line=told.line("unit"), key=f"unit = {unit[:40]}", known=", ".join(known))
        )
        return ""
    return unit


def _sign(told: Given, check: Check) -> Sign | None:
    given = told.table("sign")
    if given is None:
        return None
    given.only("from", "minus")
    place = given.place("from")
    minus = given.texts("minus")
    if place is None or not minus:
        given.missing("from" if place is None else "minus")
        return None
    check(given, "from", place)
    return Sign(place, minus)
