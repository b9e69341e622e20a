"""Models with their versions, and what they say of customers."""

from geo.map_measures import counted
from ml.permissions import PERMISSIONS
from schema.models.additions import ADDITIONS
from schema.models.mapping import ROOT, TYPES
from schema.models.mutations import ModelMutations
from schema.models.queries import ModelQueries
from schema.models.types import ScoreNotExplained
from schema.rooms import SchemaRoom

MODELS = SchemaRoom(
    "models",
    types=TYPES,
    queries=ModelQueries,
    root=ROOT,
    mutations=ModelMutations,
    refusals=(ScoreNotExplained,),
    additions=ADDITIONS,
    map_measures=(counted("atRisk", "at_risk"),),
    permissions=PERMISSIONS,
)
