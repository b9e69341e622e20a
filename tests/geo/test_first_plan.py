"""A first plan over two towns on a chessboard, with an island, and in a database as an act on an empty draft."""

from dataclasses import replace

import numpy as np
import psycopg
import pytest

from domain.grids.acts import Act
from domain.grids.drafting import change_draft, make_draft, read_draft, undo
from domain.grids.drafts import LARGE, SMALL, Draft, DraftAtom, edited
from domain.grids.findings import findings
from domain.grids.lifecycle import check_plan
from domain.grids.plan_errors import (
    FirstPlanNotFirst,
    FirstPlanWithoutAtoms,
    FirstPlanWithoutOutlets,
    GridsPerOutletNotValid,
    OutletsWithoutPlace,
)
from domain.shared.rows import NightRows
from geo.first_plan.cutting import cut
from geo.first_plan.ground import FirstGround, GroundAtom, GroundOutlet
from geo.first_plan.outlets import share_among_outlets
from geo.first_plan.proposing import drawn_up, first_plan
from tests.domain.small_bank import SmallBank, insert

WIDE, HIGH = 12, 6
EAST, WEST = "t2", "t1"
WEST_ONE = GroundOutlet(101, "o1", WEST, (0.0, 0.0), (11, 12, 13))
WEST_TWO = GroundOutlet(102, "o2", WEST, (5000.0, 5000.0), (21, 22))
EAST_ONE = GroundOutlet(103, "o3", EAST, (11000.0, 0.0), (31, 32, 33, 34))


