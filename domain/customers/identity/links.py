"""拆分: a person says that two source records are not one party; the customer falls apart as the evidence then says.

A customer's id is the lowest id of its records, so cutting gives back the ids that were there before the merge, and
mending gives back the merged one. Everything that can be said at once is: fields, visits, relations, holdings. Grid and
owner of a customer that comes back follow from its place at once; its point on the map and what models say of it follow
in the next night.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.customers.dated import KINDS, LINKS
from domain.customers.holdings import move_holdings
from domain.customers.identity import linking
from domain.customers.identity.golden import follow_records, remove_customers, surroundings, write_customers
from domain.customers.identity.rows import Rows, SessionRows
from domain.customers.ports import ToWgs84
from domain.customers.relations import refresh_relations
from domain.grids.placements import PLACEMENTS
from domain.grids.posts import is_sat_on
from domain.performance.cells import NO_GRID, count_cells_of
from domain.performance.sums import groups_of, sum_groups
from domain.products.tier_days import TIERS
from domain.shared.audit import record as record_act
from domain.shared.dated import Cause, Whom, day_in_force, keep, these
from domain.shared.errors import DomainError
from domain.shared.principal import Principal
from domain.shared.tile_version import NEXT_TILE_VERSION
from domain.shared.unit_of_work import UnitOfWork

RecordName = tuple[str, str]
"""(feed, key) of a source record."""


class RecordNotFound(DomainError):
    code = "RECORD_NOT_FOUND"

    def __init__(self, name: RecordName) -> None:
        super().__init__(f"没有找到来源记录 {name[0]} {name[1]}；未作改动，请核对数据源与编号。")


class RecordsNotLinked(DomainError):
    code = "RECORDS_NOT_LINKED"

    def __init__(self) -> None:
        super().__init__("这两条来源记录不属于同一位客户，无需拆分；未作改动。")


class LinkNotCut(DomainError):
    code = "LINK_NOT_CUT"

    def __init__(self) -> None:
        super().__init__("这两条来源记录没有被拆分过；未作改动。")


async def customer_of_record(uow: UnitOfWork, name: RecordName) -> tuple[int, int]:
    """(record, customer) of a feed's key. Whether the caller may touch the customer is the caller's to check."""
    found = await uow.session.execute(
        text("select id, customer_id from source_records where feed = :feed and key = :key for update"),
        {"feed": name[0], "key": name[1]},
    )
    row = found.first()
    if row is None or row[1] is None:
        raise RecordNotFound(name)
    return row[0], row[1]


async def cut_link(
    uow: UnitOfWork,
    a: RecordName,
    b: RecordName,
    *,
    reason: str,
    by: Principal,
    to_wgs84: ToWgs84 | None = None,
) -> list[int]:
    """Notes the decision and takes the customer apart. Returns the ids of the customers of the two records."""
    (record_a, customer_a), (record_b, customer_b) = (
        await customer_of_record(uow, a),
        await customer_of_record(uow, b),
    )
    if customer_a != customer_b or record_a == record_b:
        raise RecordsNotLinked
    low, high = sorted((record_a, record_b))
    await uow.session.execute(
        text(
            "insert into link_cuts (record_a_id, record_b_id, reason, decided_by_id)"
            " values (:low, :high, :reason, :by) on conflict do nothing"
        ),
        {"low": low, "high": high, "reason": reason, "by": by.id},
    )
    await record_act(uow, by=by, action="cut_link", subject=f"Customer:{customer_a}", records=[low, high])
    await uow.session.run_sync(_work_again, [low, high], to_wgs84, Cause.CUT)
    return sorted({(await customer_of_record(uow, a))[1], (await customer_of_record(uow, b))[1]})


async def mend_link(
    uow: UnitOfWork,
    a: RecordName,
    b: RecordName,
    *,
    by: Principal,
    to_wgs84: ToWgs84 | None = None,
) -> list[int]:
    """Takes a cut back; the evidence decides again. Returns the ids of the customers of the two records."""
    (record_a, _), (record_b, _) = await customer_of_record(uow, a), await customer_of_record(uow, b)
    low, high = sorted((record_a, record_b))
    found = await uow.session.execute(
        text("delete from link_cuts where record_a_id = :low and record_b_id = :high returning record_a_id"),
        {"low": low, "high": high},
    )
    if found.first() is None:
        raise LinkNotCut
    await record_act(uow, by=by, action="mend_link", subject=f"SourceRecord:{low}", records=[low, high])
    await uow.session.run_sync(_work_again, [low, high], to_wgs84, Cause.MENDED)
    return sorted({(await customer_of_record(uow, a))[1], (await customer_of_record(uow, b))[1]})


def _work_again(session: Session, record_ids: Sequence[int], to_wgs84: ToWgs84 | None, cause: Cause) -> None:
    rebuild(SessionRows(session), record_ids, to_wgs84, cause)


def rebuild(
    rows: Rows, record_ids: Sequence[int], to_wgs84: ToWgs84 | None, cause: Cause = Cause.CUT
) -> list[int]:
    """Judges the customers of some records anew and writes what comes of it."""
    linking.around_records(rows, record_ids)
    resolved = linking.resolve_scope(rows, is_full=False)
    groups = groups_of(rows, [*resolved.customers, *resolved.vanished])
    remove_customers(rows, resolved.vanished)
    for _ in write_customers(rows, resolved.customers, surroundings(rows, to_wgs84)):
        pass
    follow_records(rows)
    refresh_relations(rows, resolved.customers)
    move_holdings(rows, resolved.customers)
    _place_again(rows, resolved.customers)
    _keep_days(rows, [*resolved.customers, *resolved.vanished], cause)
    left_grids = _take_off_the_map(rows, [*resolved.customers, *resolved.vanished])
    sum_groups(rows, groups | groups_of(rows, resolved.customers))
    if left_grids is not None:
        _draw_anew(rows, left_grids)
    return resolved.customers


def _keep_days(rows: Rows, customer_ids: Sequence[int], cause: Cause) -> None:
    """Who is no more has his days ended, who comes back begins anew; what was so before is left standing for both."""
    day = day_in_force(rows)
    for fact in (KINDS, TIERS, PLACEMENTS):
        keep(rows, fact, day, these(customer_ids), cause=cause, first=cause)
    keep(rows, LINKS, day, Whom("{key} in (select id from identity_scope)"), cause=cause)


_PLACE_AGAIN = f"""
update customers c
   set atom_id = n.atom_id, grid_id = pa.grid_id, org_unit_id = g.org_unit_id,
       owner_id = (select p.staff_id from posts p join staff s on s.id = p.staff_id
                    where p.grid_id = g.id and s.is_active and {is_sat_on("p")}
                    order by p.role, p.from_on desc, p.id limit 1)
  from customers x
 cross join lateral (select min(atom_id) as atom_id
                       from atoms_covering(x.lon_deg_wgs84, x.lat_deg_wgs84) as atom_id) n
  cross join plan_in_force pl
  join plan_atoms pa on pa.plan_id = pl.id and pa.atom_id = n.atom_id
  join grids g on g.id = pa.grid_id
 where c.id = x.id and x.lon_deg_wgs84 is not null and x.atom_id is null
   and x.id = any(cast(%(ids)s as bigint[]))
"""  # noqa: S608


def _place_again(rows: Rows, customer_ids: Sequence[int]) -> None:
    """Atom, grid and owner of customers that have none yet, by the boundaries and the plan in force."""
    rows.execute(_PLACE_AGAIN, {"ids": list(customer_ids)})


def _take_off_the_map(rows: Rows, customer_ids: Sequence[int]) -> set[int] | None:
    """Their places may be others now. The next night puts whoever has a place and no point on the map.

    Gives the grids in which there are fewer points now, None where none of them was on the map.
    """
    taken_off = rows.execute(
        "delete from customer_points where customer_id = any(cast(%(ids)s as bigint[])) returning grid_id",
        {"ids": list(customer_ids)},
    )
    return {grid_id or NO_GRID for (grid_id,) in taken_off} if taken_off else None


def _draw_anew(rows: Rows, grid_ids: set[int]) -> None:
    """Browsers keep tiles under their version, so what they show from here on has another one."""
    rows.execute(NEXT_TILE_VERSION)
    count_cells_of(rows, grid_ids)
