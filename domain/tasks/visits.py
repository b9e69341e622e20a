"""Record a visit: one transaction of visit, activity, audit row and idempotency key, made by one statement.

Server time wins (`domain.tasks.counting`); the device's times are kept beside it, and whatever they are, the visit is
taken. A doubtful place is a distance for people to judge, no block.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any
from uuid import UUID

from asyncpg import LockNotAvailableError, UniqueViolationError

from domain.shared.actor import Actor
from domain.shared.at_once import CarryOut
from domain.shared.calendar import bank_day
from domain.shared.errors import DomainError
from domain.shared.idempotency import IdempotencyKeyReused, body_sha256, kept_answer
from domain.shared.row_scope import scope_values
from domain.tasks.cadence import VALID_OUTCOMES
from domain.tasks.counting import Contact, counted_at
from domain.tasks.errors import CustomerNotFound, NextDateInPast, NoteTooLong, PointNotValid
from domain.tasks.visit_statement import recording

VISITS_KEY = "visits_pkey"
"""The constraint that says whose id it is; another one that fails is a fault of ours."""
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Place:
    """Where it was recorded, in WGS 84; `source_datum` is what the phone spoke."""

    lon_deg_wgs84: float
    lat_deg_wgs84: float
    source_datum: str
    accuracy_m: float | None = None


@dataclass(frozen=True)
class NewVisit:
    """A visit as the client has it, its times by the device's clock. `key` is its id and its idempotency key."""

    key: UUID
    customer_id: int | None
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    note: str | None
    next_on: date | None
    place: Place | None
    contact: Contact | None = None


def check_visit(visit: NewVisit, now: datetime) -> None:
    """The rules that need no row.

    A next date that lies before the visit is a slip of the thumb only when it does so by both clocks: what waited in a
    phone may have been agreed for a day that has passed by now, and is then due at once.
    """
    if visit.next_on is not None and visit.next_on < _earliest_day(visit, now):
        raise NextDateInPast
    if visit.note is not None and len(visit.note) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    if visit.place is not None and not _is_on_earth(visit.place):
        raise PointNotValid


async def record_visit(carry_out: CarryOut, actor: Actor, visit: NewVisit, *, now: datetime) -> UUID:
    """Record it once, however often it is sent; gives the visit's id.

    What was recorded is answered so again, also when by now it would be refused, the night holds the customer, he has
    left the actor's scope, or the key was tidied away: then it is the visit itself that tells.
    """
    refusal: Exception | None = _refusal(visit, now)
    try:
        if refusal is None and await _is_recorded(carry_out, actor, visit, now):
            return visit.key
    except (LockNotAvailableError, IdempotencyKeyReused) as not_now:
        refusal = not_now
    answer = await kept_answer(carry_out, by=actor.principal, key=visit.key, body_sha256=_fingerprint(visit))
    if answer is None and not await _was_recorded(carry_out, actor, visit.key):
        raise refusal or CustomerNotFound
    return visit.key


async def _was_recorded(carry_out: CarryOut, actor: Actor, key: UUID) -> bool:
    """By this actor, however long ago. Keys are kept for months, visits for good."""
    own = "select id from visits where id = $1 and staff_id = $2"
    return await carry_out(own, [key, actor.staff_id]) is not None


def _earliest_day(visit: NewVisit, now: datetime) -> date:
    return bank_day(min(visit.started_at, counted_at(visit.started_at, visit.contact, now)))


def _refusal(visit: NewVisit, now: datetime) -> DomainError | None:
    try:
        check_visit(visit, now)
    except DomainError as refusal:
        return refusal
    return None


async def _is_recorded(carry_out: CarryOut, actor: Actor, visit: NewVisit, now: datetime) -> bool:
    statement = recording(actor.form)
    try:
        made = await carry_out(statement.text, statement.parameters(_values(actor, visit, now)))
    except UniqueViolationError as taken:
        if taken.constraint_name != VISITS_KEY:
            raise
        # The key is the visit's id, and somebody else's visit has it.
        raise IdempotencyKeyReused from None
    return made is not None


def _values(actor: Actor, visit: NewVisit, now: datetime) -> dict[str, Any]:
    made = {"visit": str(visit.key)}
    counted = counted_at(visit.started_at, visit.contact, now)
    return {
        **scope_values(actor),
        **_columns(visit),
        "counted_at": counted,
        "received_at": now,
        "customer_id": visit.customer_id,
        "body_sha256": _fingerprint(visit),
        "answer": made,
        "detail": made,
        "subject": f"Visit:{visit.key}",
        "last_visit_on": bank_day(counted),
        "is_valid": visit.outcome in VALID_OUTCOMES,
    }


def _columns(visit: NewVisit) -> dict[str, Any]:
    place, contact = visit.place, visit.contact
    return {
        "id": visit.key,
        "started_at": visit.started_at,
        "ended_at": visit.ended_at,
        "outcome": visit.outcome,
        "note": visit.note,
        "next_on": visit.next_on,
        "lon_deg_wgs84": place and place.lon_deg_wgs84,
        "lat_deg_wgs84": place and place.lat_deg_wgs84,
        "source_datum": place and place.source_datum,
        "accuracy_m": place and place.accuracy_m,
        "contact_device_at": contact and contact.device_at,
        "contact_server_at": contact and contact.server_at,
    }


def _fingerprint(visit: NewVisit) -> bytes:
    """Of what was said of the visit. The contact is none of it: a phone may have heard of the server again before it
    sends the visit once more, and what counts was settled when it was first received."""
    # The fields as they are: `asdict` copies each value, which takes as long as all the rest of this.
    body = {**vars(visit), "place": None if visit.place is None else vars(visit.place)}
    del body["contact"]
    return body_sha256("recordVisit", body)


def _is_on_earth(place: Place) -> bool:
    accuracy = place.accuracy_m
    return (
        isfinite(place.lon_deg_wgs84)
        and isfinite(place.lat_deg_wgs84)
        and -180 <= place.lon_deg_wgs84 <= 180
        and -90 <= place.lat_deg_wgs84 <= 90
        and (accuracy is None or (isfinite(accuracy) and 0 <= accuracy <= 100_000))
    )
