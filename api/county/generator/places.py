"""Where parties live: a group by its weight, a point uniformly inside the group's polygon, an address in words."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from api.county.bank import Bank
from api.county.geography import Geography
from api.county.region import Region

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rng = np.random.Generator

_KM_PER_DEGREE = 111.2
# A point keeps this much of each corner of its triangle, so that six decimals never carry it over a border.
_KEEP = 0.02
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Ground:
    """The county as arrays: atoms with their weights and triangles, outlets, and who serves which atom."""

    region: Region
    codes: list[str]
    names: list[str]
    villages: list[str]
    village_codes: list[str]
    towns: list[str]
    town_index: Ints
    is_urban: NDArray[np.bool_]
    settled: Floats  # cumulative weight of all people
    rural: Floats  # of households with a 阳光信贷 file
    trading: Floats  # of shops and firms
    corners: Floats  # (triangles, 3 corners, lon and lat)
    triangle_area: Floats  # cumulative over all triangles
    first_triangle: Ints  # by atom, with one more at the end
    outlet_codes: list[str]
    outlet_lon: Floats
    outlet_lat: Floats
    outlet_of_atom: Ints
    km_to_outlet: Floats
    managers: list[str]
    manager_phones: list[str]
    managers_of_outlet: list[list[int]]

    @classmethod
    def of(cls, geography: Geography, bank: Bank) -> "Ground":
        atoms = geography.atoms
        urban = np.array([a.is_urban for a in atoms])
        weight = np.array([a.expected_weight for a in atoms])
        corners, triangle_area, first = _triangles([a.boundary for a in atoms])
        lon = np.array([a.lon_deg_wgs84 for a in atoms])
        lat = np.array([a.lat_deg_wgs84 for a in atoms])
        outlets = bank.outlets
        outlet_lon = np.array([o.lon_deg_wgs84 for o in outlets])
        outlet_lat = np.array([o.lat_deg_wgs84 for o in outlets])
        middle_deg = geography.region.middle_lat_deg
        km = distance_km(lon[:, None], lat[:, None], outlet_lon[None, :], outlet_lat[None, :], middle_deg)
        staff = [s for s in bank.staff if s.role == "CUSTOMER_MANAGER"]
        towns = {t.code: i for i, t in enumerate(geography.towns)}
        return cls(
            region=geography.region,
            codes=[a.code for a in atoms],
            names=[a.name for a in atoms],
            villages=[a.village for a in atoms],
            village_codes=[a.village_code for a in atoms],
            towns=[a.town for a in atoms],
            town_index=np.array([towns[a.town_code] for a in atoms]),
            is_urban=urban,
            settled=_cumulative(weight * np.where(urban, 1.5, 0.7)),
            rural=_cumulative(weight * np.where(urban, 0.35, 1.0)),
            trading=_cumulative(weight * np.where(urban, 2.5, 0.6)),
            corners=corners,
            triangle_area=triangle_area,
            first_triangle=first,
            outlet_codes=[o.code for o in outlets],
            outlet_lon=outlet_lon,
            outlet_lat=outlet_lat,
            outlet_of_atom=km.argmin(axis=1),
            km_to_outlet=km.min(axis=1),
            managers=[s.number for s in staff],
            manager_phones=[s.phone for s in staff],
            managers_of_outlet=[
                [i for i, s in enumerate(staff) if s.org_code == o.code] or list(range(len(staff)))
                for o in outlets
            ],
        )

    def points(self, rng: Rng, atoms: Ints) -> tuple[Floats, Floats]:
        """A point (lon, lat in WGS 84) in each atom, uniform over its area."""
        low = np.where(
            self.first_triangle[atoms] > 0, self.triangle_area[self.first_triangle[atoms] - 1], 0.0
        )
        high = self.triangle_area[self.first_triangle[atoms + 1] - 1]
        draws = rng.random((3, atoms.size))
        triangle = np.searchsorted(self.triangle_area, low + draws[0] * (high - low), side="right")
        triangle = np.clip(triangle, self.first_triangle[atoms], self.first_triangle[atoms + 1] - 1)
        root = np.sqrt(draws[1])
        weights = np.stack([1.0 - root, root * (1.0 - draws[2]), root * draws[2]])
        weights = weights * (1.0 - 3 * _KEEP) + _KEEP
        corners = self.corners[triangle]
        lon = np.einsum("kn,nk->n", weights, corners[:, :, 0])
        lat = np.einsum("kn,nk->n", weights, corners[:, :, 1])
        return lon, lat

    def address(self, atom: int, house: int, style: float) -> str:
        """The address as one of six kinds of clerk writes it."""
        town, village, name = self.towns[atom], self.villages[atom], self.names[atom]
        group, region = name[len(village) :], self.region
        if style < 0.46:
            return f"{region.in_full}{town}{name}{house}号"
        if style < 0.62:
            return f"{region.county}{town}{name}{house}号"
        if style < 0.76:
            return f"{region.province}{region.county}{town}{village}{_arabic(group)}{house}号"
        if style < 0.86:
            return f"{town}{name}{house}号"
        if style < 0.94:
            areas = " ".join(region.short_names)
            return f"{areas} {town} {village} {_arabic(group)} {house}号"
        number = full_digits(str(house))
        return f"{region.in_full}{town}{village}{full_digits(_arabic(group))}{number}号"


def distance_km(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats, middle_lat_deg: float) -> Floats:
    """Distance on the plane of the county; good to a metre in a thousand."""
    east = (lon_a - lon_b) * np.cos(np.radians(middle_lat_deg))
    return np.asarray(np.hypot(east, lat_a - lat_b) * _KM_PER_DEGREE)


def full_digits(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


def _arabic(group: str) -> str:
    """三组 as 3组, 十二组 as 12组."""
    number = group[:-1]
    if not number or any(c not in _NUMERALS + "十" for c in number):
        return group
    tens, found, ones = number.partition("十")
    if not found:
        return f"{_NUMERALS.index(number)}{group[-1]}"
    value = 10 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(ones) if ones else 0)
    return f"{value}{group[-1]}"


def pick(rng: Rng, cumulative: Floats, size: int) -> Ints:
    """Indices drawn by a cumulative weight."""
    return np.searchsorted(cumulative, rng.random(size), side="right").astype(np.int64)


def _cumulative(weight: Floats) -> Floats:
    total = np.cumsum(weight / weight.sum())
    total[-1] = 1.0
    return total


def _triangles(boundaries: list[shapely.MultiPolygon]) -> tuple[Floats, Floats, Ints]:
    """Cuts polygons into triangles: corners, cumulative area, and where each polygon's triangles begin."""
    cut = shapely.constrained_delaunay_triangles(np.array(boundaries))
    parts, owner = shapely.get_parts(cut, return_index=True)
    corners = shapely.get_coordinates(parts).reshape(-1, 4, 2)[:, :3, :]
    return corners, np.cumsum(shapely.area(parts)), np.searchsorted(owner, np.arange(len(boundaries) + 1))
