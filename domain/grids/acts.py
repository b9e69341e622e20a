"""改方案的动作: what somebody does to a draft, as plain functions from a draft to an edit.

Every act leaves the draft tidy: a small grid that lost its last atom and a large one that lost its last small grid go
with the act that emptied them, and the town of a grid follows from its atoms. An act that would lay a grid across the
limit of a town or an outlet is refused where the plan does not allow it; a grid that lies across already may be mended
step by step.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.grids.drafts import LARGE, SMALL, Draft, DraftGrid, Edit, between, codes_of
from domain.grids.plan_errors import (
    LONGEST_NAME,
    AtomNotFound,
    AtomsNotInGrid,
    GridCodeNotValid,
    GridCodeTaken,
    GridCrossesOutlet,
    GridCrossesTown,
    GridLevelWrong,
    GridNeedsParts,
    GridNotInPlan,
    PlanNameNotValid,
    PlanReasonMissing,
)

LONGEST_REASON = 500
_CODE = re.compile(r"\w[\w.\-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class ActKind(StrEnum):
    """What was done; the words are the catalogue's."""

    ASSIGN = "ASSIGN"
    MAKE = "MAKE"
    SPLIT = "SPLIT"
    MERGE = "MERGE"
    REMOVE = "REMOVE"
    RENAME = "RENAME"
    GIVE = "GIVE"
    PUT = "PUT"
    SEAT = "SEAT"
    LIMITS = "LIMITS"
    REARRANGE = "REARRANGE"
    UNDO = "UNDO"
    REDO = "REDO"


@dataclass(frozen=True)
class Act:
    """An act on a draft. `what` names its grids in a sentence."""

    kind: ActKind
    what: str
    edit: Callable[[Draft], Edit]


def assign(atoms: Collection[int], grid: str | None) -> Act:
    """Atoms to a small grid, or to none."""

    def change(draft: Draft) -> Draft:
        if grid is not None:
            _grid(draft, grid, SMALL)
        return _moved(draft, dict.fromkeys(_known(draft, atoms), grid))

    return _act(ActKind.ASSIGN, grid or "", change)


def make(
    code: str,
    name: str,
    level: str,
    org_unit_id: int,
    *,
    atoms: Collection[int] = (),
    grids: Collection[str] = (),
) -> Act:
    """A new grid: a small one of atoms, a large one of small grids."""

    def change(draft: Draft) -> Draft:
        _free(draft, code)
        if not (atoms if level == SMALL else grids):
            raise GridNeedsParts
        made = DraftGrid(_named(name), level, org_unit_id, town_code="")
        with_it = replace(draft, grids={**draft.grids, code: made})
        if level == SMALL:
            return _moved(with_it, dict.fromkeys(_known(draft, atoms), code))
        return _below(with_it, grids, code)

    return _act(ActKind.MAKE, code, change)


def split(grid: str, code: str, name: str, atoms: Collection[int]) -> Act:
    """Some atoms of a grid become a grid of their own, with its outlet, its large grid and its posts."""

    def change(draft: Draft) -> Draft:
        whole = _grid(draft, grid, SMALL)
        _free(draft, code)
        members, part = draft.atoms_of(grid), _known(draft, atoms)
        if not part or not part < members:
            raise AtomsNotInGrid(grid)
        made = replace(whole, name=_named(name))
        with_it = replace(draft, grids={**draft.grids, code: made})
        return _moved(with_it, dict.fromkeys(part, code))

    return _act(ActKind.SPLIT, f"{grid} → {code}", change)


def merge(into: str, others: Collection[str]) -> Act:
    """Grids of one level become one, which keeps its name, outlet and posts."""

    def change(draft: Draft) -> Draft:
        kept = _grid(draft, into)
        joined = {code for code in others if code != into}
        for code in joined:
            _grid(draft, code, kept.level)
        if kept.level == LARGE:
            return _below(draft, {c for code in joined for c in draft.children_of(code)}, into)
        return _moved(draft, {atom: into for atom, grid in draft.grid_of.items() if grid in joined})

    return _act(ActKind.MERGE, f"{codes_of(others)} → {into}", change)


def remove(grid: str) -> Act:
    """A grid goes; its atoms, or its small grids, are left without one."""

    def change(draft: Draft) -> Draft:
        gone = _grid(draft, grid)
        if gone.level == LARGE:
            return _below(draft, draft.children_of(grid), None)
        return _moved(draft, dict.fromkeys(draft.atoms_of(grid)))

    return _act(ActKind.REMOVE, grid, change)


def rename(grid: str, name: str) -> Act:
    def change(draft: Draft) -> Draft:
        return _with(draft, {grid: replace(_grid(draft, grid), name=_named(name))})

    return _act(ActKind.RENAME, grid, change)


def give(grid: str, org_unit_id: int) -> Act:
    """A grid to another outlet; a large one with all its small ones."""

    def change(draft: Draft) -> Draft:
        _grid(draft, grid)
        given = {grid, *draft.children_of(grid)}
        return _with(draft, {c: replace(draft.grids[c], org_unit_id=org_unit_id) for c in given})

    return _act(ActKind.GIVE, grid, change)


def put(grids: Collection[str], large: str | None) -> Act:
    """Small grids into a large one, or out of all."""

    def change(draft: Draft) -> Draft:
        if large is not None:
            _grid(draft, large, LARGE)
        return _below(draft, grids, large)

    return _act(ActKind.PUT, f"{codes_of(grids)} → {large or ''}".rstrip(" →"), change)


