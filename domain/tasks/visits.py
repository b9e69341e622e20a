"""Record a visit: one transaction of visit, activity, audit row and idempotency key.

Server time wins; the device's times are kept beside it. A doubtful place is a distance for people to judge, no block.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from math import asin, cos, isfinite, radians, sin, sqrt
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.idempotency import Answer, IdempotencyKeyReused, answer_once
from domain.shared.row_scope import scope_values, within
from domain.shared.unit_of_work import UnitOfWork
from domain.tasks.cadence import VALID_OUTCOMES
from domain.tasks.errors import (
    CustomerNotFound,
    NextDateInPast,
    NoteTooLong,
    PointNotValid,
    VisitEndsBeforeStart,
    VisitInFuture,
    VisitTooOld,
)
from domain.tasks.models import Activity, Visit

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a phone's clock may run ahead of the server's."""
TAKEN_FOR_DAYS = 30
LONGEST_NOTE = 2_000
EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Place:
    """Where it was recorded, in WGS 84; `source_datum` is what the phone spoke."""

    lon_deg_wgs84: float
    lat_deg_wgs84: float
    source_datum: str
    accuracy_m: float | None = None


@dataclass(frozen=True)
class NewVisit:
    """A visit as the client has it. `key` is its id and its idempotency key."""

    key: UUID
    customer_id: int | None
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    note: str | None
    next_on: date | None
    place: Place | None


@dataclass(frozen=True)
class _Seen:
    """What the visit needs of its customer."""

    id: int
    grid_id: int | None
    lon_deg_wgs84: float | None
    lat_deg_wgs84: float | None


def check_visit(visit: NewVisit, now: datetime) -> None:
    """The rules that need no row."""
    latest = now + CLOCK_TOLERANCE
    if visit.started_at > latest or (visit.ended_at is not None and visit.ended_at > latest):
        raise VisitInFuture
    if visit.ended_at is not None and visit.ended_at < visit.started_at:
        raise VisitEndsBeforeStart
    if visit.started_at < now - timedelta(days=TAKEN_FOR_DAYS):
        raise VisitTooOld(TAKEN_FOR_DAYS)
    if visit.next_on is not None and visit.next_on < bank_day(visit.started_at):
        raise NextDateInPast
    if visit.note is not None and len(visit.note) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    if visit.place is not None and not _is_on_earth(visit.place):
        raise PointNotValid


def distance_m(lon_a_deg: float, lat_a_deg: float, lon_b_deg: float, lat_b_deg: float) -> float:
    """Metres along the great circle between two points of one datum (haversine)."""
    lat_a, lat_b = radians(lat_a_deg), radians(lat_b_deg)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(lon_b_deg - lon_a_deg) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


async def record_visit(uow: UnitOfWork, actor: Actor, visit: NewVisit, *, now: datetime) -> UUID:
    """Record it once, however often it is sent; gives the visit's id."""

    async def act() -> Answer:
        check_visit(visit, now)
        customer = await _customer_in_scope(uow, actor, visit.customer_id)
        await _insert(uow, actor, visit, customer)
        await record(uow, actor_id=actor.staff_id, action="visit.recorded", subject=f"Visit:{visit.key}")
        return {"visit": str(visit.key)}

    answer = await answer_once(
        uow,
        actor_id=actor.staff_id,
        key=visit.key,
        operation="recordVisit",
        body=asdict(visit),
        act=act,
    )
    return UUID(answer["visit"])


async def _customer_in_scope(uow: UnitOfWork, actor: Actor, customer_id: int | None) -> _Seen:
    customer = Customer.__table__  # type: ignore[attr-defined]
    found = await uow.session.execute(
        select(customer.c.id, customer.c.grid_id, customer.c.lon_deg_wgs84, customer.c.lat_deg_wgs84)
        .where(customer.c.id == customer_id, within(customer, customer_scope(actor.scope)))
        .with_for_update(key_share=True),
        scope_values(actor),
    )
    row = found.one_or_none()
    if row is None:
        raise CustomerNotFound
    return _Seen(*row)


async def _insert(uow: UnitOfWork, actor: Actor, visit: NewVisit, customer: _Seen) -> None:
    place = {} if visit.place is None else asdict(visit.place)
    row = {
        "id": visit.key,
        "customer_id": customer.id,
        "recorded_for_id": customer.id,
        "staff_id": actor.staff_id,
        "grid_id": customer.grid_id,
        "started_at": visit.started_at,
        "ended_at": visit.ended_at,
        "outcome": visit.outcome,
        "note": visit.note,
        "next_on": visit.next_on,
        "distance_m": _distance_from(customer, visit.place),
        **place,
    }
    made = insert(Visit).values(row).on_conflict_do_nothing().returning(col(Visit.id))
    if (await uow.session.execute(made)).first() is None:
        # The key is the visit's id, and somebody else's visit has it.
        raise IdempotencyKeyReused
    activity = {
        "kind": "VISIT",
        "device_at": visit.started_at,
        "actor_id": actor.staff_id,
        "customer_id": customer.id,
        "grid_id": customer.grid_id,
        "outcome": visit.outcome,
        "detail": {"visit": str(visit.key)},
    }
    await uow.session.execute(insert(Activity).values(activity))
    if visit.outcome in VALID_OUTCOMES:
        day = bank_day(visit.started_at)
        later = func.greatest(func.coalesce(col(Customer.last_visit_on), day), day)
        await uow.session.execute(
            update(Customer).where(col(Customer.id) == customer.id).values(last_visit_on=later)
        )


def _distance_from(customer: _Seen, place: Place | None) -> float | None:
    if place is None or customer.lon_deg_wgs84 is None or customer.lat_deg_wgs84 is None:
        return None
    return distance_m(
        place.lon_deg_wgs84, place.lat_deg_wgs84, customer.lon_deg_wgs84, customer.lat_deg_wgs84
    )


def _is_on_earth(place: Place) -> bool:
    accuracy = place.accuracy_m
    return (
        isfinite(place.lon_deg_wgs84)
        and isfinite(place.lat_deg_wgs84)
        and -180 <= place.lon_deg_wgs84 <= 180
        and -90 <= place.lat_deg_wgs84 <= 90
        and (accuracy is None or (isfinite(accuracy) and 0 <= accuracy <= 100_000))
    )
