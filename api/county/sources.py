"""The shipped sources of the demonstration county (api/county/data, CC BY 4.0, see ATTRIBUTION.md)."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import shapely

from geo.datum import Datum, to_wgs84

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class SourceTown:
    """A township-level division; `place_deg` is its public centre, if it has one."""

    code: str
    official_name: str
    place_deg: tuple[float, float] | None

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