def seat(grid: str, role: str, staff_id: int | None) -> Act:
    """Who is to sit on a post when the plan begins; None leaves it to whoever sits on it then."""

    def change(draft: Draft) -> Draft:
        sat = _grid(draft, grid, SMALL)
        return _with(draft, {grid: replace(sat, **{f"{role.lower()}_id": staff_id})})  # type: ignore[arg-type]

    return _act(ActKind.SEAT, grid, change)


def allow_crossing(reason: str | None) -> Act:
    """Grids may lie across limits, for a reason; without one they may not."""

    def change(draft: Draft) -> Draft:
        if reason is not None and not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise PlanReasonMissing
        return replace(draft, may_cross=reason and reason.strip())

    return _act(ActKind.LIMITS, "", change)


def rearrange(
    atoms: Mapping[int, str],
    a_posts: Mapping[str, int] | None = None,
    what: str = "",
    *,
    grids: Mapping[str, DraftGrid] | None = None,
) -> Act:
    """Many atoms to small grids that are there or new, and who is to sit on A of some, as one act: a proposal's."""

    def change(draft: Draft) -> Draft:
        for code in grids or {}:
            _free(draft, code)
        with_new = _with(draft, grids or {})
        for grid in {*atoms.values(), *(a_posts or {})}:
            _grid(with_new, grid, SMALL)
        _known(draft, atoms)
        seated = {grid: replace(with_new.grids[grid], a_id=staff) for grid, staff in (a_posts or {}).items()}
        return _moved(_with(with_new, seated), atoms)

    return _act(ActKind.REARRANGE, what, change)


def given_edit(kind: ActKind, what: str, edit: Edit) -> Act:
    """An edit that is known already, such as one that takes another back: nothing of it is judged or tidied anew."""
    return Act(kind, what, lambda _draft: edit)


def _act(kind: ActKind, what: str, change: Callable[[Draft], Draft]) -> Act:
    def edit(draft: Draft) -> Edit:
        after = tidied(change(draft))
        made = between(draft, after)
        _check_limits(draft, after, made)
        return made

    return Act(kind, what, edit)


def _grid(draft: Draft, code: str, level: str | None = None) -> DraftGrid:
    found = draft.grids.get(code)
    if found is None:
        raise GridNotInPlan(code)
    if level is not None and found.level != level:
        raise GridLevelWrong(code)
    return found


def _free(draft: Draft, code: str) -> None:
    if not _CODE.fullmatch(code) or len(code) > LONGEST_NAME:
        raise GridCodeNotValid
    if code in draft.grids:
        raise GridCodeTaken(code)


def _named(name: str) -> str:
    return checked_name(name)


def checked_name(name: str) -> str:
    """The name of a plan or a grid without what surrounds it."""
    if not 0 < len(name.strip()) <= LONGEST_NAME or _CONTROL.search(name):
        raise PlanNameNotValid
    return name.strip()


def _known(draft: Draft, atoms: Iterable[int]) -> frozenset[int]:
    known = frozenset(atoms)
    for atom in sorted(known):
        if atom not in draft.atoms:
            raise AtomNotFound(str(atom))
    return known


def _with(draft: Draft, grids: Mapping[str, DraftGrid]) -> Draft:
    return replace(draft, grids={**draft.grids, **grids})


def _moved(draft: Draft, atoms: Mapping[int, str | None]) -> Draft:
    grid_of = {**draft.grid_of, **atoms}
    return replace(draft, grid_of={atom: grid for atom, grid in grid_of.items() if grid is not None})


def _below(draft: Draft, grids: Iterable[str], large: str | None) -> Draft:
    return _with(draft, {code: replace(_grid(draft, code, SMALL), parent=large) for code in set(grids)})


def tidied(draft: Draft) -> Draft:
    """Without empty grids, and each grid with a town of its atoms: the one it had, or the first."""
    small = {code: grid for code, grid in draft.grids.items() if grid.level == SMALL}
    towns_of = towns(draft)
    kept = {code: grid for code, grid in small.items() if towns_of.get(code)}
    parents = {grid.parent for grid in kept.values()}
    kept |= {code: grid for code, grid in draft.grids.items() if grid.level == LARGE and code in parents}
    settled = {
        code: grid if grid.town_code in towns_of[code] else replace(grid, town_code=min(towns_of[code]))
        for code, grid in kept.items()
    }
    return replace(draft, grids=settled)


def towns(draft: Draft) -> dict[str, set[str]]:
    """The towns of the atoms of each grid, small and large."""
    found: dict[str, set[str]] = {}
    for atom, code in draft.grid_of.items():
        found.setdefault(code, set()).add(draft.atoms[atom].town_code)
    for code, grid in draft.grids.items():
        if grid.parent is not None:
            found.setdefault(grid.parent, set()).update(found.get(code, ()))
    return found


def outlets(draft: Draft) -> dict[str, set[int]]:
    """The outlets that work the atoms of each small grid under the plan in force. A large grid may lie over several."""
    found: dict[str, set[int]] = {}
    for atom, code in draft.grid_of.items():
        unit = draft.atoms[atom].org_unit_id
        if unit is not None:
            found.setdefault(code, set()).add(unit)
    return found


def _check_limits(before: Draft, after: Draft, made: Edit) -> None:
    """A grid that lay across a limit before may lie across less of it, and of nothing else."""
    if after.may_cross is not None or not (made.atoms or made.grids):
        return
    was = towns(before)
    for code, crossed in towns(after).items():
        if len(crossed) > 1 and not crossed <= was.get(code, set()):
            raise GridCrossesTown(code, codes_of(crossed))
    worked = outlets(before)
    for code, units in outlets(after).items():
        if len(units) > 1 and not units <= worked.get(code, set()):
            raise GridCrossesOutlet(code)
