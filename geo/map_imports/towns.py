"""乡镇 as a kind of import: limits or points of towns, which say to which town each atom belongs.

A town is a fact of its atoms and nothing by itself, so what changes is atoms: `town` and `town_code`. Limits decide
over whatever an atom says; points decide only where an atom names none of the towns of the file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely

from domain.shared.imports import values
from domain.shared.imports.borders import SHAPE
from domain.shared.imports.kinds import Brought, ImportKind, LaidOut, Present, Say, Together, Values, Wish
from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column
from domain.shared.sheets.records import Place, Reading, Record
from domain.shared.statements import Statement
from geo.coverage import pair_overlap_m2
from geo.map_imports import said
from geo.map_imports.atom_rows import DATED
from geo.map_imports.atoms import ATOMS_KIND, NO_TOWN, TOWN_DIGITS, point_of
from geo.map_imports.grids import taken_by_areas
from geo.map_imports.import_columns import TOWNS_COLUMNS, TOWNS_TITLE
from geo.map_imports.laying_out import Placed, datum_notes, with_shapes
from geo.map_imports.outlines import source_outline
from geo.map_imports.records import is_map, open_areas_or_points
from geo.map_imports.said import MapRefused
from geo.measuring import LocalPlane

_OFFICIAL_DIGITS = 12
_SHOWN = 8
_ATOMS = """
select a.code, a.lon_deg_wgs84, a.lat_deg_wgs84, st_asbinary(b.boundary_wgs84)
  from atoms a join atom_boundaries b on b.atom_id = a.id order by a.code
"""
_LISTED = """
select town_code, town, avg(lon_deg_wgs84), avg(lat_deg_wgs84) from atoms
 where to_on is null and town_code <> %(none)s group by town_code, town order by town_code, town
"""


@dataclass(frozen=True)
class Atom:
    """What of an atom says to which town it belongs."""

    code: str
    town_code: str
    town: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Town:
    """`code` is null where the file gives a name alone."""

    name: str
    code: str | None
    place: Place


def open_towns(brought: Brought, columns: Sequence[Column]) -> Reading:
    """A row a town, also where a map has its parts as features of their own."""
    reading = open_areas_or_points(brought, columns)
    if not is_map(brought.path):
        return reading
    merged: dict[tuple[str, str], Record] = {}
    alone: list[Record] = []
    for record in reading.records:
        town = (record.values.get("town_code", ""), record.values.get("town", ""))
        if record.problems or town == ("", ""):
            alone.append(record)
        elif town in merged:
            merged[town] = _joined(merged[town], record)
        else:
            merged[town] = record
    return Reading(iter([*merged.values(), *alone]), reading.notes, reading.problems)


def _joined(one: Record, other: Record) -> Record:
    parts = [shapely.from_wkb(record.values[SHAPE]) for record in (one, other)]
    if any(part.geom_type == "Point" for part in parts):
        return one
    whole = shapely.to_wkb(shapely.union_all(parts), hex=True)
    return replace(one, values={**one.values, SHAPE: whole})


def _read(texts: Mapping[str, str], _known: object, say: Say) -> Values:
    name = values.needed(texts.get("town", ""), "town", 60, say)
    code = _town_code(values.short(texts.get("town_code", ""), "town_code", 20, say) or "")
    shape = texts[SHAPE] or None if SHAPE in texts else point_of(texts, say)
    return {"code": code or name, "town": name, "town_code": code or None, SHAPE: shape}


def _town_code(code: str) -> str:
    """Official codes of towns are also written with the digits of a village, as noughts."""
    is_long = len(code) == _OFFICIAL_DIGITS and code.isdigit() and code.endswith("000")
    return code[:TOWN_DIGITS] if is_long else code


def _lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """A wish an atom, so that none ends. Raises `MapRefused` for what makes the file useless as a whole."""
    outline, found = source_outline(rows), rows.execute(_ATOMS)
    if outline is None or not found:
        raise MapRefused(said.TOWNS_BEFORE_ATOMS())
    atoms = [_atom(code, lon, lat, together.present) for code, lon, lat, _ in found]
    grounds = np.array([shapely.from_wkb(bytes(wkb)) for *_, wkb in found], dtype=object)
    placed = with_shapes(wishes, together)
    inside = [(wish, shape) for wish, shape in placed if shapely.intersects(outline, shape)]
    if placed and not inside:
        raise MapRefused(said.TOWNS_ELSEWHERE(towns=len(placed)))
    notes = datum_notes(inside, outline, together) if inside else []
    if len(inside) < len(placed):
        notes.append(said.TOWNS_OUTSIDE(towns=len(placed) - len(inside)))
    towns = _towns(inside, atoms)
    taken = _taken(inside, towns, atoms, grounds, notes)
    laid = [_wish(atom, taken.get(place)) for place, atom in enumerate(atoms)]
    without = [town.name for number, town in enumerate(towns) if town not in taken.values()]
    if without:
        notes.append(said.TOWNS_WITHOUT_ATOMS(towns=len(without), names=" ".join(without[:_SHOWN])))
    return LaidOut(laid, notes=notes)


def _atom(code: str, lon: float, lat: float, present: Present) -> Atom:
    now = present[(code,)]
    return Atom(code, now["town_code"], now["town"], lon, lat)


def _towns(inside: Placed, atoms: Iterable[Atom]) -> list[Town]:
    """Towns with codes: the file's, else the one that atoms have for the name, else the name itself."""
    known = {atom.town: atom.town_code for atom in atoms if atom.town_code != NO_TOWN}
    return [
        Town(wish.given["town"], wish.given["town_code"] or known.get(wish.given["town"]), wish.place)
        for wish, _ in inside
    ]


