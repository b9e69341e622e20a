"""Who is signed in, the organisation, and an org unit's dashboard."""

import strawberry
from strawberry import UNSET

from domain.grids.permissions import VIEW_GRIDS
from domain.performance.permissions import VIEW_DASHBOARD
from domain.shared.permissions import VIEW_ACCOUNTS
from schema.lists import read_by_the_engine
from schema.organisation.accounts import StaffAccountConnection
from schema.organisation.types import Dashboard, OrgUnit, Viewer
from schema.permissions import read


@strawberry.type
class OrganisationQueries:
    @strawberry.field(description="Who is signed in; null for nobody.")
    def viewer(self) -> Viewer | None:
        read_by_the_engine()

    @read(VIEW_GRIDS, "机构, the head office first.")
    def organisation(self) -> list[OrgUnit]:
        read_by_the_engine()

    @read(VIEW_ACCOUNTS, "员工账号 of the viewer's units.")
    def staff_accounts(self, first: int | None = UNSET, after: str | None = UNSET) -> StaffAccountConnection:
        read_by_the_engine(first, after)

    @read(VIEW_DASHBOARD, "The viewer's own figures, or those of an org unit within the scope.")
    def dashboard(self, org_unit_id: strawberry.ID | None = UNSET) -> Dashboard:
        read_by_the_engine(org_unit_id)
