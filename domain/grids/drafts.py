"""方案草稿 as plain values: which grids there are and which grid each atom belongs to, and what an edit makes of them.

An edit says what some grids and atoms are afterwards, so that what takes it back is an edit as well. Grids are named by
their codes: a code that goes and comes back is the same grid.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

LARGE, SMALL = "LARGE", "SMALL"
Json = dict[str, Any]


@dataclass(frozen=True)
class DraftGrid:
    """A grid of a plan that is still made. `parent` is the code of a large grid, `origin` that of the grid of the plan
    in force whose posts go on here; `a_id` and `b_id` are members of staff who are to sit there instead."""

    name: str
    level: str
    org_unit_id: int
    town_code: str
    parent: str | None = None
    origin: str | None = None
    a_id: int | None = None
    b_id: int | None = None


@dataclass(frozen=True)
class DraftAtom:
    """What of an atom limits a plan: its town, and the outlet that works it under the plan in force (None: nobody)."""

    code: str
    town_code: str
    org_unit_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """`grid_of` names the small grid of each atom that has one. `may_cross` is the reason for which grids may lie
    across the limit of a town or an outlet; without one none may."""

    grids: Mapping[str, DraftGrid]
    grid_of: Mapping[int, str]
    atoms: Mapping[int, DraftAtom]
    may_cross: str | None = None

    def atoms_of(self, code: str) -> frozenset[int]:
        return frozenset(atom for atom, grid in self.grid_of.items() if grid == code)

    def children_of(self, code: str) -> frozenset[str]:
        return frozenset(child for child, grid in self.grids.items() if grid.parent == code)


@dataclass(frozen=True)
class Edit:
    """What some grids and atoms are afterwards; None where one is no more, or where an atom belongs to no grid."""

    grids: Mapping[str, DraftGrid | None] = field(default_factory=dict)
    atoms: Mapping[int, str | None] = field(default_factory=dict)
    limits: tuple[str | None] | None = None
    """The reason for which grids may cross limits, in a pair of brackets; None leaves it as it is."""

    @property
    def is_empty(self) -> bool:
        return not (self.grids or self.atoms or self.limits)

    def as_json(self) -> Json:
        """The form in which a row keeps it."""
        kept: Json = {
            "grids": {code: None if grid is None else asdict(grid) for code, grid in self.grids.items()},
            "atoms": {str(atom): grid for atom, grid in self.atoms.items()},
        }
        return kept if self.limits is None else {**kept, "may_cross": self.limits[0]}

    @classmethod
    def of_json(cls, kept: Json) -> "Edit":
        return cls(
            {code: None if grid is None else DraftGrid(**grid) for code, grid in kept["grids"].items()},
            {int(atom): grid for atom, grid in kept["atoms"].items()},
            (kept["may_cross"],) if "may_cross" in kept else None,
        )


def edited(draft: Draft, edit: Edit) -> Draft:
    """The draft after an edit."""
    grids = {**draft.grids, **edit.grids}
    grid_of = {**draft.grid_of, **edit.atoms}
    return replace(
        draft,
        grids={code: grid for code, grid in grids.items() if grid is not None},
        grid_of={atom: grid for atom, grid in grid_of.items() if grid is not None},
        may_cross=draft.may_cross if edit.limits is None else edit.limits[0],
    )


def as_it_was(draft: Draft, edit: Edit) -> Edit:
    """The edit that takes another back, as the draft is before that one."""
    return Edit(
        {code: draft.grids.get(code) for code in edit.grids},
        {atom: draft.grid_of.get(atom) for atom in edit.atoms},
        None if edit.limits is None else (draft.may_cross,),
    )


def between(before: Draft, after: Draft) -> Edit:
    """The edit that makes one draft of the other."""
    codes = before.grids.keys() | after.grids.keys()
    atoms = before.grid_of.keys() | after.grid_of.keys()
    return Edit(
        {c: after.grids.get(c) for c in sorted(codes) if before.grids.get(c) != after.grids.get(c)},
        {a: after.grid_of.get(a) for a in sorted(atoms) if before.grid_of.get(a) != after.grid_of.get(a)},
        None if before.may_cross == after.may_cross else (after.may_cross,),
    )


def touched(edit: Edit, back: Edit) -> frozenset[str]:
    """Names of what an edit changes, `back` being what takes it back: two edits that share one may contradict."""
    grids = {*edit.grids, *edit.atoms.values(), *back.atoms.values()} - {None}
    atoms = {f"atom {atom}" for atom in edit.atoms}
    return frozenset({f"grid {code}" for code in grids} | atoms | ({"limits"} if edit.limits else set()))


def codes_of(grids: Iterable[str], most: int = 5) -> str:
    """Some codes for a sentence, with a sign where there are more."""
    listed = sorted(grids)
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")
