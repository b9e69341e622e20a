"""Towns and villages of a given county: those of the files, and numbered ones where the files have none."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from api.county import territory
from api.county.naming import chinese_number
from api.county.scale import scale_of
from api.county.sources import SourceTown, SourceVillage
from api.local.words import t
from geo.importing import as_multipolygon
from geo.measuring import Coordinates, LocalPlane, area_m2
from geo.reading import columns
from geo.reading.features import Feature

_VILLAGES_A_TOWN = 19
_URBAN, _MIXED, _RURAL = 121, 122, 220
_CLASSES = {
    "111": _URBAN,
    "112": _URBAN,
    "121": _URBAN,
    "122": _MIXED,
    "123": _MIXED,
    "210": _RURAL,
    "220": _RURAL,
}
_COMMUNITY = re.compile(r"(社区|居委会|居民委员会|街道)$")
# Of a seat's villages the first half is urban and a further fifth mixed; of another town's the first is mixed.
_SEAT_URBAN, _SEAT_MIXED = 0.5, 0.7


@dataclass
class LeftOut:
    """What had to be made up or left out; said at the end."""

    towns: int = 0
    villages: int = 0
    codes: int = 0
    classes: int = 0

    def lines(self) -> list[str]:
        made = [
            (self.towns, t("given_county.towns_made", count=f"{self.towns:,}")),
            (self.villages, t("given_county.villages_made", count=f"{self.villages:,}")),
            (self.codes, t("given_county.codes_made", count=f"{self.codes:,}")),
            (self.classes, t("given_county.classes_made", count=f"{self.classes:,}")),
        ]
        return [line for count, line in made if count]


@dataclass(frozen=True, eq=False)
class Places:
    """`seat` is the code of the town with the head office."""

    towns: tuple[SourceTown, ...]
    villages: tuple[SourceVillage, ...]
    seat: str


@dataclass
class _Town:
    name: str
    code: str
    place: tuple[float, float] | None
    boundary: shapely.MultiPolygon | None
    villages: list["_Village"] = field(default_factory=list)


@dataclass
class _Village:
    name: str
    code: str
    given_class: int | None
    place: tuple[float, float] | None
    boundary: shapely.MultiPolygon | None
    town: str = ""
    town_code: str = ""


def places_of(
    county: str,
    outline: shapely.Geometry,
    towns: Sequence[Feature],
    villages: Sequence[Feature],
    seed: int,
    left: LeftOut,
) -> Places:
    """Towns and villages with codes of the county's own form, each village in a town."""
    given = [_village(feature) for feature in villages]
    own = [_town(feature) for feature in towns] or _towns_of_villages(given)
    if given and not own:
        own = _towns_around(given, seed)
        left.towns = len(own)
    if not own:
        own = [_Town("", "", None, None) for _ in range(scale_of(area_m2(outline) / 1e6).towns)]
        left.towns = len(own)
    _give_to_towns(given, own)
    for number, town in enumerate(own, start=1):
        town.name = town.name or f"第{chinese_number(number)}镇"
    _make_villages(own, outline, left)
    own = [town for town in own if town.villages]
    seat = _seat(own)
    _number(county, own, left)
    return Places(
        tuple(SourceTown(town.code, town.name, town.place, town.boundary) for town in own),
        tuple(_villages(own, seat, left)),
        seat.code,
    )


def _place(feature: Feature) -> tuple[float, float]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(feature.shape))[0]
    return float(lon), float(lat)


def _boundary(feature: Feature) -> shapely.MultiPolygon | None:
    return None if feature.shape.geom_type == "Point" else as_multipolygon(feature.shape)


def _town(feature: Feature) -> _Town:
    name = feature.first(columns.TOWN) or feature.first(columns.NAME)
    code = feature.first(columns.TOWN_CODE) or feature.first(columns.CODE)
    return _Town(name, code, _place(feature), _boundary(feature))


def _village(feature: Feature) -> _Village:
    name = feature.first(columns.VILLAGE) or feature.first(columns.NAME)
    code = feature.first(columns.VILLAGE_CODE) or feature.first(columns.CODE)
    given = _CLASSES.get(feature.first(columns.URBAN_RURAL))
    return _Village(
        name, code, given, _place(feature), _boundary(feature),
        feature.first(columns.TOWN), feature.first(columns.TOWN_CODE),
    )  # fmt: skip


def _towns_of_villages(villages: list[_Village]) -> list[_Town]:
    """The towns that villages name, where all of them name one."""
    if not all(village.town or village.town_code for village in villages):
        return []
    found: dict[str, _Town] = {}
    for village in villages:
        key = village.town_code or village.town
        found.setdefault(key, _Town(village.town, village.town_code, None, None))
    return list(found.values())


def _towns_around(villages: list[_Village], seed: int) -> list[_Town]:
    """Numbered towns amid villages of which no town is known."""
    places = _metres(villages)
    count = max(1, round(len(villages) / _VILLAGES_A_TOWN))
    centres = territory.spread(places, np.ones(len(places)), count, np.empty((0, 2)), seed)
    nearest = territory.nearest_seed(places, centres)
    for village, town in zip(villages, nearest.tolist(), strict=True):
        village.town = f"{town}"
    kept = sorted(set(nearest.tolist()))
    for village in villages:
        village.town = f"第{chinese_number(kept.index(int(village.town)) + 1)}镇"
    return [_Town(f"第{chinese_number(number)}镇", "", None, None) for number in range(1, len(kept) + 1)]


