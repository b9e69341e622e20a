"""Who is signed in, the organisation, and any node by its id. How they are read is in the mappings."""

import strawberry

from domain.grids.permissions import VIEW_GRIDS
from schema.lists import read_by_the_engine
from schema.nodes import Node
from schema.organisation.types import OrgUnit, Viewer
from schema.permissions import read


@strawberry.type
class OrganisationQueries:
    @strawberry.field(description="Who is signed in; null for nobody.")
    def viewer(self) -> Viewer | None:
        read_by_the_engine()

    @strawberry.field(description="Any object by its id; null where there is none within the viewer's scope.")
    def node(self, id: strawberry.ID) -> Node | None:
        read_by_the_engine(id)

    @read(VIEW_GRIDS, "机构, the head office first.")
    def organisation(self) -> list[OrgUnit]:
        read_by_the_engine()
