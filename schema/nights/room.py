"""Batches of the feeds, and nights."""

from domain.feeds.permissions import FEEDS
from domain.shared.permissions import NIGHTS as OF_NIGHTS
from schema.nights.additions import ADDITIONS
from schema.nights.mapping import ROOT, TYPES
from schema.nights.mutations import NightMutations
from schema.nights.queries import NightQueries
from schema.nights.types import Batch, BatchNotDecided, NightNotStarted, NightRun
from schema.rooms import SchemaRoom

NIGHTS = SchemaRoom(
    "nights",
    types=TYPES,
    queries=NightQueries,
    root=ROOT,
    mutations=NightMutations,
    nodes=(Batch, NightRun),
    refusals=(NightNotStarted, BatchNotDecided),
    additions=ADDITIONS,
    permissions=(*OF_NIGHTS, *FEEDS),
)
