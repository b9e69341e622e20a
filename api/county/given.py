"""A county from files that somebody brings: an outline, and towns and villages where there are some.

What is wrong with a file is said with its place and ends the reading; what was mended is listed. Names that no file has
are numbers (第一镇, 第三村): no real name is invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from api.county.given_places import LeftOut, places_of
from api.county.region import NOBODYS_CODE, UNNAMED, Region
from api.county.scale import MOST_TOWNS, MOST_VILLAGES, scale_of
from api.county.sources import CountySource, read_outline
from api.local.refusal import CannotGoOn
from api.local.words import say, t
from geo.coverage import gaps, pair_overlap_m2
from geo.datum import Datum
from geo.datum_fit import BetterDatum, better_datum
from geo.importing import as_multipolygon
from geo.measuring import area_m2, areas_m2
from geo.mending import at_text, without_slivers
from geo.reading import columns, said
from geo.reading.features import Feature, Features, Finding, Wanted
from geo.reading.read import read_features

LEAST_KM2, MOST_KM2 = 0.1, 100_000.0
_SHOWN_FINDINGS = 3
_HARMLESS = frozenset({"MAP_EMPTY", "MAP_ELSEWHERE", "MAP_NOT_A_NUMBER"})
"""Villages without a place, or with one that cannot be: they are left out and listed, the others are used."""


@dataclass(frozen=True)
class GivenFiles:
    """What `--outline` and its companions named. `county` picks features of the outline by name or code."""

    outline: Path
    datum: Datum
    county: str | None = None
    towns: Path | None = None
    villages: Path | None = None


@dataclass(frozen=True, eq=False)
class GivenCounty:
    """The county and, in the terminal's language, what was mended, left out and assumed, a line each."""

    source: CountySource
    notes: tuple[str, ...]


def read_county(files: GivenFiles) -> GivenCounty:
    """Raises CannotGoOn with everything that is wrong, each with its place."""
    notes: list[str] = []
    found = read_features(files.outline, files.datum, Wanted.AREAS)
    chosen = _chosen(found, files)
    _tell(files.outline, _about(found, chosen, files.county), notes, frozenset())
    outline = _outline(chosen, notes)
    _check_size(outline, files.outline)
    region = _region(chosen, outline)
    towns = _places(files.towns, files.datum, outline, notes)
    villages = _places(files.villages, files.datum, outline, notes)
    _check_datum(outline, [features for features in (towns, villages) if features], files.datum, notes)
    towns = _fitted(files.towns, towns, outline, notes)
    villages = _fitted(files.villages, villages, outline, notes)
    left = LeftOut()
    seed = int(region.code)
    made = places_of(region.code, outline, towns, villages, seed, left)
    notes += left.lines()
    if len(made.towns) > MOST_TOWNS or len(made.villages) > MOST_VILLAGES:
        raise CannotGoOn(
            t("given_county.too_many", towns=len(made.towns), villages=len(made.villages),
              most_towns=MOST_TOWNS, most_villages=MOST_VILLAGES)
        )  # fmt: skip
    area = area_m2(outline)
    scale = scale_of(area / 1e6, towns=len(made.towns), villages=len(made.villages))
    source = CountySource(
        region=region,
        outline=outline,
        towns=made.towns,
        villages=made.villages,
        seat=(made.seat,),
        scale=scale,
        seed=seed,
        spacing_m=float(np.sqrt(area / scale.samples)),
    )
    return GivenCounty(source, tuple(dict.fromkeys(notes)))


def _about(found: Features, chosen: list[Feature], county: str | None) -> Features:
    """What was found of the chosen features alone, and of the file."""
    if county is None or not chosen:
        return found
    places = {feature.place for feature in chosen}
    return replace(
        found,
        mended=tuple(finding for finding in found.mended if finding.place in (None, *places)),
        problems=tuple(
            finding
            for finding in found.problems
            if finding.place is None or finding.place.name in (county, "")
        ),
    )


def _tell(path: Path, found: Features, notes: list[str], harmless: frozenset[str]) -> None:
    """Notes what was mended. Raises CannotGoOn for what makes the file useless."""
    grave = [finding for finding in found.problems if finding.said.code not in harmless]
    if grave or not found.features:
        lines = _lines(path, grave or found.problems)
        raise CannotGoOn(
            "\n".join([t("given_county.cannot_use", file=path.name), *lines, t("given_county.what_to_do")])
        )
    notes += _lines(path, [*found.mended, *found.problems])


