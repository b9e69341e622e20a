"""拆分: a person says that two source records are not one party; the customer falls apart as the evidence then says.

A customer's id is the lowest id of its records, so cutting gives back the ids that were there before the merge, and
mending gives back the merged one. Everything that can be said at once is: fields, visits, relations, holdings. Grid and
owner of a customer that comes back follow from its place at once; its point on the map and what models say of it follow
in the next night.
"""

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.customers.identity import linking
from domain.customers.identity.golden import remove_customers, surroundings, write_customers
from domain.customers.identity.one_at_a_time import take_customers, take_identity
from domain.customers.ports import ToWgs84
from domain.shared.audit import record as record_act
from domain.shared.errors import DomainError
from domain.shared.followers import follow_records, watch
from domain.shared.principal import Principal
from domain.shared.rooms import Rooms, followers_of, rebuilds_of
from domain.shared.rows import Rows, SessionRows
from domain.shared.statements import TEXT
from domain.shared.unit_of_work import UnitOfWork

RecordName = tuple[str, str]
"""(feed, key) of a source record."""


class RecordNotFound(DomainError):
    code = "RECORD_NOT_FOUND"
    takes: ClassVar = {"feed": TEXT, "key": TEXT}

    def __init__(self, name: RecordName) -> None:
        super().__init__(feed=name[0], key=name[1])


class RecordsNotLinked(DomainError):
    code = "RECORDS_NOT_LINKED"


class LinkNotCut(DomainError):
    code = "LINK_NOT_CUT"


Taken = tuple[int, int]
"""(record, customer) of a feed's key."""


async def records_taken(uow: UnitOfWork, a: RecordName, b: RecordName) -> tuple[Taken, Taken]:
    """Two records, locked in the order of their ids, however they are named: two who cut do not wait in a circle.

    Whether the caller may touch their customers is the caller's to check.
    """
    found = await uow.session.execute(
        text(
            "select feed, key, id, customer_id from source_records"
            " where (feed, key) in ((:feed_a, :key_a), (:feed_b, :key_b)) order by id for update"
        ),
        {"feed_a": a[0], "key_a": a[1], "feed_b": b[0], "key_b": b[1]},
    )
    places = {(feed, key): (id_, customer) for feed, key, id_, customer in found if customer is not None}
    for name in (a, b):
        if name not in places:
            raise RecordNotFound(name)
    return places[a], places[b]


async def _customers(uow: UnitOfWork, a: RecordName, b: RecordName) -> list[int]:
    (_, customer_a), (_, customer_b) = await records_taken(uow, a, b)
    return sorted({customer_a, customer_b})


async def cut_link(
    uow: UnitOfWork,
    a: RecordName,
    b: RecordName,
    *,
    reason: str,
    by: Principal,
    rooms: Rooms,
    to_wgs84: ToWgs84 | None = None,
) -> list[int]:
    """Notes the decision and takes the customer apart. Returns the ids of the customers of the two records."""
    await uow.session.run_sync(take_identity)
    (record_a, customer_a), (record_b, customer_b) = await records_taken(uow, a, b)
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
    await uow.session.run_sync(_work_again, [low, high], rooms, to_wgs84)
    return await _customers(uow, a, b)


async def mend_link(
    uow: UnitOfWork,
    a: RecordName,
    b: RecordName,
    *,
    by: Principal,
    rooms: Rooms,
    to_wgs84: ToWgs84 | None = None,
) -> list[int]:
    """Takes a cut back; the evidence decides again. Returns the ids of the customers of the two records."""
    await uow.session.run_sync(take_identity)
    (record_a, _), (record_b, _) = await records_taken(uow, a, b)
    low, high = sorted((record_a, record_b))
    found = await uow.session.execute(
        text("delete from link_cuts where record_a_id = :low and record_b_id = :high returning record_a_id"),
        {"low": low, "high": high},
    )
    if found.first() is None:
        raise LinkNotCut
    await record_act(uow, by=by, action="mend_link", subject=f"SourceRecord:{low}", records=[low, high])
    await uow.session.run_sync(_work_again, [low, high], rooms, to_wgs84)
    return await _customers(uow, a, b)


def _work_again(session: Session, record_ids: Sequence[int], rooms: Rooms, to_wgs84: ToWgs84 | None) -> None:
    rebuild(SessionRows(session), record_ids, rooms, to_wgs84)


def rebuild(rows: Rows, record_ids: Sequence[int], rooms: Rooms, to_wgs84: ToWgs84 | None) -> list[int]:
    """Judges the customers of some records anew and writes what comes of it."""
    linking.around_records(rows, record_ids)
    resolved = linking.resolve_scope(rows, is_full=False)
    take_customers(rows, [*resolved.customers, *resolved.vanished])
    then = watch(rows, rebuilds_of(rooms), [*resolved.customers, *resolved.vanished])
    followers = followers_of(rooms)
    remove_customers(rows, resolved.vanished, followers)
    for _ in write_customers(rows, resolved.customers, surroundings(rows, to_wgs84)):
        pass
    follow_records(rows, followers)
    then(resolved.customers)
    return resolved.customers
