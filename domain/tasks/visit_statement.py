"""All rows of a visit by one statement: key, visit, activity, audit row, and the customer's last visit.

It gives the visit's id, and no row when the customer is outside the scope or the key has been used. When somebody
else's visit has the id it raises asyncpg's UniqueViolationError and leaves nothing.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Float,
    FromClause,
    LargeBinary,
    String,
    Uuid,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from domain.customers.models import CUSTOMERS
from domain.customers.scope import customer_scope
from domain.shared.actor import ScopeForm
from domain.shared.at_once import WholeTransaction, render
from domain.shared.models import AuditRow, IdempotencyKey
from domain.shared.principal import PrincipalKind
from domain.shared.row_scope import ACTOR_STAFF, within
from domain.tasks.models import Activity, Visit

_STAFF = literal(PrincipalKind.STAFF.value)
EARTH_RADIUS_M = 6_371_008.8

_CUSTOMER = CUSTOMERS
_TYPES: dict[str, Any] = {
    "id": Uuid,
    "counted_at": DateTime(timezone=True),
    "received_at": DateTime(timezone=True),
    "started_at": DateTime(timezone=True),
    "ended_at": DateTime(timezone=True),
    "outcome": String,
    "note": String,
    "next_on": Date,
    "lon_deg_wgs84": Float,
    "lat_deg_wgs84": Float,
    "source_datum": String,
    "accuracy_m": Float,
    "contact_device_at": DateTime(timezone=True),
    "contact_server_at": DateTime(timezone=True),
}


@cache
def recording(form: ScopeForm) -> WholeTransaction:
    """Bound with each request: the visit's own columns, `customer_id`, `body_sha256`, `answer`, `detail`, `subject`,
    `last_visit_on`, `is_valid` (whether it counts as a visit), and what the scope binds."""
    customer = _customer_within(form)
    key = _key(customer)
    visit = _visit(key, customer)
    beside = (_activity(visit), _noted(visit), _last_visit(visit))
    return render(select(visit.c.id).add_cte(*beside))


def great_circle_m(
    lon_a_deg: ColumnElement[Any],
    lat_a_deg: ColumnElement[Any],
    lon_b_deg: ColumnElement[Any],
    lat_b_deg: ColumnElement[Any],
) -> ColumnElement[Any]:
    """Metres along the great circle between two points of one datum (haversine); null where one is not known."""
    half_lat, half_lon = func.sind((lat_b_deg - lat_a_deg) * 0.5), func.sind((lon_b_deg - lon_a_deg) * 0.5)
    chord = half_lat * half_lat + func.cosd(lat_a_deg) * func.cosd(lat_b_deg) * half_lon * half_lon
    # `least` passes over nulls, so it stands inside a case: rounding may lift the chord of antipodes above one.
    return case((chord.is_not(None), 2 * EARTH_RADIUS_M * func.asin(func.sqrt(func.least(1.0, chord)))))


def _given(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_TYPES[name])


def _customer_within(form: ScopeForm) -> CTE:
    """Locked, so that visits of one customer, and a night that moves him, come one after the other."""
    columns = ("id", "grid_id", "atom_id", "lon_deg_wgs84", "lat_deg_wgs84")
    return (
        select(*(_CUSTOMER.c[name] for name in columns))
        .where(
            _CUSTOMER.c.id == bindparam("customer_id", type_=BigInteger),
            within(_CUSTOMER, customer_scope(form)),
        )
        .with_for_update(key_share=True)
        .cte("customer")
    )


def _key(customer: CTE) -> CTE:
    row = {
        "actor_kind": _STAFF,
        "actor_id": ACTOR_STAFF,
        "key": _given("id"),
        "operation": literal("recordVisit"),
        "body_sha256": bindparam("body_sha256", type_=LargeBinary),
        "answer": bindparam("answer", type_=JSONB),
    }
    table: FromClause = IdempotencyKey.__table__  # type: ignore[attr-defined]
    made = insert(IdempotencyKey).from_select([*row], select(*row.values()).select_from(customer))
    return made.on_conflict_do_nothing().returning(table.c.key).cte("key")


def _visit(key: CTE, customer: CTE) -> CTE:
    distance_m = great_circle_m(
        _given("lon_deg_wgs84"),
        _given("lat_deg_wgs84"),
        customer.c.lon_deg_wgs84,
        customer.c.lat_deg_wgs84,
    )
    row = {
        **{name: _given(name) for name in _TYPES},
        "id": key.c.key,
        "customer_id": customer.c.id,
        "recorded_for_id": customer.c.id,
        "staff_id": ACTOR_STAFF,
        "grid_id": customer.c.grid_id,
        "atom_id": customer.c.atom_id,
        "distance_m": distance_m,
    }
    source = select(*row.values()).select_from(key.join(customer, true()))
    table: FromClause = Visit.__table__  # type: ignore[attr-defined]
    return insert(Visit).from_select([*row], source).returning(*table.c).cte("visit")


def _activity(visit: CTE) -> CTE:
    row = {
        "kind": literal("VISIT"),
        "device_at": visit.c.started_at,
        "actor_kind": _STAFF,
        "actor_id": visit.c.staff_id,
        "customer_id": visit.c.customer_id,
        "grid_id": visit.c.grid_id,
        "atom_id": visit.c.atom_id,
        "outcome": visit.c.outcome,
        "detail": bindparam("detail", type_=JSONB),
    }
    return insert(Activity).from_select([*row], select(*row.values())).cte("activity")


def _noted(visit: CTE) -> CTE:
    row = {
        "actor_kind": _STAFF,
        "actor_id": visit.c.staff_id,
        "action": literal("visit.recorded"),
        "subject": bindparam("subject", type_=String),
        "detail": literal({}, JSONB),
    }
    return insert(AuditRow).from_select([*row], select(*row.values())).cte("noted")


def _last_visit(visit: CTE) -> CTE:
    day = bindparam("last_visit_on", type_=Date)

    def later(than: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.greatest(func.coalesce(than, day), day)

    return (
        update(_CUSTOMER)
        .where(_CUSTOMER.c.id == visit.c.customer_id, bindparam("is_valid", type_=Boolean))
        .values(
            last_visit_on=later(_CUSTOMER.c.last_visit_on),
            visited_here_on=later(_CUSTOMER.c.visited_here_on),
        )
        .cte("last_visit")
    )