def _lines(path: Path, findings: Sequence[Finding]) -> list[str]:
    """One line a finding, kind by kind: file, place, sentence; of many of a kind the first, and how many more."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.said.code, []).append(finding)
    lines: list[str] = []
    for of_kind in kinds.values():
        for finding in of_kind[:_SHOWN_FINDINGS]:
            place = f" {say(finding.place.said).strip()}" if finding.place else ""
            lines.append(f"{path.name}{place}{t('given_county.colon')}{say(finding.said)}")
        if (more := len(of_kind) - _SHOWN_FINDINGS) > 0:
            lines.append(t("given_county.more_of_the_kind", file=path.name, more=f"{more:,}"))
    return lines


def _chosen(found: Features, files: GivenFiles) -> list[Feature]:
    features = found.features
    if files.county is None:
        return list(features)
    wanted = files.county.strip()
    chosen = [
        f
        for f in features
        if wanted in (f.first(columns.NAME), f.first(columns.CODE), f.first(columns.COUNTY))
    ]
    if not chosen:
        _tell(files.outline, found, [], frozenset())  # it may be the one that could not be read
        names = [f.first(columns.NAME) or f.first(columns.CODE) for f in features]
        raise CannotGoOn(
            t("given_county.no_such_county", file=files.outline.name, county=wanted,
              names=t("lists.separator").join(dict.fromkeys(name for name in names[:40] if name)))
        )  # fmt: skip
    return chosen


def _outline(features: list[Feature], notes: list[str]) -> shapely.MultiPolygon:
    """All features as one area. Holes are said: slits are filled, larger ones (a gap, an enclave) stay outside."""
    shapes = np.array([feature.shape for feature in features])
    if len(shapes) == 1:
        return as_multipolygon(shapes[0])
    overlap_m2 = pair_overlap_m2(shapes)
    whole = shapely.union_all(shapes)
    if overlap_m2 >= 1.0:
        notes.append(t("given_county.overlap", square_metres=f"{overlap_m2:,.0f}"))
    parts, statements = without_slivers(shapely.get_parts(whole).tolist())
    notes += [say(statement) for statement in statements]
    for hole in (shapely.Polygon(ring) for part in parts for ring in part.interiors):
        at = at_text(*shapely.get_coordinates(shapely.point_on_surface(hole))[0])
        notes.append(t("given_county.gap", at=at, square_metres=f"{area_m2(hole):,.0f}"))
    notes.append(t("given_county.joined", features=len(features)))
    return shapely.orient_polygons(shapely.MultiPolygon(parts))


def _check_size(outline: shapely.Geometry, path: Path) -> None:
    km2 = area_m2(outline) / 1e6
    if not LEAST_KM2 <= km2 <= MOST_KM2:
        at = at_text(*shapely.get_coordinates(outline.centroid)[0])
        raise CannotGoOn(
            t("given_county.size", file=path.name, km2=f"{km2:,.3f}", at=at,
              least=f"{LEAST_KM2:g}", most=f"{MOST_KM2:,.0f}")
        )  # fmt: skip


def _region(features: list[Feature], outline: shapely.Geometry) -> Region:
    """Names and code as far as the file has them."""
    city, province = _in_common(features, columns.CITY), _in_common(features, columns.PROVINCE)
    name = _in_common(features, columns.NAME) or _in_common(features, columns.COUNTY)
    if not name:  # several counties are a city, or a province
        name, city = city or province, ""
    _west, south, _east, north = outline.bounds
    return Region(
        code=_code([feature.first(columns.CODE) for feature in features]),
        county=name or UNNAMED,
        city="" if city in (name, province) else city,
        province="" if province == name else province,
        middle_lat_deg=(south + north) / 2.0,
        elsewhere_deg=max(0.6, north - south + 0.1),
    )


def _in_common(features: list[Feature], names: Sequence[str]) -> str:
    """What all features say."""
    said_by_them = {feature.first(names) for feature in features}
    return said_by_them.pop() if len(said_by_them) == 1 else ""


def _code(codes: list[str]) -> str:
    """Six digits of a division that there may be; of several what they begin with in common; else nobody's."""
    if not all(len(code) in (6, 9, 12) and code.isdigit() and "11" <= code[:2] <= "65" for code in codes):
        return NOBODYS_CODE
    same = next((digits for digits in (6, 4, 2) if len({code[:digits] for code in codes}) == 1), 0)
    return f"{codes[0][:same]:0<6}" if same else NOBODYS_CODE


