"""What a county is made from, and the shipped one (api/county/data, CC BY 4.0, see ATTRIBUTION.md)."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import shapely

from api.county.region import Region
from api.county.scale import SHIPPED, Scale
from geo.datum import Datum, to_wgs84

DATA = Path(__file__).resolve().parent / "data"
PROVINCE, CITY = "江苏省", "盐城市"
# Sub-districts and the park that make up the county seat: an outlet more is worth more there.
COUNTY_SEAT = ("320923001", "320923002", "320923003", "320923004", "320923402")
# Where the four outlet managers of the demonstration sit: 阜城 益林 沟墩 羊寨.
_SHOWN_TOWNS = ("320923001", "320923110", "320923100", "320923106")


@dataclass(frozen=True)
class SourceTown:
    """A township-level division with its public centre and its real limits (WGS 84), if it has them."""

    code: str
    official_name: str
    place_deg: tuple[float, float] | None
    boundary: shapely.MultiPolygon | None = None

    @property
    def name(self) -> str:
        """As people write it in an address: 阜城街道 for 阜城街道办事处, 郭墅镇 for 郭墅镇（澳洋工业园）."""
        return self.official_name.split("（")[0].removesuffix("办事处")


@dataclass(frozen=True)
class SourceVillage:
    """A village or residents' committee with its urban-rural class (111..122 urban, 210 and 220 rural)."""

    code: str
    official_name: str
    urban_rural_class: int
    place_deg: tuple[float, float] | None
    boundary: shapely.MultiPolygon | None = None

    @property
    def town_code(self) -> str:
        return self.code[:9]

    @property
    def name(self) -> str:
        """As people write it in an address: 新桥社区 for 新桥居委会, 双港村 for 双港村委会."""
        return self.official_name.replace("居委会", "社区").replace("村委会", "村")

    @property
    def is_urban(self) -> bool:
        return self.urban_rural_class < 200


@dataclass(frozen=True, eq=False)
class CountySource:
    """Everything from which the ground is laid out. Villages are in the order of their codes, each in one of the towns.

    `seat` are the codes of the towns that make up the county seat, the first with the head office. `spacing_m` is how
    far apart the points lie that stand for the ground.
    """

    region: Region
    outline: shapely.Geometry
    towns: tuple[SourceTown, ...]
    villages: tuple[SourceVillage, ...]
    seat: tuple[str, ...]
    scale: Scale
    seed: int
    spacing_m: float
    shown: tuple[str, ...] = ()
    """Towns whose outlet managers have accounts; where none is named, the busiest."""

    @property
    def has_village_limits(self) -> bool:
        return all(village.boundary is not None for village in self.villages)

    @property
    def has_town_limits(self) -> bool:
        return all(town.boundary is not None for town in self.towns)


def shipped_county() -> CountySource:
    code, name, outline = read_outline()
    return CountySource(
        region=Region(code, name, CITY, PROVINCE),
        outline=outline,
        towns=read_towns(),
        villages=read_villages(),
        seat=COUNTY_SEAT,
        scale=SHIPPED,
        seed=int(code),
        spacing_m=130.0,
        shown=_SHOWN_TOWNS,
    )


def read_outline() -> tuple[str, str, shapely.Geometry]:
    """Code, name and outline (WGS 84; the file keeps the source's GCJ-02) of the county."""
    feature = json.loads((DATA / "outline_gcj02.geojson").read_text(encoding="utf-8"))["features"][0]
    outline = shapely.geometry.shape(feature["geometry"])
    converted = shapely.transform(outline, lambda x, y: to_wgs84(x, y, Datum.GCJ02), interleaved=False)
    return feature["properties"]["adcode"], feature["properties"]["name"], converted


def read_towns() -> tuple[SourceTown, ...]:
    return tuple(SourceTown(row["code"], row["name"], _place(row)) for row in _rows("towns.csv"))


def read_villages() -> tuple[SourceVillage, ...]:
    return tuple(
        SourceVillage(row["code"], row["name"], int(row["urban_rural_class"]), _place(row))
        for row in _rows("villages.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(row: dict[str, str]) -> tuple[float, float] | None:
    if not row["lon_deg_gcj02"]:
        return None
    return to_wgs84(float(row["lon_deg_gcj02"]), float(row["lat_deg_gcj02"]), Datum.GCJ02)
