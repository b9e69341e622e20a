"""The opening of a bank, above the rooms whose facts it counts."""

from schema.opening.queries import OpeningQueries
from schema.rooms import SchemaRoom

OPENING = SchemaRoom("opening", queries=OpeningQueries)