def ground(*outlets: GroundOutlet, exclave: bool = False) -> FirstGround:
    """72 atoms of 1 km, the western half one town and the eastern the other, and an island of two off the east; with
    an exclave, a corner of the west belongs to the eastern town."""
    places = [(x, y) for y in range(HIGH) for x in range(WIDE)] + [(14, 0), (15, 0)]
    number = {place: i for i, place in enumerate(places)}
    neighbours: list[dict[int, float]] = [{} for _ in places]
    for (x, y), i in number.items():
        for other in ((x + 1, y), (x, y + 1)):
            if other in number:
                j = number[other]
                neighbours[i][j] = neighbours[j][i] = 1000.0
    towns = [EAST if x >= WIDE // 2 or (exclave and x < 2 and y >= 4) else WEST for x, y in places]
    atoms = tuple(
        GroundAtom(i + 1, f"组{i}", f"村{towns[i]}", towns[i], towns[i]) for i in range(len(places))
    )
    return FirstGround(
        atoms,
        np.array(places) * 1000.0,
        np.full(len(places), 20.0),
        neighbours,
        outlets or (WEST_ONE, WEST_TWO, EAST_ONE),
    )


def proposed(of: FirstGround, grids: int | None = None) -> Act:
    return drawn_up(of, cut(of, share_among_outlets(of), grids))


def drawn(of: FirstGround, grids: int | None = None) -> Draft:
    empty = Draft({}, {}, {atom.id: DraftAtom(atom.name, atom.town_code) for atom in of.atoms})
    return edited(empty, proposed(of, grids).edit(empty))


def wrong(of: FirstGround, draft: Draft) -> list[str]:
    borders = {i + 1: [j + 1 for j in around] for i, around in enumerate(of.neighbours)}
    return [one.code for one in findings(draft, borders)]


def small_of(draft: Draft, outlet: GroundOutlet) -> list[str]:
    return [c for c, grid in draft.grids.items() if (grid.level, grid.org_unit_id) == (SMALL, outlet.id)]


def large_of(draft: Draft) -> list[tuple[int, str]]:
    return sorted((g.org_unit_id, g.town_code) for g in draft.grids.values() if g.level == LARGE)


def test_every_outlet_has_a_grid_for_each_of_its_managers() -> None:
    of = ground()
    draft = drawn(of)
    assert wrong(of, draft) == []
    assert len(draft.grid_of) == len(of.atoms)
    for outlet in of.outlets:
        mine = small_of(draft, outlet)
        assert sorted(draft.grids[code].a_id or 0 for code in mine) == list(outlet.managers)
        sizes = [len(draft.atoms_of(code)) for code in mine]
        assert max(sizes) - min(sizes) <= 2, "even ground, even grids"
    assert large_of(draft) == [(101, WEST), (102, WEST), (103, EAST)]
    assert {g.name for g in draft.grids.values() if g.level == LARGE} == {
        "t11号大网格",
        "t12号大网格",
        "t2大网格",
    }
    nearest = of.points_m[
        [i for i, atom in enumerate(of.atoms) if draft.grid_of[atom.id] in small_of(draft, WEST_ONE)]
    ]
    assert nearest.sum(axis=1).max() <= 5000, "to the nearest outlet of the town"
    assert proposed(of).edit(Draft({}, {}, draft.atoms)) == proposed(ground()).edit(
        Draft({}, {}, draft.atoms)
    )


def test_the_heavy_corner_gets_smaller_grids() -> None:
    of = ground(WEST_ONE, EAST_ONE)
    heavy = np.where(of.points_m.sum(axis=1) < 3000, 100.0, 1.0)
    draft = drawn(replace(of, weights=heavy))
    sizes = [len(draft.atoms_of(code)) for code in small_of(draft, WEST_ONE)]
    assert max(sizes) > 3 * min(sizes)


def test_a_town_without_an_outlet_goes_whole_to_the_nearest() -> None:
    of = ground(WEST_ONE, WEST_TWO)
    draft = drawn(of)
    assert wrong(of, draft) == []
    assert large_of(draft) == [(101, WEST), (102, WEST), (102, EAST)] or large_of(draft) == [
        (101, WEST), (102, EAST), (102, WEST)]  # fmt: skip
    assert {draft.grids[code].a_id for code in small_of(draft, WEST_TWO)} == {21, 22}


def test_an_outlet_without_managers_has_ground_only_where_nobody_else_is() -> None:
    closed = replace(WEST_TWO, managers=())
    of = ground(WEST_ONE, closed, replace(EAST_ONE, managers=()))
    draft = drawn(of)
    assert wrong(of, draft) == []
    assert small_of(draft, closed) == []
    assert [draft.grids[code].a_id for code in small_of(draft, EAST_ONE)] == [None], "one grid, to be seen to"


def test_more_grids_than_managers_lie_together_by_manager() -> None:
    of = ground(WEST_ONE, EAST_ONE)
    draft = drawn(of, 8)
    assert wrong(of, draft) == []
    mine = small_of(draft, EAST_ONE)
    held = [sum(draft.grids[code].a_id == manager for code in mine) for manager in EAST_ONE.managers]
    assert (len(mine), held) == (8, [2, 2, 2, 2])


def test_an_exclave_is_a_large_grid_of_its_own_and_an_island_is_not() -> None:
    of = ground(WEST_ONE, EAST_ONE, exclave=True)
    draft = drawn(of)
    assert wrong(of, draft) == []
    assert large_of(draft) == [(101, WEST), (103, EAST), (103, EAST)]


def test_fewer_atoms_than_managers_are_a_grid_each() -> None:
    of = ground(replace(WEST_ONE, managers=tuple(range(100))), EAST_ONE)
    draft = drawn(of)
    assert len(small_of(draft, of.outlets[0])) == WIDE * HIGH // 2


def test_in_a_database_it_is_one_act_that_passes_the_check(connection: psycopg.Connection) -> None:
    bank, rows = SmallBank(connection), NightRows(connection)
    with pytest.raises(FirstPlanNotFirst):
        first_plan(rows)
    connection.execute("update plans set state = 'RETIRED', to_on = '2026-02-01'")
    with pytest.raises(OutletsWithoutPlace) as nowhere:
        first_plan(rows)
    assert dict(nowhere.value.statement.values) == {"outlets": 2, "what": "A01, B01"}
    connection.execute("update org_units set town_code = '镇' where code = 'A01'")
    connection.execute(
        "update org_units set town_code = 'elsewhere', lon_deg_wgs84 = 0.5, lat_deg_wgs84 = 0.5 where code = 'B01'"
    )
    for number, atom in enumerate((bank.n1, bank.n2, bank.s1)):
        connection.execute(
            "insert into atom_boundaries values (%s, st_multi(st_makeenvelope(%s, 0, %s, 1, 4326)))",
            [atom, number, number + 1],
        )
        connection.execute(
            "update atoms set lon_deg_wgs84 = %s, lat_deg_wgs84 = 0.5 where id = %s", [number + 0.5, atom]
        )
    for one, other in ((bank.n1, bank.n2), (bank.n2, bank.n1), (bank.n2, bank.s1), (bank.s1, bank.n2)):
        insert(connection, "atom_borders", atom_id=one, other_id=other, length_m=1.0)
    plan = make_draft(rows, "首个方案", bank.head_of_a, None)
    assert change_draft(rows, plan, first_plan(rows), by_id=bank.head_of_a, version=0) == 1
    draft = read_draft(rows, plan)
    seats = {draft.grids[grid].a_id: draft.grids[grid].org_unit_id for grid in draft.grid_of.values()}
    assert seats == {
        bank.manager_a: bank.outlet_a,
        bank.manager_b: bank.outlet_a,
        bank.manager_south: bank.outlet_b,
    }
    assert check_plan(rows, plan, 1)["atoms"] == 3
    undo(rows, plan, by_id=bank.head_of_a, version=1)
    assert read_draft(rows, plan).grids == {}
    with pytest.raises(GridsPerOutletNotValid):
        first_plan(rows, 0)
    connection.execute("update org_units set to_on = '2026-02-01' where kind = 'OUTLET'")
    with pytest.raises(FirstPlanWithoutOutlets):
        first_plan(rows)
    connection.execute("update atoms set to_on = '2026-02-01'")
    with pytest.raises(FirstPlanWithoutAtoms):
        first_plan(rows)
