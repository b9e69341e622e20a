"""Writes golden customers from their source records, and takes vanished ones away."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from domain.customers.addresses import AddressBook, load_address_book
from domain.customers.identity.crowded import CrowdedPoints, crowded_points
from domain.customers.identity.ground import ground_of
from domain.customers.identity.places import Ground, Place, choose_place
from domain.customers.identity.staff import staff_lines
from domain.customers.identity.survivorship import Golden, Known, survive
from domain.customers.ports import ToWgs84
from domain.shared.followers import Followers, take_away
from domain.shared.rows import Rows

CHUNK = 5_000
COLUMNS = {
    "kind": "text",
    "status": "text",
    "name": "text",
    "phone": "text",
    "certificate_type": "text",
    "certificate": "text",
    "address": "text",
    "industry": "text",
    "birth_on": "date",
    "lon_deg_wgs84": "double precision",
    "lat_deg_wgs84": "double precision",
    "source_datum": "text",
    "accuracy_m": "double precision",
    "location_method": "text",
    "open_org_code": "text",
    "manager_number": "text",
    "kept_from": "jsonb",
}
"""The columns of `customers` that identity owns; those of other rooms have defaults and are left alone."""

_NAMES = ", ".join(COLUMNS)
_UPSERT = f"""
insert into customers as c (id, {_NAMES})
select id, {_NAMES} from jsonb_to_recordset(cast(%(customers)s as jsonb))
       as x (id bigint, {", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())})
on conflict (id) do update set ({_NAMES}) = ({", ".join(f"excluded.{name}" for name in COLUMNS)})
 where ({", ".join(f"c.{name}" for name in COLUMNS)})
       is distinct from ({", ".join(f"excluded.{name}" for name in COLUMNS)})
returning id"""  # noqa: S608

_RECORDS = """
select customer_id, id, feed, kind, name, name_norm, cert_type, cert_norm, uscc_norm, phone_norm,
       other_phone_norm, birth_on, village_code, address, industry, org_code, manager_number, lon_deg_wgs84,
       lat_deg_wgs84, source_datum, location_method, status
  from source_records where customer_id = any(cast(%(ids)s as bigint[])) order by customer_id, id"""

# What the register says of the heads of surveyed households who no longer live in any: by the record of the survey.
_HEADS_WHO_LEFT = """
select survey.id, case when bool_or(registered.status = 'DEAD') then 'DEAD' else 'MOVED' end
  from source_records survey
  join source_records head on head.feed = 'sunshine_credit.head' and head.key = survey.key
  join source_records registered on registered.customer_id = head.customer_id and registered.feed = 'household'
 where survey.customer_id = any(cast(%(ids)s as bigint[])) and survey.feed = 'sunshine_credit'
   and survey.status = 'ACTIVE' and registered.status <> 'GONE'
 group by survey.id having bool_or(registered.status = 'DEAD') or not bool_or(registered.status = 'ACTIVE')"""


@dataclass(frozen=True)
class Surroundings:
    """What is the same for all customers of a run."""

    book: AddressBook
    outlets: Sequence[tuple[float, float]]
    to_wgs84: ToWgs84 | None
    staff_lines: frozenset[str]
    crowded: CrowdedPoints


def surroundings(rows: Rows, to_wgs84: ToWgs84 | None) -> Surroundings:
    outlets = rows.execute(
        "select lon_deg_wgs84, lat_deg_wgs84 from org_units where lon_deg_wgs84 is not null"
    )
    return Surroundings(
        load_address_book(rows),
        [(lon, lat) for lon, lat in outlets],
        to_wgs84,
        staff_lines(rows),
        crowded_points(rows),
    )


def write_customers(rows: Rows, customer_ids: Sequence[int], around: Surroundings) -> Iterator[list[int]]:
    """Writes the customers chunk by chunk; yields the ids of those that are new or other than before."""
    for start in range(0, len(customer_ids), CHUNK):
        ids = list(customer_ids[start : start + CHUNK])
        found = rows.execute(_RECORDS, {"ids": ids})
        known = [[Known(*row[1:]) for row in group] for _, group in groupby(found, key=lambda row: row[0])]
        _note_heads_who_left(rows, ids, known)
        ground = ground_of(rows, chain.from_iterable(known), around.outlets, around.to_wgs84, around.crowded)
        golden = [_golden(records, around, ground) for records in known]
        written = rows.execute(_UPSERT, {"customers": json.dumps([row for row, _ in golden], default=str)})
        _write_disagreements(rows, ids, [made for _, made in golden])
        yield [row[0] for row in written]


def _note_heads_who_left(rows: Rows, ids: list[int], known: list[list[Known]]) -> None:
    left: dict[int, str] = {int(row[0]): str(row[1]) for row in rows.execute(_HEADS_WHO_LEFT, {"ids": ids})}
    for record in chain.from_iterable(known) if left else ():
        record.status = left.get(record.id, record.status)


def _golden(records: list[Known], around: Surroundings, ground: Ground) -> tuple[dict[str, Any], Golden]:
    made = survive(records, staff_lines=around.staff_lines)
    addressed = around.book.find(made.values["address"], made.village_code)
    place = choose_place(
        records, addressed, made.kept_from.get("address", "household"), ground, made.address_record
    )
    kept_from = dict(made.kept_from) | ({} if place is None else {"location": place.feed})
    row = {name: made.values[name] for name in COLUMNS if name in made.values}
    return row | {"id": made.id, "kept_from": kept_from} | _located(place), made


def _located(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "lon_deg_wgs84": round(place.lon_deg_wgs84, 7),
        "lat_deg_wgs84": round(place.lat_deg_wgs84, 7),
        "source_datum": place.source_datum,
        "accuracy_m": place.accuracy_m,
        "location_method": place.method,
    }


def _write_disagreements(rows: Rows, ids: list[int], golden: list[Golden]) -> None:
    rows.execute("delete from disagreements where customer_id = any(cast(%(ids)s as bigint[]))", {"ids": ids})
    found = [
        {"customer_id": made.id, "field": name, "said": values, "kept": kept}
        for made in golden
        for name, (values, kept) in made.disagreements.items()
    ]
    if found:
        rows.execute(
            'insert into disagreements (customer_id, field, "values", kept) select customer_id, field, said, kept'
            " from jsonb_to_recordset(cast(%(found)s as jsonb))"
            " as x (customer_id bigint, field text, said jsonb, kept text)",
            {"found": json.dumps(found)},
        )


def remove_customers(rows: Rows, vanished: Sequence[int], followers: Followers) -> None:
    """Takes away customers that were joined to another one; each table says what becomes of its rows."""
    take_away(rows, followers, vanished)
    rows.execute("delete from customers where id = any(cast(%(ids)s as bigint[]))", {"ids": list(vanished)})
