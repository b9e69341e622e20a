"""What can be asked of a customer's place: grid, outlet and owner under the plan in force, today or then."""

from domain.customers.fields import CUSTOMER
from domain.grids.models import Placement
from domain.shared.rules.fields import Field, FieldType, column
from domain.shared.rules.past import facts_of_the_day

_THEN = facts_of_the_day(Placement.__table__, "customer_id")  # type: ignore[attr-defined]

GRID_ID = Field("gridId", CUSTOMER, FieldType.KEY, column("grid_id"), "customers.grid_id", past=_THEN)
ORG_UNIT_ID = Field(
    "orgUnitId", CUSTOMER, FieldType.KEY, column("org_unit_id"), "customers.org_unit_id", past=_THEN
)
OWNER_ID = Field("ownerId", CUSTOMER, FieldType.KEY, column("owner_id"), "customers.owner_id", past=_THEN)

FIELDS = (GRID_ID, ORG_UNIT_ID, OWNER_ID)