def _metres(places: Sequence[_Town | _Village]) -> Coordinates:
    degrees = np.array([place.place for place in places], dtype=np.float64)
    return LocalPlane(*degrees.mean(axis=0)).metres(degrees)


def _give_to_towns(villages: list[_Village], towns: list[_Town]) -> None:
    """By code or name; else by the limits of the town, else to the nearest."""
    by_code = {town.code: town for town in towns if town.code}
    by_name = {town.name: town for town in towns if town.name}
    limits = [town for town in towns if town.boundary is not None]
    tree = shapely.STRtree([town.boundary for town in limits]) if len(limits) == len(towns) else None
    placed = [town for town in towns if town.place]
    nearest = shapely.STRtree([shapely.Point(town.place) for town in placed])
    for village in villages:
        town = by_code.get(village.town_code) or by_name.get(village.town)
        town = town or by_code.get(village.code[:9])
        point = shapely.Point(village.place)
        if tree is not None:  # what lies in a town's real limits is that town's, whatever a column says
            inside = tree.query(point, predicate="intersects")
            town = limits[int(inside[0])] if len(inside) else town
        if town is None and placed:
            town = placed[int(nearest.nearest(point))]
        (town or towns[0]).villages.append(village)


def _make_villages(towns: list[_Town], outline: shapely.Geometry, left: LeftOut) -> None:
    """Numbered villages: everywhere when no file has any, and one in a town that the file forgot."""
    has_some = any(town.villages for town in towns)
    wanted = scale_of(area_m2(outline) / 1e6, towns=len(towns)).villages
    for town in towns:
        if town.villages:
            continue
        count = 1 if has_some else max(2, round(wanted / len(towns)))
        left.villages += count
        boundary = town.boundary if has_some else None
        place = town.place if has_some else None
        town.villages = [_Village("", "", None, place, boundary) for _ in range(count)]


def _seat(towns: list[_Town]) -> _Town:
    """The town with the most urban villages; else the one amid all others."""
    urban = [sum(village.given_class == _URBAN for village in town.villages) for town in towns]
    if max(urban):
        return towns[int(np.argmax(urban))]
    if any(town.place is None and not town.villages[0].place for town in towns):
        return towns[0]
    middles = np.array(
        [town.place or np.mean([v.place for v in town.villages if v.place], axis=0) for town in towns]
    )
    return towns[int(np.argmin(((middles - middles.mean(axis=0)) ** 2).sum(axis=1)))]


def _number(county: str, towns: list[_Town], left: LeftOut) -> None:
    """Codes of nine and twelve digits; those of the file where they are such and each once."""
    codes = [town.code for town in towns]
    if not all(re.fullmatch(r"\d{9}", code) for code in codes) or len(set(codes)) < len(codes):
        left.codes += sum(map(bool, codes))
        for number, town in enumerate(towns):
            town.code = f"{county}{100 + number:03d}"
    for town in towns:
        codes = [village.code for village in town.villages]
        fit = all(re.fullmatch(r"\d{12}", code) and code.startswith(town.code) for code in codes)
        if not fit or len(set(codes)) < len(codes):
            left.codes += sum(map(bool, codes))
            for number, village in enumerate(town.villages):
                village.code = f"{town.code}{200 + number:03d}"


def _villages(towns: list[_Town], seat: _Town, left: LeftOut) -> list[SourceVillage]:
    made: list[SourceVillage] = []
    for town in towns:
        classes = _classes_of(town, is_seat=town is seat, left=left)
        names: Counter[str] = Counter()
        for number, (village, ur) in enumerate(zip(town.villages, classes.tolist(), strict=True), start=1):
            name = village.name or f"第{chinese_number(number)}{'社区' if ur < 200 else '村'}"
            names[name] += 1
            if names[name] > 1:  # an address has to lead to one of them
                name = f"{name}（{chinese_number(names[name])}）"
            made.append(SourceVillage(village.code, name, ur, village.place, village.boundary))
    return sorted(made, key=lambda village: village.code)


def _classes_of(town: _Town, *, is_seat: bool, left: LeftOut) -> NDArray[np.int64]:
    """Urban-rural classes: the file's, else by the village's name, else the nearer to the middle the more urban."""
    villages = town.villages
    if all(village.given_class for village in villages):
        return np.array([village.given_class for village in villages])
    left.classes += len(villages)
    order = np.arange(len(villages))
    if all(village.place for village in villages):
        at = _metres(villages)
        middle = at.mean(axis=0)
        order = np.argsort(np.argsort(((at - middle) ** 2).sum(axis=1), kind="stable"), kind="stable")
    share = order / len(villages)
    by_place = (
        np.where(share < _SEAT_URBAN, _URBAN, np.where(share < _SEAT_MIXED, _MIXED, _RURAL))
        if is_seat
        else np.where(order == 0, _MIXED, _RURAL)
    )
    named = [
        _URBAN if _COMMUNITY.search(v.name) else _RURAL if v.name.endswith("村") else 0 for v in villages
    ]
    return np.array(
        [v.given_class or own or at for v, own, at in zip(villages, named, by_place.tolist(), strict=True)]
    )
