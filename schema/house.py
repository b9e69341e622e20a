"""The product's rooms: the one list. Whoever needs it is given it; a test may give a longer one."""

from domain.customers.room import ROOM as CUSTOMERS
from domain.feeds.room import ROOM as FEEDS
from domain.grids.room import ROOM as GRIDS
from domain.performance.room import ROOM as PERFORMANCE
from domain.products.room import ROOM as PRODUCTS
from domain.shared.room import ROOM as ORGANISATION
from domain.shared.rooms import Rooms, house_of
from domain.tasks.room import ROOM as TASKS
from geo.rooms import DRAWING, PLACES
from ml.room import ROOM as MODELS

ROOMS: Rooms = (ORGANISATION, FEEDS, CUSTOMERS, PLACES, GRIDS, PRODUCTS, TASKS, PERFORMANCE, DRAWING, MODELS)
"""In the order in which a cut writes: customers, places, owners, holdings, sums, and last the map."""
HOUSE = house_of(ROOMS)
