"""Which source's value a customer keeps, field by field. Pure.

Trust is an order of feeds for each field; among records of one feed the oldest (lowest id) speaks first. Records whose
row is gone speak only when nobody else does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.customers.identity.normalise import person_name
from domain.customers.identity.records import DOUBTED

_PEOPLE_FIRST = (
    "household",
    "core_customer",
    "sunshine_credit",
    "sunshine_credit.head",
    "pos_merchant.operator",
)
_CORE_FIRST = ("core_customer", "household", "sunshine_credit", "sunshine_credit.head")
TRUST: dict[str, tuple[str, ...]] = {
    "name": (*_PEOPLE_FIRST, "household.household", "pos_merchant", "crm_legacy"),
    "kind": (
        "core_customer",
        "pos_merchant",
        "sunshine_credit",
        "household",
        "household.household",
        "crm_legacy",
    ),
    "certificate": (*_PEOPLE_FIRST, "pos_merchant"),
    "phone": ("core_customer", "sunshine_credit", "sunshine_credit.head", "pos_merchant", "crm_legacy"),
    "address": (*_CORE_FIRST, "household.household", "pos_merchant", "crm_legacy"),
    "birth_on": _PEOPLE_FIRST,
    "industry": ("core_customer",),
    "open_org_code": ("core_customer",),
    "manager_number": ("crm_legacy",),
}
"""Feeds in the order in which they are believed; a feed that is not named comes last."""


@dataclass(slots=True)
class Known:
    """A source record as survivorship looks at it."""

    id: int
    feed: str
    kind: str
    name: str
    name_norm: str
    cert_type: str | None = None
    cert_norm: str | None = None
    uscc_norm: str | None = None
    phone_norm: str | None = None
    birth_on: date | None = None
    village_code: str | None = None
    address: str | None = None
    industry: str | None = None
    org_code: str | None = None
    manager_number: str | None = None
    lon_deg_wgs84: float | None = None
    lat_deg_wgs84: float | None = None
    source_datum: str | None = None
    location_method: str | None = None
    status: str = "ACTIVE"


@dataclass
class Golden:
    """A customer's fields with the feed that each was kept from, and where the sources contradict each other."""

    id: int
    values: dict[str, Any]
    kept_from: dict[str, str]
    disagreements: dict[str, tuple[list[dict[str, str]], str]] = field(default_factory=dict)
    village_code: str | None = None


def survive(records: Sequence[Known], *, staff_phones: frozenset[str]) -> Golden:
    """The customer made of `records` (at least one; its id is their lowest). Place and holdings are not here."""
    living = [record for record in records if record.status != "GONE"] or list(records)
    golden = Golden(min(record.id for record in records), {}, {})
    for name in TRUST:
        said = _in_order(name, living, staff_phones)
        golden.values[name] = said[0][1] if said else None
        if said:
            golden.kept_from[name] = said[0][0].feed
        _note_disagreement(golden, name, said)
    _finish(golden, living)
    return golden


def _in_order(name: str, records: Iterable[Known], staff_phones: frozenset[str]) -> list[tuple[Known, Any]]:
    """(record, value) of all records that say anything of the field, the most trusted first."""
    order = TRUST[name]
    said = [(record, value) for record in records if (value := _said(name, record, staff_phones)) is not None]
    return sorted(said, key=lambda pair: (_rank(name, pair[0], order), pair[0].id))


def _rank(name: str, record: Known, order: tuple[str, ...]) -> int:
    if name == "address" and record.status == "MOVED":
        return len(order) + 1  # who has moved away no longer lives where he is registered
    return order.index(record.feed) if record.feed in order else len(order)


def _said(name: str, record: Known, staff_phones: frozenset[str]) -> Any:
    if name == "phone":
        return None if record.phone_norm in staff_phones else record.phone_norm
    if name == "certificate":
        if record.cert_type == DOUBTED:
            return None
        return record.uscc_norm or record.cert_norm
    if name == "open_org_code":
        return record.org_code
    return getattr(record, name)


def _note_disagreement(golden: Golden, name: str, said: list[tuple[Known, Any]]) -> None:
    if name not in ("name", "certificate", "phone", "birth_on"):
        return
    values: dict[str, dict[str, str]] = {}
    for record, value in said:
        same = record.name_norm if name == "name" else str(value)
        values.setdefault(same, {"feed": record.feed, "value": str(value)})
    if len(values) > 1:
        golden.disagreements[name] = (list(values.values()), str(said[0][1]))


def _finish(golden: Golden, living: Sequence[Known]) -> None:
    values = golden.values
    values["status"] = status_of(living)
    values["certificate_type"] = None
    for record in living:
        if values["certificate"] is not None and values["certificate"] == record.cert_norm:
            values["certificate_type"] = record.cert_type
        elif values["certificate"] is not None and values["certificate"] == record.uscc_norm:
            values["certificate_type"] = "20"
    if values["kind"] == "HOUSEHOLD":
        values["name"] = f"{person_name(values['name'])}户"
    elif values["kind"] == "PERSON":
        values["name"] = person_name(values["name"])
    kept = golden.kept_from.get("address")
    coded = [record for record in living if record.village_code is not None and record.status != "MOVED"]
    golden.village_code = next((r.village_code for r in coded if r.feed == kept), None) or next(
        (r.village_code for r in coded), None
    )


def status_of(records: Sequence[Known]) -> str:
    """DEAD and MOVED by the register; CLOSED when no source knows the customer as being in force."""
    states = {record.status for record in records if record.feed == "household"}
    for state in ("DEAD", "MOVED"):
        if state in states:
            return state
    return "CLOSED" if all(record.status in ("CLOSED", "GONE") for record in records) else "ACTIVE"
