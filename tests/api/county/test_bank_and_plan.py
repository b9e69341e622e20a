"""The fictional bank and its plan: everybody has a place, every atom one grid, every grid its pair."""

from collections import Counter

import numpy as np
import pytest

from api.county.bank import Bank, demonstration_bank
from api.county.geography import Geography, load_geography
from api.county.joining import neighbours_of
from api.county.plan import CountyPlan, demonstration_plan
from geo.apportion import apportion
from geo.districting import connected_pieces


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load_geography()


@pytest.fixture(scope="module")
def bank(geography: Geography) -> Bank:
    return demonstration_bank(geography)


@pytest.fixture(scope="module")
def plan(geography: Geography, bank: Bank) -> CountyPlan:
    return demonstration_plan(geography, bank)


def test_one_outlet_a_town_and_several_in_the_county_seat(geography, bank):
    towns = Counter(outlet.town_code for outlet in bank.outlets)
    assert len(bank.outlets) == 35
    assert set(towns) == {town.code for town in geography.towns}
    assert sum(towns[code] for code in geography.seat) >= 12
    assert len({outlet.code for outlet in bank.outlets} | {bank.head_office.code}) == 36
    assert len({outlet.name for outlet in bank.outlets}) == 35


def test_who_works_at_the_bank(bank):
    roles = Counter(member.role for member in bank.staff)
    assert roles["CUSTOMER_MANAGER"] == 121
    assert roles["OUTLET_MANAGER"] == 35
    assert roles["ADMINISTRATOR"] == 1
    assert roles["HEAD_OFFICE"] >= 1
    assert len({member.number for member in bank.staff}) == len(bank.staff)
    assert len({member.name for member in bank.staff}) == len(bank.staff)
    assert len({member.phone for member in bank.staff}) == len(bank.staff)


def test_demonstration_accounts(bank):
    accounts = {member.account: member for member in bank.staff if member.account}
    expected = ["admin", "head", *(f"manager{i}" for i in range(1, 8)), *(f"outlet{i}" for i in range(1, 5))]
    assert sorted(accounts) == sorted(expected)
    assert all(member.password == f"yunge-{name}" for name, member in accounts.items())
    assert (accounts["manager1"].number, accounts["manager2"].number) in bank.pairs
    assert accounts["manager1"].org_code == accounts["manager2"].org_code == accounts["outlet1"].org_code
    pairs_of = [
        next(pair for pair in bank.pairs if accounts[f"manager{i}"].number in pair) for i in range(2, 7)
    ]
    assert len(set(pairs_of)) == 5
    assert all(accounts["manager7"].number not in pair for pair in bank.pairs)


def test_every_atom_is_in_one_small_and_one_large_grid(geography, plan):
    for grids, count in ((plan.small, 430), (plan.large, 60)):
        assert len(grids) == count
        assert sorted(atom for grid in grids for atom in grid.atoms) == list(range(len(geography.atoms)))


def test_large_grids_are_unions_of_small_ones(plan):
    for large in plan.large:
        parts = [atom for grid in plan.small if grid.parent_code == large.code for atom in grid.atoms]
        assert sorted(parts) == sorted(large.atoms)


def test_no_grid_crosses_the_limit_of_a_town_or_falls_apart(geography, plan):
    neighbours = neighbours_of(np.array([atom.boundary for atom in geography.atoms]))
    for grid in (*plan.small, *plan.large):
        assert {geography.atoms[atom].town_code for atom in grid.atoms} == {grid.town_code}
        assert len(connected_pieces(grid.atoms, neighbours)) == 1


def test_grids_are_balanced_by_expected_customers(geography, plan):
    for grids, deviation in ((plan.large, 0.16), (plan.small, 0.25)):
        weights = np.array([sum(geography.atoms[i].expected_weight for i in grid.atoms) for grid in grids])
        assert weights.std() / weights.mean() < deviation
        assert weights.max() < 1.7 * weights.mean()


def test_a_pair_works_one_large_grid_and_takes_turns(bank, plan):
    large_of = {grid.code: grid.parent_code for grid in plan.small}
    grids: dict[str, dict[str, set[str]]] = {}
    for post in plan.posts:
        grids.setdefault(post.grid_code, {}).setdefault(post.role, set()).add(post.staff_number)
    assert set(grids) == set(large_of)
    a_grids: Counter[str] = Counter()
    for large, (first, second) in zip(plan.large, bank.pairs, strict=True):
        own = [code for code, parent in large_of.items() if parent == large.code]
        for code in own:
            assert {role: len(staff) for role, staff in grids[code].items()} == {"A": 1, "B": 1}
            assert grids[code]["A"] | grids[code]["B"] == {first, second}
            a_grids.update(grids[code]["A"])
        assert abs(a_grids[first] - a_grids[second]) <= 1
    assert len(a_grids) == 120


def test_managers_work_where_their_outlet_is(bank, plan):
    org_of = {member.number: member.org_code for member in bank.staff}
    org_of_grid = {grid.code: grid.org_code for grid in plan.small}
    assert all(org_of[post.staff_number] == org_of_grid[post.grid_code] for post in plan.posts)
    town_of = {outlet.code: outlet.town_code for outlet in bank.outlets}
    assert all(town_of[grid.org_code] == grid.town_code for grid in (*plan.large, *plan.small))


def test_names_tell_grids_of_a_town_apart(plan):
    assert len({(grid.town_code, grid.level, grid.name) for grid in (*plan.large, *plan.small)}) == 490


@pytest.mark.parametrize(
    ("weights", "total", "least", "most", "expected"),
    [
        pytest.param([3, 1, 1], 10, 0, None, [6, 2, 2], id="in proportion"),
        pytest.param([100, 1, 1], 5, 1, None, [3, 1, 1], id="nobody without"),
        pytest.param([100, 1, 1], 5, 0, [2, 9, 9], [2, 2, 1], id="nobody over the top"),
        pytest.param([1, 1, 1], 4, 0, None, [2, 1, 1], id="earlier wins a tie"),
    ],
)
def test_apportion(weights, total, least, most, expected):
    assert apportion(weights, total, least=least, most=most) == expected


def test_apportion_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="cannot be shared out"):
        apportion([1, 1], 1, least=1)
