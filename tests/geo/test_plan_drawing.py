"""A draft of the county's plan is checked and drawn: its shapes are the unions of its atoms, to the last bit."""

import numpy as np
import shapely

from domain.grids.acts import merge, split
from domain.grids.drafting import change_draft, make_draft, read_draft
from domain.grids.lifecycle import check_plan
from domain.shared.night import Connection
from domain.shared.rows import NightRows
from geo.coverage import difference_m2, union
from geo.locator import AtomIndex
from geo.plan_drawing import draw_plan


def test_shapes_of_a_changed_draft_are_the_unions_of_its_atoms(county: Connection) -> None:
    rows = NightRows(county)
    ((base,),) = rows.execute("select id from plan_in_force")
    ((staff,),) = rows.execute("select min(id) from staff")
    plan = make_draft(rows, "新方案", staff, base)
    draft = read_draft(rows, plan)
    small = sorted(code for code, grid in draft.grids.items() if grid.level == "SMALL")
    one, other = next(
        (a, b) for a in small for b in small
        if a < b and draft.grids[a].parent == draft.grids[b].parent
        and _touch(rows, draft.atoms_of(a), draft.atoms_of(b))
    )  # fmt: skip
    change_draft(rows, plan, merge(one, [other]), by_id=staff, version=0)
    apart = next(code for code in small if code not in (one, other) and len(draft.atoms_of(code)) == 2)
    change_draft(
        rows, plan, split(apart, "新-1", "新一", [min(draft.atoms_of(apart))]), by_id=staff, version=1
    )
    proof = check_plan(rows, plan, 2)
    assert (proof["atoms_without_grid"], proof["overlap_m2"], proof["small_grids"]) == (0, 0.0, len(small))
    assert draw_plan(rows, plan) == len(read_draft(rows, plan).grids)

    index = AtomIndex.read(county)
    place = {int(atom): i for i, atom in enumerate(index.ids)}
    drawn = county.execute(
        """select g.code, st_asbinary(b.boundary_wgs84), st_srid(b.boundary_3857)
             from grids g join grid_boundaries b on b.grid_id = g.id where g.plan_id = %s and g.code = any(%s)""",
        [plan, [one, apart, "新-1", draft.grids[one].parent, small[-1]]],
    ).fetchall()
    assert len(drawn) == 5
    now = read_draft(rows, plan)
    for code, shape, srid in drawn:
        members = now.atoms_of(code).union(*(now.atoms_of(child) for child in now.children_of(code)))
        joined = union(index.boundaries[np.array([place[atom] for atom in members])])
        assert difference_m2(joined, shapely.from_wkb(bytes(shape))) == 0.0, code
        assert srid == 3857


def _touch(rows: NightRows, one: frozenset[int], other: frozenset[int]) -> bool:
    found = rows.execute(
        "select 1 from atom_borders where atom_id = any(%(a)s) and other_id = any(%(b)s) limit 1",
        {"a": list(one), "b": list(other)},
    )
    return bool(found)
