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
from domain.customers.identity.one_at_a_time import take_identity
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
    rooms: Rooms,
    to_wgs84: ToWgs84 | None = None,
) -> list[int]:
    """Notes the decision and takes the customer apart. Returns the ids of the customers of the two records."""
    await uow.session.run_sync(take_identity)
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
    await uow.session.run_sync(_work_again, [low, high], rooms, to_wgs84)
    return sorted({(await customer_of_record(uow, a))[1], (await customer_of_record(uow, b))[1]})


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
    (record_a, _), (record_b, _) = await customer_of_record(uow, a), await customer_of_record(uow, b)
    low, high = sorted((record_a, record_b))
    found = await uow.session.execute(
        text("delete from link_cuts where record_a_id = :low and record_b_id = :high returning record_a_id"),
        {"low": low, "high": high},
    )
    if found.first() is None:
        raise LinkNotCut
    await record_act(uow, by=by, action="mend_link", subject=f"SourceRecord:{low}", records=[low, high])
    await uow.session.run_sync(_work_again, [low, high], rooms, to_wgs84)
    return sorted({(await customer_of_record(uow, a))[1], (await customer_of_record(uow, b))[1]})


def _work_again(session: Session, record_ids: Sequence[int], rooms: Rooms, to_wgs84: ToWgs84 | None) -> None:
    rebuild(SessionRows(session), record_ids, rooms, to_wgs84)


def rebuild(rows: Rows, record_ids: Sequence[int], rooms: Rooms, to_wgs84: ToWgs84 | None) -> list[int]:
    """Judges the customers of some records anew and writes what comes of it."""
    linking.around_records(rows, record_ids)
    resolved = linking.resolve_scope(rows, is_full=False)
    then = watch(rows, rebuilds_of(rooms), [*resolved.customers, *resolved.vanished])
    followers = followers_of(rooms)
    remove_customers(rows, resolved.vanished, followers)
    for _ in write_customers(rows, resolved.customers, surroundings(rows, to_wgs84)):
        pass
    follow_records(rows, followers)
    then(resolved.customers)
    return resolved.customers
