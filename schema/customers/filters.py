"""What each field of CustomerFilter means in SQL."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Float,
    Integer,
    String,
    and_,
    any_,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from domain.tasks.models import DueVisit
from schema.customers.masking import COMPANIES, is_masked
from schema.engine.errors import BadRequest
from schema.engine.mapping import Filter
from schema.engine.scope import Row
from schema.global_ids import keys_named
from schema.view import View

LONGEST_TEXT = 100
PHONE_END = 4


def _plain(values: list[Any]) -> list[str]:
    return [getattr(value, "value", value) for value in values]


def _among(column: str) -> Filter:
    return lambda row, values, _view: row.c[column] == any_(literal(_plain(values), ARRAY(String)))


def _named(column: str, type_name: str) -> Filter:
    return lambda row, ids, _view: (
        row.c[column] == any_(literal(keys_named(ids, type_name), ARRAY(BigInteger)))
    )


def _range(column: str, type_: Any) -> Filter:
    def between(row: Row, bounds: dict[str, Any], _view: View) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [true()]
        if bounds.get("gte") is not None:
            parts.append(row.c[column] >= literal(bounds["gte"], type_))
        if bounds.get("lt") is not None:
            parts.append(row.c[column] < literal(bounds["lt"], type_))
        return and_(*parts)

    return between


def _industry(row: Row, codes: list[str], _view: View) -> ColumnElement[bool]:
    """A shorter code means everything below it."""
    return or_(*(row.c.industry.startswith(code[:10], autoescape=True) for code in codes))


def _text(row: Row, text: str, view: View) -> ColumnElement[bool]:
    """Part of the name or address, or the end of the phone.

    Searched within the scope, whose index range is small for everybody but head office; a gram index would be paid for
    by each night that touches every customer (docs/decisions/reading.md). Who sees a value masked cannot find out
    the rest by searching: he must know the whole name, and a phone counts by its last four digits.
    """
    wanted = text.strip()
    if not wanted:
        return true()
    if len(wanted) > LONGEST_TEXT:
        raise BadRequest("TEXT_TOO_LONG", f"搜索文字最多 {LONGEST_TEXT} 个字。")
    bound = literal(wanted, String)
    pattern = literal(
        "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%", String
    )
    if is_masked("name", view):
        is_company = row.c.kind.in_([literal_column(f"'{kind}'", String) for kind in COMPANIES])
        found: list[ColumnElement[bool]] = [row.c.name == bound, and_(is_company, _contains(row, pattern))]
    else:
        found = [_contains(row, pattern)]
    if wanted.isascii() and wanted.isdigit() and len(wanted) >= PHONE_END:
        found.append(_phone_ends(row, wanted, view))
    return or_(*found)


def _contains(row: Row, pattern: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(row.c.name.ilike(pattern), row.c.address.ilike(pattern))


def _phone_ends(row: Row, digits: str, view: View) -> ColumnElement[bool]:
    known = digits[-PHONE_END:] if is_masked("phone", view) else digits
    return row.c.phone.endswith(known, autoescape=True)


def has_due_visit(customer: Row) -> ColumnElement[bool]:
    """应访. `due_on` alone cannot tell: a loan that ends in a month is due now, a visit of next month is not."""
    due = DueVisit.__table__.alias()  # type: ignore[attr-defined]
    return select(due.c.customer_id).where(due.c.customer_id == customer.c.id).correlate(customer).exists()


FILTERS: dict[str, Filter] = {
    "text": _text,
    "kind": _among("kind"),
    "tier": _among("tier"),
    "status": _among("status"),
    "gridId": _named("grid_id", "Grid"),
    "orgUnitId": _named("org_unit_id", "OrgUnit"),
    "industry": _industry,
    "hasLoan": lambda row, has, _view: (row.c.loan_fen > 0) if has else (row.c.loan_fen <= 0),
    "depositFen": _range("deposit_fen", BigInteger),
    "attritionScore": _range("attrition_score", Float),
    "attritionBand": lambda row, bands, _view: row.c.attrition_band == any_(literal(bands, ARRAY(Integer))),
    "lastVisitOn": _range("last_visit_on", Date),
    "dueOn": _range("due_on", Date),
    "due": lambda row, is_due, _view: has_due_visit(row) if is_due else not_(has_due_visit(row)),
    "located": lambda row, has, _view: (
        row.c.lon_deg_wgs84.is_not(None) if has else row.c.lon_deg_wgs84.is_(None)
    ),
}


def read_date(value: Any) -> date:
    """A day as a cursor holds it."""
    return date.fromisoformat(value)
