"""Products: what customers hold, and the tier that follows from it."""

from schema.products.additions import ADDITIONS
from schema.products.mapping import TYPES
from schema.rooms import SchemaRoom

PRODUCTS = SchemaRoom("products", types=TYPES, additions=ADDITIONS)
