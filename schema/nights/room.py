"""Batches of the feeds, and nights."""

from domain.shared.permissions import NIGHTS as PERMISSIONS
from schema.nights.additions import ADDITIONS
from schema.nights.mapping import ROOT, TYPES
from schema.nights.mutations import NightMutations
from schema.nights.queries import NightQueries
from schema.nights.types import Batch, NightNotStarted, NightRun
from schema.rooms import SchemaRoom

NIGHTS = SchemaRoom(
    "nights",
    types=TYPES,
    queries=NightQueries,
    root=ROOT,
    mutations=NightMutations,
    nodes=(Batch, NightRun),
    refusals=(NightNotStarted,),
    additions=ADDITIONS,
    permissions=PERMISSIONS,
)
