"""How visits and walks are read."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, String, Uuid, and_, func, literal_column

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.shared.row_scope import ACTOR_STAFF
from domain.tasks.models import OldVisit, Visit, Walk, WalkStop
from domain.tasks.permissions import VIEW_WALK
from domain.tasks.scope import walk_scope, with_its_customer
from schema.customers.masking import is_masked
from schema.engine.given import Given
from schema.engine.mapping import Many, One, Part, TypeMap, Value, column, global_id
from schema.engine.scope import Row, Scope
from schema.global_ids import named
from schema.organisation.mapping import data_date
from schema.statements import statement, statements
from schema.view import TODAY, View, branches, payload, rows_of


def _of_customers(view: View) -> Scope:
    return branches(with_its_customer(view.scope), VIEW_CUSTOMERS)


def _walks(view: View) -> Scope:
    return branches(walk_scope(view.scope), VIEW_WALK)


def _asked(_root: Row, walk: Row, arguments: Given) -> ColumnElement[bool]:
    """Without a date: the day after the data date in force, which is today when the night was on time."""
    staff = named(arguments, "staffId", "Staff") if "staffId" in arguments else ACTOR_STAFF
    planned = func.coalesce(data_date() + literal_column("1"), TODAY)
    day: Any = arguments["date"].bind(Date()) if "date" in arguments else planned
    return and_(walk.c.staff_id == staff, walk.c.walk_on == day)


VISIT = TypeMap(
    "Visit",
    {
        "id": global_id("Visit"),
        "customer": One("Customer", lambda visit, customer, _: customer.c.id == visit.c.customer_id),
        "staff": One("Staff", lambda visit, staff, _: staff.c.id == visit.c.staff_id),
        "countedAt": column("counted_at"),
        "startedAt": column("started_at"),
        "endedAt": column("ended_at"),
        "receivedAt": column("received_at"),
        "outcome": column("outcome"),
        "note": Value(
            lambda row, view: literal_column("null::text", String) if is_masked("note", view) else row.c.note
        ),
        "location": Part(
            "Location",
            # Somebody's exact place tells the customer's; the centre of a grid would be no record of a visit.
            when=lambda row, view: (
                literal_column("false") if is_masked("location", view) else row.c.lon_deg_wgs84.is_not(None)
            ),
        ),
        "distanceM": column("distance_m"),
        "nextOn": column("next_on"),
    },
    rows=rows_of(Visit),
    scope=_of_customers,
    read_key=UUID,
)

OLD_VISIT = TypeMap(
    "OldVisit",
    {
        "source": column("source"),
        "madeOn": column("made_on"),
        "kind": column("kind"),
        "outcome": column("outcome"),
        "byWhom": column("by_whom"),
        "content": Value(
            lambda row, view: (
                literal_column("null::text", String) if is_masked("note", view) else row.c.content
            )
        ),
    },
    rows=rows_of(OldVisit),
    scope=_of_customers,
)

WALK = TypeMap(
    "Walk",
    {
        "date": column("walk_on"),
        "staff": One("Staff", lambda walk, staff, _: staff.c.id == walk.c.staff_id),
        "stops": Many(
            "Stop",
            lambda walk, stop, _: and_(stop.c.staff_id == walk.c.staff_id, stop.c.walk_on == walk.c.walk_on),
            order=lambda stop: [stop.c.position],
        ),
        "lengthM": column("length_m"),
    },
    rows=rows_of(Walk),
    key="staff_id",
    scope=_walks,
)

STOP = TypeMap(
    "Stop",
    {
        "order": column("position"),
        "customer": One("Customer", lambda stop, customer, _: customer.c.id == stop.c.customer_id),
        "reason": column("reason"),
        "statement": statement("statement"),
        "figures": statements("figures"),
        "dueOn": column("due_on"),
        "standsInFor": One("Staff", lambda stop, staff, _: staff.c.id == stop.c.owner_id),
    },
    rows=rows_of(WalkStop),
    key="position",
    scope=_of_customers,
)

ROOT = {"today": One("Walk", _asked)}
PAYLOAD = TypeMap(
    "RecordVisitSuccess",
    {"visit": One("Visit", lambda _payload, visit, _: visit.c.id == payload(Uuid()))},
    is_root=True,
)
TYPES = (VISIT, OLD_VISIT, WALK, STOP, PAYLOAD)
