"""Points that come in name their datum; inside there is WGS 84 alone."""

import strawberry
from strawberry import UNSET

from geo.datum import Datum
from schema.field_classes import c1, c2

strawberry.enum(
    Datum, name="Datum", description="坐标系. GCJ02 is what phone maps in China speak; BD09 is Baidu's."
)


@strawberry.type(description="A point in WGS 84.")
class Location:
    lon_deg: float = c2("Longitude in degrees.")
    lat_deg: float = c2("Latitude in degrees.")
    source_datum: Datum = c1("The datum in which the point came in.")
    accuracy_m: float | None = c1("The stated accuracy in metres.")
    method: str = c1("SURVEY, POS, ADDRESS, VISIT, or GRID for the centre of the grid.")


@strawberry.input(description="A point with its datum; no default, the sender has to know.")
class PointInput:
    lon_deg: float
    lat_deg: float
    datum: Datum
    accuracy_m: float | None = UNSET
