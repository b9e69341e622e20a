"""Lists that people bring: units, staff, posts, and whatever rooms declare."""

from domain.shared.permissions import IMPORTS as PERMISSIONS
from schema.imports.mapping import ROOT, TYPES
from schema.imports.mutations import ImportMutations
from schema.imports.queries import ImportQueries
from schema.imports.types import Import, ImportNotDone
from schema.rooms import SchemaRoom

IMPORTS = SchemaRoom(
    "imports",
    types=TYPES,
    queries=ImportQueries,
    root=ROOT,
    mutations=ImportMutations,
    nodes=(Import,),
    refusals=(ImportNotDone,),
    permissions=PERMISSIONS,
)