def _taken(
    inside: Placed, towns: Sequence[Town], atoms: Sequence[Atom], grounds: np.ndarray, notes: list[Statement]
) -> dict[int, Town]:
    """The town of each atom that has one, by the place of the atom in the list; appends what is to be told."""
    if any(shape.geom_type == "Point" for _, shape in inside):
        notes.append(said.TOWNS_BY_NEARNESS(towns=len(towns)))
        points = [shapely.point_on_surface(shape) for _, shape in inside]
        return dict(enumerate(nearest_towns(atoms, towns, [(point.x, point.y) for point in points])))
    limits = np.array([shape for _, shape in inside], dtype=object)
    overlap_m2 = pair_overlap_m2(limits) if len(limits) else 0.0
    if overlap_m2 >= 1.0:
        notes.append(said.TOWNS_OVERLAP(square_metres=round(overlap_m2)))
    most, cut, bare = taken_by_areas(grounds, limits)
    if cut:
        atom, shares = next(iter(cut.items()))
        told = " ".join(f"{towns[one].name} {share * 100:.0f}%" for one, share in shares)
        notes.append(said.TOWNS_CUT_ATOMS(atoms=len(cut), example=atoms[atom].code, shares=told))
    if bare and len(limits):
        notes.append(said.TOWNS_LEAVE_ATOMS(atoms=len(bare), example=atoms[bare[0]].code))
    return {atom: towns[one] for atom, one in most.items()}


def nearest_towns(
    atoms: Sequence[Atom], towns: Sequence[Town], places: Sequence[tuple[float, float]]
) -> list[Town]:
    """For each atom the town that it names by code or by name, else the one whose point (degrees) is nearest."""
    by_code = {town.code: town for town in towns if town.code}
    by_name = {town.name: town for town in towns}
    plane = LocalPlane(*np.array(places).mean(axis=0))
    tree = shapely.STRtree(shapely.points(plane.metres(np.array(places))))
    nearest = tree.nearest(shapely.points(plane.metres(np.array([(atom.lon, atom.lat) for atom in atoms]))))
    return [
        by_code.get(atom.town_code)
        or by_name.get(atom.town)
        or by_code.get(atom.code[:TOWN_DIGITS])
        or towns[int(near)]
        for atom, near in zip(atoms, nearest.tolist(), strict=True)
    ]


def _wish(atom: Atom, town: Town | None) -> Wish:
    if town is None:
        return Wish((atom.code,), {}, Place("", 0))
    return Wish((atom.code,), {"town": town.name, "town_code": town.code or town.name[:20]}, town.place)


def _listed(rows: Rows, _day: date) -> Present:
    """The towns of the atoms, for the template: each with a place amid them."""
    found = rows.execute(_LISTED, {"none": NO_TOWN})
    return {
        (code,): {"town_code": code, "town": town, "lon": round(lon, 5), "lat": round(lat, 5)}
        for code, town, lon, lat in found
    }


TOWNS_KIND = ImportKind(
    "towns",
    TOWNS_TITLE,
    TOWNS_COLUMNS,
    ("code",),
    "atoms",
    known=lambda _rows, _day: None,
    read=_read,
    present=ATOMS_KIND.present,
    write=ATOMS_KIND.write,
    take_back=ATOMS_KIND.take_back,
    ids=ATOMS_KIND.ids,
    since="since_on",
    dated=DATED,
    open=open_towns,
    lay_out=_lay_out,
    listed=_listed,
    is_map=True,
)
