"""The mapping of every type that is read from tables, and of the payloads that lead to them."""

from schema import statements
from schema.customers import mapping as customers
from schema.engine.mapping import ByGlobalId, TypeMap, types_of
from schema.grids import mapping as grids
from schema.models import mapping as models
from schema.nights import mapping as nights
from schema.organisation import mapping as organisation
from schema.performance import mapping as performance
from schema.tasks import mapping as tasks

ROOMS = (organisation, customers, grids, tasks, performance, nights, models, statements)

QUERY = TypeMap(
    "Query",
    {"node": ByGlobalId()} | {name: field for room in ROOMS for name, field in room.ROOT.items()},
    is_root=True,
)
TYPES = types_of(QUERY, *(one for room in ROOMS for one in room.TYPES))
