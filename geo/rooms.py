"""What geometry brings, in two rooms: a cut writes places before owners, and draws when all else is written."""

from domain.shared.imports.org import org_kind
from domain.shared.rooms import Room
from domain.tasks.leave_importing import leave_kind
from geo.cells import draw_again
from geo.datum import Datum, to_wgs84
from geo.following_leave import walks_follow_leave
from geo.map_imports.atoms import ATOMS_KIND
from geo.map_imports.grids import GRIDS_KIND
from geo.map_imports.ground import ROADS_KIND, WATER_KIND
from geo.map_imports.outlines import OUTLINE_KIND
from geo.map_imports.towns import TOWNS_KIND
from geo.points import place_again
from geo.tables import FOLLOWERS

PLACES = Room(
    "places",
    followers=FOLLOWERS,
    rebuilds=(place_again,),
    imports=(
        OUTLINE_KIND,
        ATOMS_KIND,
        TOWNS_KIND,
        GRIDS_KIND,
        WATER_KIND,
        ROADS_KIND,
        leave_kind(walks_follow_leave),
        org_kind(lambda lon, lat, datum: to_wgs84(lon, lat, Datum(datum))),
    ),
)
DRAWING = Room("drawing", rebuilds=(draw_again,))
