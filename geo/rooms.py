"""What geometry brings, in two rooms: a cut writes places before owners, and draws when all else is written."""

from domain.shared.rooms import Room
from geo.cells import draw_again
from geo.points import place_again
from geo.tables import FOLLOWERS

PLACES = Room("places", followers=FOLLOWERS, rebuilds=(place_again,))
DRAWING = Room("drawing", rebuilds=(draw_again,))
