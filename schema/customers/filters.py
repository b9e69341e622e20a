"""What each field of CustomerFilter means in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, literal_column, or_, true

from domain.customers import fields as customers
from domain.grids import fields as grids
from domain.shared.rules.values import escaped
from schema.customers.masking import COMPANIES, is_masked
from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given
from schema.engine.mapping import Filter
from schema.engine.scope import Row
from schema.rule_filters import among, beginning, flag, named
from schema.view import View

LONGEST_TEXT = 100
LONGEST_INDUSTRY = 10
PHONE_END = 4
_TEXT_TOO_LONG = complaint("TEXT_TOO_LONG", takes=("most",))


def _wanted(text: str) -> str:
    wanted = text.strip()
    if len(wanted) > LONGEST_TEXT:
        raise BadRequest(_TEXT_TOO_LONG, most=LONGEST_TEXT)
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
    pattern = text.bind(String(), lambda one: f"%{escaped(_wanted(one))}%")
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
    "kind": among(customers.KIND),
    "status": among(customers.STATUS),
    "orgUnitId": named(grids.ORG_UNIT_ID, "OrgUnit"),
    "industry": beginning(customers.INDUSTRY, LONGEST_INDUSTRY),
    "located": flag(customers.LOCATED),
}
"""All but the search are fields of the rule language."""
