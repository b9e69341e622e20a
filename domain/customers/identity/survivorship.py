"""Which source's value a customer keeps, field by field. Pure.

Trust is an order of feeds for each field; among records of one feed the oldest (lowest id) speaks first. Records whose
row is gone speak only when nobody else does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.customers.identity.names import is_known, is_readable, is_written
from domain.customers.identity.records import DOUBTED
from domain.customers.identity.telephones import line
from domain.customers.identity.text import compact, half_width

_PEOPLE_FIRST = (
    "household",
    "core_customer",
    "sunshine_credit",
    "sunshine_credit.head",
    "pos_merchant.operator",
)
_CORE_FIRST = ("core_customer", "household", "sunshine_credit", "sunshine_credit.head")
TRUST: dict[str, tuple[str, ...]] = {
    # The register knows who lives in a household; a survey knows who was its head on its day.
    "name": ("household.household", *_PEOPLE_FIRST, "pos_merchant", "crm_legacy"),
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
    other_phone_norm: str | None = None
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
    address_record: int | None = None
    """The record whose address is shown."""


def survive(records: Sequence[Known], *, staff_lines: frozenset[str]) -> Golden:
    """The customer made of `records` (at least one; its id is their lowest). Place and holdings are not here."""
    living = [record for record in records if record.status != "GONE"] or list(records)
    living.sort(key=lambda record: record.id)
    golden = Golden(living[0].id if len(living) == len(records) else min(r.id for r in records), {}, {})
    for name, ranks in _RANKS.items():
        best: Known | None = None
        best_rank = 2 * _LAST + 1
        kept: Any = None
        for record in living:
            value = _said(name, record, staff_lines)
            if value is None:
                continue
            rank = ranks.get(record.feed, _LAST)
            if name == "address" and record.status == "MOVED":
                rank = _LAST  # who has moved away no longer lives where he is registered
            if name == "name" and not _is_whole(record):
                rank += _LAST  # whoever could write the whole name knows it better
            if rank < best_rank:
                best, best_rank, kept = record, rank, value
        golden.values[name] = kept
        if best is not None:
            golden.kept_from[name] = best.feed
            if name == "address":
                golden.address_record = best.id
            if len(living) > 1 and name in _COMPARED:
                _note_disagreement(golden, name, living, staff_lines, best, kept)
    _finish(golden, living)
    return golden


_LAST = 99
_SHORTEST_ADDRESS = 5
_NOWHERE = frozenset({"地址不详", "住址不详", "地址未知", "无地址", "同上", "/"})
_PEOPLE = frozenset({"PERSON", "HOUSEHOLD"})
_RANKS = {name: {feed: rank for rank, feed in enumerate(order)} for name, order in TRUST.items()}
_COMPARED = frozenset({"name", "certificate", "phone", "birth_on"})


def _said(name: str, record: Known, staff_lines: frozenset[str]) -> Any:
    if name == "phone":
        numbers = (record.phone_norm, record.other_phone_norm)
        return next((one for one in numbers if one is not None and line(one) not in staff_lines), None)
    if name == "certificate":
        if record.cert_type == DOUBTED:
            return None
        return record.uscc_norm or record.cert_norm
    if name == "open_org_code":
        return record.org_code
    if name == "address" and record.address is not None:
        # Old cores write digits full width; people on a phone read them half width.
        address = half_width(record.address)
        is_nowhere = len(address) < _SHORTEST_ADDRESS and (
            address in _NOWHERE or not is_known(compact(address))
        )
        return None if is_nowhere else address
    return getattr(record, name)


def _note_disagreement(
    golden: Golden, name: str, living: Sequence[Known], staff_lines: frozenset[str], best: Known, kept: Any
) -> None:
    """Who says what, the value that was kept first; spellings that compare equal are one value.

    A name that could not be written wholly contradicts nothing, nor does a field that holds the kept telephone as well.
    """
    values: dict[str, dict[str, str]] = {}
    for record in (best, *living):
        value = _said(name, record, staff_lines)
        if value is None or (record is not best and _says_the_same(name, record, kept)):
            continue
        same = record.name_norm if name == "name" else str(value)
        values.setdefault(same, {"feed": record.feed, "value": str(value)})
    if len(values) > 1:
        golden.disagreements[name] = (list(values.values()), str(kept))


def _is_whole(record: Known) -> bool:
    return is_readable(record.name) if record.kind in _PEOPLE else is_written(record.name_norm)


def _says_the_same(name: str, record: Known, kept: Any) -> bool:
    if name == "name":
        return not _is_whole(record)
    if name != "phone":
        return False
    return line(kept) in {line(one) for one in (record.phone_norm, record.other_phone_norm) if one}


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
        values["name"] = f"{values['name']}户"
    kept = golden.kept_from.get("address")
    coded = [record for record in living if record.village_code is not None and record.status != "MOVED"]
    golden.village_code = next((r.village_code for r in coded if r.feed == kept), None) or next(
        (r.village_code for r in coded), None
    )


def status_of(records: Sequence[Known]) -> str:
    """DEAD and MOVED by the register; CLOSED when no source knows the customer as being in force.

    Who has moved from one household to another lives in that one. A household goes on while anybody lives in it; a
    survey of one that the register does not know goes on with its head (`Known.status` says of him).
    """
    people = {record.status for record in records if record.feed == "household"}
    if "DEAD" in people:
        return "DEAD"
    homes = _said_of(records, "household.household") or _said_of(records, "sunshine_credit")
    left = (people | homes) - {"GONE", "CLOSED"}
    if left and "ACTIVE" not in left:
        return "MOVED" if "MOVED" in left else "DEAD"
    return "CLOSED" if all(record.status in ("CLOSED", "GONE") for record in records) else "ACTIVE"


def _said_of(records: Sequence[Known], feed: str) -> set[str]:
    return {record.status for record in records if record.feed == feed and record.status != "GONE"}