def _places(
    path: Path | None, datum: Datum, outline: shapely.Geometry, notes: list[str]
) -> tuple[Feature, ...] | None:
    """Features of towns or villages that lie in the outline: all points, or all areas."""
    if path is None:
        return None
    found = read_features(path, datum, Wanted.AREAS_OR_POINTS)
    _tell(path, found, notes, _HARMLESS)
    features = found.features
    if any(feature.shape.geom_type == "Point" for feature in features):
        features = tuple(replace(f, shape=shapely.point_on_surface(f.shape)) for f in features)
    shapely.prepare(outline)
    inside = tuple(f for f in features if shapely.intersects(outline, shapely.point_on_surface(f.shape)))
    if not inside:
        raise CannotGoOn(t("given_county.nothing_inside", file=path.name, features=f"{len(features):,}"))
    if len(inside) < len(features):
        outside = len(features) - len(inside)
        notes.append(
            t("given_county.outside", file=path.name, outside=f"{outside:,}", inside=f"{len(inside):,}")
        )
    return inside


def _fitted(
    path: Path | None, features: tuple[Feature, ...] | None, outline: shapely.Geometry, notes: list[str]
) -> tuple[Feature, ...]:
    """The features as they lie in the outline; what areas lack or have twice is noted."""
    if path is None or features is None or features[0].shape.geom_type == "Point":
        return features or ()
    notes += _fit(path, features, outline)
    return tuple(replace(f, shape=_within(f.shape, outline)) for f in features)


def _within(area: shapely.Geometry, outline: shapely.Geometry) -> shapely.Geometry:
    """An area as far as it lies in the outline; untouched where that is all of it."""
    return area if shapely.covers(outline, area) else as_multipolygon(shapely.intersection(area, outline))


def _fit(path: Path, features: tuple[Feature, ...], outline: shapely.Geometry) -> list[str]:
    """How areas lie over one another, and what of the outline none of them has."""
    shapes = np.array([feature.shape for feature in features])
    told: list[str] = []
    overlap_m2 = pair_overlap_m2(shapes)
    if overlap_m2 >= 1.0:
        told.append(t("given_county.areas_overlap", file=path.name, square_metres=f"{overlap_m2:,.0f}"))
    bare = gaps(shapes, outline)
    bare_m2 = float(areas_m2(bare).sum())
    if bare_m2 >= 1.0:
        at = at_text(*shapely.get_coordinates(shapely.point_on_surface(bare[0]))[0])
        told.append(t("given_county.uncovered", file=path.name, square_metres=f"{bare_m2:,.0f}", at=at))
    return told


def _check_datum(
    outline: shapely.Geometry, others: list[tuple[Feature, ...]], datum: Datum, notes: list[str]
) -> None:
    """Against what is known: the shipped county's own limits, and the limits of towns and villages."""
    _code, _name, shipped = read_outline()
    if shapely.intersection(outline, shipped).area > 0.8 * max(outline.area, shipped.area):
        _refuse_better(better_datum(outline, shipped, datum), datum)
        return
    limits = [features for features in others if features[0].shape.geom_type != "Point"]
    for features in limits:
        whole = shapely.union_all(np.array([feature.shape for feature in features]))
        if whole.area > 0.5 * outline.area:
            _refuse_better(better_datum(whole, outline, datum), datum)
            return
    notes.append(say(said.MAP_DATUM_NOT_CHECKED(said=datum.value)))


def _refuse_better(better: BetterDatum | None, datum: Datum) -> None:
    if better is not None:
        fits = said.MAP_DATUM_DOES_NOT_FIT(
            said=datum.value, fits=better.datum.value, metres=round(better.off_by_m)
        )
        raise CannotGoOn(say(fits))
