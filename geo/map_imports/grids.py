"""网格 as a kind of import: a list of atoms and grids, or areas whose atoms are taken by where each atom lies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely

from domain.grids.grid_lists import (
    atoms_in,
    completed,
    giving_away,
    present_grids,
    take_grids_back,
    write_grids,
)
from domain.grids.import_columns import GRIDS_COLUMNS, GRIDS_TITLE, LEVELS
from domain.shared.imports import problems, values
from domain.shared.imports.borders import SHAPE
from domain.shared.imports.kinds import (
    Brought,
    Change,
    ImportKind,
    LaidOut,
    Present,
    Say,
    Together,
    Values,
    Wish,
)
from domain.shared.in_service import is_in_service
from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column
from domain.shared.sheets.records import Place, Problem, Reading, Record, read_records
from domain.shared.statements import Statement
from geo.datum import Datum
from geo.map_imports import said
from geo.map_imports.outlines import refuse_other_datum, source_outline
from geo.map_imports.records import features_of, is_map, rows_of
from geo.measuring import areas_m2
from geo.reading.features import Wanted

WHOLE_SHARE = 0.98
"""An atom that lies in one area to less than this is cut by its limit, and told."""
_BETWEEN = re.compile(r"[\s,;\uff0c\uff1b\u3001]+")


@dataclass(frozen=True)
class GridsKnown:
    """Codes of units and atoms, staff with whether they work here."""

    units: frozenset[str]
    staff: Mapping[str, bool]
    atoms: frozenset[str]


def _known(rows: Rows, day: date) -> GridsKnown:
    today = {"day": day}
    units = "select code from org_units where to_on is null or to_on > cast(%(day)s as date)"
    staff = f"select s.number, {is_in_service('s', 'cast(%(day)s as date)')} from staff s"  # noqa: S608
    return GridsKnown(
        frozenset(code for (code,) in rows.execute(units, today)),
        dict(rows.execute(staff, today)),
        frozenset(code for (code,) in rows.execute("select code from atoms where to_on is null")),
    )


def _open(brought: Brought, columns: Sequence[Column]) -> Reading:
    """A row a grid, whether the list has one a grid or one an atom."""
    if is_map(brought.path):
        found = features_of(brought, Wanted.AREAS)
        return rows_of(found, columns)
    reading = read_records(brought.path, columns, brought.name)
    merged: dict[str, Record] = {}
    records: list[Record] = []
    for record in reading.records:
        code = record.values.get("code", "")
        first = merged.get(code)
        if first is None or not code:
            merged[code] = record
            records.append(record)
            continue
        merged[code] = _merged(first, record)
    taken = [
        merged.get(one.values.get("code", ""), one) if one.values.get("code") else one for one in records
    ]
    return Reading(iter(taken), reading.notes, reading.problems)


def _merged(one: Record, other: Record) -> Record:
    """Rows of one grid: their atoms together; what two rows say of the grid has to be the same."""
    found, wrong = dict(one.values), [*one.problems, *other.problems]
    for key, text in other.values.items():
        if key == "atoms":
            found[key] = f"{found.get(key, '')} {text}".strip()
        elif text and not found.get(key):
            found[key] = text
        elif text and text != found[key]:
            wrong.append(Problem(other.place(key), problems.TWICE(first=str(one.place(key)))))
    return replace(one, values=found, problems=tuple(wrong))


def _read(texts: Mapping[str, str], known: GridsKnown, say: Say) -> Values:
    found: Values = {"code": values.needed(texts.get("code", ""), "code", 40, say)}
    if texts.get("name"):
        found["name"] = values.short(texts["name"], "name", 40, say)
    if texts.get("level"):
        found["level"] = values.one_of(texts["level"], "level", LEVELS, say)
    if "parent" in texts:
        found["parent"] = texts["parent"] or None
    if texts.get("outlet"):
        found["outlet"] = texts["outlet"]
        if texts["outlet"] not in known.units:
            say("outlet", problems.NOT_KNOWN(given=texts["outlet"][:40]))
    for post in ("a", "b"):
        number = texts.get(post)
        if number:
            found[post] = number
            if not known.staff.get(number, False):
                wrong = problems.HAS_ENDED if number in known.staff else problems.NOT_KNOWN
                say(post, wrong(given=number[:40]))
    if found.get("a") and found.get("a") == found.get("b"):
        say("b", problems.SAME_PERSON(given=found["a"]))
    if SHAPE in texts:
        found[SHAPE] = texts[SHAPE]
    elif "atoms" in texts:
        listed = sorted({one for one in _BETWEEN.split(texts["atoms"]) if one})
        for one in (one for one in listed if one not in known.atoms):
            say("atoms", problems.NOT_KNOWN(given=one[:40]))
        found["atoms"] = " ".join(listed) or None
    return found


_ATOMS = """
select a.code, st_asbinary(b.boundary_wgs84) from atoms a join atom_boundaries b on b.atom_id = a.id order by a.code
"""


def _lay_out(rows: Rows, wishes: Sequence[Wish], together: Together) -> LaidOut:
    """Atoms of areas, and atoms that two rows claim."""
    if not is_map(together.brought.path):
        return _once(wishes, (), together)
    notes: list[Statement] = []
    small = [one for one in wishes if one.given.get("level") != "LARGE"]
    outline = source_outline(rows)
    shapes = np.array([shapely.from_wkb(one.given[SHAPE]) for one in small], dtype=object)
    if outline is not None and len(small):
        whole = shapely.union_all(shapes)
        if whole.area > 0.5 * outline.area:
            refuse_other_datum(whole, outline, Datum(together.brought.datum or Datum.WGS84))
    found = rows.execute(_ATOMS)
    atoms = np.array([shapely.from_wkb(bytes(wkb)) for _, wkb in found], dtype=object)
    taken, cut, bare = taken_by_areas(atoms, shapes)
    codes = [code for code, _ in found]
    for atom, shares in list(cut.items())[:_SHOWN]:
        told = " ".join(f"{small[grid].key[0]} {share * 100:.0f}%" for grid, share in shares)
        notes.append(said.ATOM_CUT(atom=codes[atom], shares=told))
    if len(cut) > _SHOWN:
        notes.append(said.ATOMS_CUT(atoms=len(cut)))
    if bare:
        notes.append(said.ATOMS_BARE(atoms=len(bare), example=codes[bare[0]]))
    members: dict[int, list[str]] = {}
    for atom, grid in taken.items():
        members.setdefault(grid, []).append(codes[atom])
    of = {one.key: " ".join(sorted(members.get(place, []))) or None for place, one in enumerate(small)}
    laid = [
        Wish(
            one.key,
            {k: v for k, v in {**one.given, "atoms": of.get(one.key)}.items() if k != SHAPE},
            one.place,
        )
        for one in wishes
    ]
    return _once(laid, notes, together)


_SHOWN = 20


def taken_by_areas(
    atoms: np.ndarray, areas: np.ndarray
) -> tuple[dict[int, int], dict[int, list[tuple[int, float]]], list[int]]:
    """The area that has the most of each atom; the shares of atoms that are cut by a limit; atoms in no area."""
    if not len(areas) or not len(atoms):
        return {}, {}, list(range(len(atoms)))
    at, area = shapely.STRtree(areas).query(atoms, predicate="intersects")
    shared = areas_m2(shapely.intersection(atoms[at], areas[area])) / areas_m2(atoms)[at]
    shares: dict[int, list[tuple[int, float]]] = {}
    for atom, one, share in zip(at.tolist(), area.tolist(), shared.tolist(), strict=True):
        if share > 1e-6:
            shares.setdefault(atom, []).append((one, share))
    ordered = {
        atom: sorted(found, key=lambda one: (-one[1], one[0])) for atom, found in sorted(shares.items())
    }
    cut = {atom: found for atom, found in ordered.items() if found[0][1] < WHOLE_SHARE}
    return (
        {a: found[0][0] for a, found in ordered.items()},
        cut,
        [a for a in range(len(atoms)) if a not in ordered],
    )


def _once(wishes: Sequence[Wish], notes: Sequence[Statement], together: Together) -> LaidOut:
    """An atom belongs to one grid: the second row that names it is refused."""
    owner: dict[str, Wish] = {}
    wrong: list[Problem] = []
    refused = set()
    for wish in wishes:
        twice = [atom for atom in atoms_in(wish.given) if owner.setdefault(atom, wish) is not wish]
        if twice:
            other = owner[twice[0]].key[0]
            wrong.append(Problem(wish.place, said.ATOM_TWICE(atom=twice[0], other=other)))
            refused.add(wish.key)
    left = [wish for wish in wishes if wish.key not in refused]
    others = [] if together.brought.is_whole else giving_away(left, together)
    return LaidOut([*left, *others], wrong, frozenset(refused), notes)


def _check(
    _rows: Rows, changes: Sequence[Change], present: Present, _day: date
) -> Sequence[tuple[Change, Problem]]:
    """A grid has an outlet, a small one atoms, a parent that is a large grid."""
    after = present | {one.key: one.after for one in changes}
    wrong: list[tuple[Change, Problem]] = []
    parents = {values.get("parent") for values in after.values()}
    for one in changes:
        place = one.place or Place("", 0)
        parent = one.after.get("parent")
        if one.after.get("to_on"):
            continue
        if not one.after.get("outlet"):
            wrong.append((one, Problem(place, said.GRID_WITHOUT_OUTLET())))
        elif parent and after.get((parent,), {}).get("level") != "LARGE":
            wrong.append((one, Problem(place, said.GRID_PARENT(parent=parent))))
        elif one.before is None and one.after["level"] == "SMALL" and not atoms_in(one.after):
            wrong.append((one, Problem(place, said.GRID_WITHOUT_ATOMS())))
        elif one.before is None and one.after["level"] == "LARGE" and one.key[0] not in parents:
            wrong.append((one, Problem(place, said.GRID_WITHOUT_SMALL())))
    return wrong


GRIDS_KIND = ImportKind(
    "grids",
    GRIDS_TITLE,
    GRIDS_COLUMNS,
    ("code",),
    "grids",
    known=_known,
    read=_read,
    present=present_grids,
    write=write_grids,
    take_back=take_grids_back,
    ids=lambda _rows, _keys: {},
    check=_check,
    complete=completed,
    open=_open,
    lay_out=_lay_out,
    is_map=True,
)
