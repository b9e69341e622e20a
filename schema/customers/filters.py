"""What each field of CustomerFilter means in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, literal_column, or_, true

from domain.customers import fields as customers
from domain.customers.identity.text import half_width
from domain.grids import fields as grids
from domain.shared.rules.values import escaped
from schema.customers.ages import of_decades
from schema.customers.areas import inside
from schema.customers.masking import COMPANIES, is_masked, is_mobile, mask_address
from schema.customers.searching import PHONE_END, name_pattern, phone_end, whole_name_pattern
from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given
from schema.engine.mapping import Filter
from schema.engine.scope import Row
from schema.rule_filters import among, beginning, flag, named
from schema.view import View

LONGEST_TEXT = 100
LONGEST_INDUSTRY = 10
_TEXT_TOO_LONG = complaint("TEXT_TOO_LONG", takes=("most",))


def wanted_text(text: str) -> str:
    """What was typed into a search, without what stands around it; BadRequest where it is too long."""
    wanted = text.strip()
    if len(wanted) > LONGEST_TEXT:
        raise BadRequest(_TEXT_TOO_LONG, most=LONGEST_TEXT)
    return wanted


def _text(row: Row, text: Given, view: View) -> ColumnElement[bool]:
    """Part of the name or address, or the end of the phone, however they are typed.

    Searched within the scope, whose index range is small for everybody but head office; a gram index would be paid for
    by each night that touches every customer (docs/decisions/reading.md). What the viewer sees masked is searched as he
    sees it, so that nobody completes a value by asking: a name he must know whole, an address counts down to the
    village, a phone by the four digits that are shown.
    """
    if text.fact(lambda one: not wanted_text(one)):
        return true()
    pattern = text.bind(String(), lambda one: f"%{escaped(half_width(wanted_text(one)))}%")
    found = [_in_name(row, text, view), _in_address(row, pattern, view)]
    if text.fact(lambda one: phone_end(wanted_text(one)) is not None):
        found.append(_ends_phone(row, text, view))
    return or_(*found)


def _in_name(row: Row, text: Given, view: View) -> ColumnElement[bool]:
    part: ColumnElement[bool] = row.c.name.op("~*")(
        text.bind(String(), lambda one: name_pattern(wanted_text(one)))
    )
    if not is_masked("name", view):
        return part
    whole = text.bind(String(), lambda one: whole_name_pattern(wanted_text(one)))
    return or_(row.c.name.op("~*")(whole), and_(_is_company(row), part))


def _in_address(row: Row, pattern: ColumnElement[Any], view: View) -> ColumnElement[bool]:
    """Who sees addresses masked finds companies alone by them: he comes from a whole bank, and persons are many."""
    part: ColumnElement[bool] = row.c.address.ilike(pattern)
    if not is_masked("address", view):
        return part
    # The cheap test first: the mask is a regular expression.
    return and_(_is_company(row), part, mask_address(row.c.address).ilike(pattern))


def _ends_phone(row: Row, text: Given, view: View) -> ColumnElement[bool]:
    if not is_masked("phone", view):
        ends: ColumnElement[bool] = row.c.phone.like(text.bind(String(), lambda one: f"%{_digits(one)}"))
        return ends
    last = text.bind(String(), lambda one: f"%{_digits(one)[-PHONE_END:]}")
    return and_(row.c.phone.like(last), is_mobile(row.c.phone))


def _digits(text: str) -> str:
    return phone_end(wanted_text(text)) or ""


def _is_company(row: Row) -> ColumnElement[bool]:
    kind: ColumnElement[Any] = row.c.kind
    return kind.in_([literal_column(f"'{one}'", String) for one in COMPANIES])


FILTERS: dict[str, Filter] = {
    "text": _text,
    "kind": among(customers.KIND),
    "status": among(customers.STATUS),
    "orgUnitId": named(grids.ORG_UNIT_ID, "OrgUnit"),
    "industry": beginning(customers.INDUSTRY, LONGEST_INDUSTRY),
    "located": flag(customers.LOCATED),
    "area": inside,
    "ageDecade": of_decades,
}
"""All but the search, the area and the age are fields of the rule language."""
