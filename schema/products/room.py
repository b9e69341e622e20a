"""Products: what customers hold, and the tier that follows from it."""

from geo.map_measures import counted
from schema.products.additions import ADDITIONS
from schema.products.mapping import TYPES
from schema.rooms import SchemaRoom

PRODUCTS = SchemaRoom(
    "products",
    types=TYPES,
    additions=ADDITIONS,
    map_measures=(
        counted("keyCustomers", "key_customers"),
        counted("depositFen", "deposit_fen"),
        counted("loanFen", "loan_fen"),
    ),
)
