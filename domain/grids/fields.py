"""What can be asked of a customer's place: grid, outlet and owner under the plan in force."""

from domain.customers.fields import CUSTOMER
from domain.shared.rules.fields import Field, FieldType, column

GRID_ID = Field("gridId", CUSTOMER, FieldType.KEY, column("grid_id"), "customers.grid_id")
ORG_UNIT_ID = Field("orgUnitId", CUSTOMER, FieldType.KEY, column("org_unit_id"), "customers.org_unit_id")
OWNER_ID = Field("ownerId", CUSTOMER, FieldType.KEY, column("owner_id"), "customers.owner_id")

FIELDS = (GRID_ID, ORG_UNIT_ID, OWNER_ID)
