"""What each field of CustomerFilter means in SQL."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    String,
    and_,
    any_,
    literal_column,
    not_,
    or_,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from schema.customers.masking import COMPANIES, is_masked
from schema.engine.errors import BadRequest
from schema.engine.given import Given
from schema.engine.mapping import Filter
from schema.engine.scope import Row
from schema.global_ids import keys_named
from schema.view import View

LONGEST_TEXT = 100
LONGEST_INDUSTRY = 10
PHONE_END = 4


def among(column: str) -> Filter:
    return lambda row, values, _view: row.c[column] == any_(values.bind(ARRAY(String)))


def named(column: str, type_name: str) -> Filter:
    read = keys_named(type_name)
    return lambda row, ids, _view: row.c[column] == any_(ids.bind(ARRAY(BigInteger), read))


def between(column: str, type_: Any) -> Filter:
    def within(row: Row, bounds: Given, _view: View) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [true()]
        if "gte" in bounds:
            parts.append(row.c[column] >= bounds["gte"].bind(type_))
        if "lt" in bounds:
            parts.append(row.c[column] < bounds["lt"].bind(type_))
        return and_(*parts)

    return within


def flag(holds: Callable[[Row], ColumnElement[bool]]) -> Filter:
    """`true` keeps the rows for which it holds, `false` the others."""
    return lambda row, asked, _view: holds(row) if asked.known() else not_(holds(row))


def _industry(row: Row, codes: Given, _view: View) -> ColumnElement[bool]:
    """A shorter code means everything below it."""
    begin = codes.bind(ARRAY(String), lambda all_: [_escaped(code[:LONGEST_INDUSTRY]) + "%" for code in all_])
    like: ColumnElement[bool] = row.c.industry.op("like", return_type=Boolean())(any_(begin))
    return like


def _escaped(text: str) -> str:
    """Text as LIKE takes it literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _wanted(text: str) -> str:
    wanted = text.strip()
    if len(wanted) > LONGEST_TEXT:
        raise BadRequest("TEXT_TOO_LONG", f"搜索文字最多 {LONGEST_TEXT} 个字。")
    return wanted


def _may_be_a_phone(text: str) -> bool:
    wanted = _wanted(text)
    return wanted.isascii() and wanted.isdigit() and len(wanted) >= PHONE_END


def _text(row: Row, text: Given, view: View) -> ColumnElement[bool]:
    """Part of the name or address, or the end of the phone.

    Searched within the scope, whose index range is small for everybody but head office; a gram index would be paid for
    by each night that touches every customer (docs/decisions/reading.md). Who sees a value masked cannot find out
    the rest by searching: he must know the whole name, and a phone counts by its last four digits.
    """
    if text.fact(lambda one: not _wanted(one)):
        return true()
    pattern = text.bind(String(), lambda one: f"%{_escaped(_wanted(one))}%")
    if is_masked("name", view):
        is_company = row.c.kind.in_([literal_column(f"'{kind}'", String) for kind in COMPANIES])
        whole = row.c.name == text.bind(String(), _wanted)
        found: list[ColumnElement[bool]] = [whole, and_(is_company, _contains(row, pattern))]
    else:
        found = [_contains(row, pattern)]
    if text.fact(_may_be_a_phone):
        found.append(_phone_ends(row, text, view))
    return or_(*found)


def _contains(row: Row, pattern: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(row.c.name.ilike(pattern), row.c.address.ilike(pattern))


def _phone_ends(row: Row, digits: Given, view: View) -> ColumnElement[bool]:
    known = PHONE_END if is_masked("phone", view) else LONGEST_TEXT
    ends: ColumnElement[bool] = row.c.phone.like(
        digits.bind(String(), lambda text: f"%{_wanted(text)[-known:]}")
    )
    return ends


FILTERS: dict[str, Filter] = {
    "text": _text,
    "kind": among("kind"),
    "status": among("status"),
    "orgUnitId": named("org_unit_id", "OrgUnit"),
    "industry": _industry,
    "located": flag(lambda row: row.c.lon_deg_wgs84.is_not(None)),
}
