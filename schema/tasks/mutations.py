"""Recording a visit."""

import strawberry
from strawberry import UNSET

from domain.tasks.counting import Contact
from domain.tasks.permissions import RECORD_VISIT
from domain.tasks.visits import NewVisit, Place, record_visit
from geo.datum import to_wgs84
from schema.context import Info
from schema.geometry import PointInput
from schema.global_ids import key_named
from schema.permissions import write
from schema.tasks.types import DeviceContactInput, RecordVisitInput, RecordVisitResult, RecordVisitSuccess


def _place(point: PointInput | None) -> Place | None:
    """The datum is left behind here, once, at the edge."""
    if not point:
        return None
    lon_deg, lat_deg = to_wgs84(point.lon_deg, point.lat_deg, point.datum)
    accuracy_m = None if point.accuracy_m is UNSET else point.accuracy_m
    return Place(lon_deg, lat_deg, point.datum.value, accuracy_m)


def _contact(given: DeviceContactInput | None) -> Contact | None:
    return None if given is None else Contact(given.device_at, given.server_at)


@strawberry.type
class TaskMutations:
    @write(RECORD_VISIT, "Records a visit; the same key and body give the same visit, however often.")
    async def record_visit(self, info: Info, input: RecordVisitInput) -> RecordVisitResult:
        visit = NewVisit(
            key=input.idempotency_key,
            customer_id=key_named(input.customer_id, "Customer"),
            started_at=input.started_at,
            ended_at=input.ended_at or None,
            outcome=input.outcome.value,
            note=input.note or None,
            next_on=input.next_on or None,
            place=_place(input.point or None),
            contact=_contact(input.contact or None),
        )
        context = info.context
        key = await record_visit(context.carry_out, context.who(), visit, now=context.now)
        return RecordVisitSuccess(key=key)
