"""Grids of the plan in force, their posts and figures."""

from domain.grids.permissions import PERMISSIONS
from geo.map_measures import counted
from schema.grids.additions import ADDITIONS
from schema.grids.base_map import BASE_MAP_ROOT, BASE_MAP_TYPE
from schema.grids.ground import GROUND_ROOT, GROUND_TYPE
from schema.grids.mapping import ROOT, TYPES
from schema.grids.places import MAP_PLACE, PLACES_ROOT
from schema.grids.queries import GridQueries
from schema.grids.types import Grid
from schema.rooms import SchemaRoom

GRIDS = SchemaRoom(
    "grids",
    types=(*TYPES, MAP_PLACE, BASE_MAP_TYPE, GROUND_TYPE),
    queries=GridQueries,
    root={**ROOT, **PLACES_ROOT, **BASE_MAP_ROOT, **GROUND_ROOT},
    nodes=(Grid,),
    additions=ADDITIONS,
    map_measures=(
        counted("customers", "customers"),
        counted("located", "located"),
    ),
    permissions=PERMISSIONS,
)
