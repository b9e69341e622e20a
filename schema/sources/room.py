"""Feeds, the descriptions of a bank's own files, and the bases of outside sources."""

from schema.rooms import SchemaRoom
from schema.sources.mutations import SourceMutations
from schema.sources.queries import SourceQueries
from schema.sources.types import AdapterNotTried, SourceNotChanged

SOURCES = SchemaRoom(
    "sources",
    queries=SourceQueries,
    mutations=SourceMutations,
    refusals=(AdapterNotTried, SourceNotChanged),
)
"""`feeds.*` is declared with the nights' room, which has held files."""
