"""网格内统计 equals what the list counts, within the scope; and answers who sees no names by what is no secret."""

from typing import Any

import pytest

from tests.schema.conftest import Ask
from tests.schema.test_areas import box

INSIDE = """query ($gridId: ID, $area: Area) { insideStatistics(gridId: $gridId, area: $area) {
  customers isGuarded answers { question withheld cells { answer customers } } } }"""
COUNT = "query ($filter: CustomerFilter) { customers(filter: $filter, first: 0) { totalCount { value } } }"
ASKED: dict[tuple[str, str], dict[str, Any]] = {
    ("KIND", "ENTERPRISE"): {"kind": ["ENTERPRISE"]},
    ("AGE", "40"): {"kind": ["PERSON"], "ageDecade": [40]},
    ("INDUSTRY", "F"): {"kind": ["SOLE_TRADER", "ENTERPRISE", "ORGANISATION"], "industry": ["F"]},
    ("TURNOVER", "FROM_0"): {"posVolume12mFen": {"gte": 1, "lt": 1_000_000}},
    ("DEPOSIT", "YES"): {"depositFen": {"gte": 1}},
    ("LOAN", "YES"): {"hasLoan": True},
    ("LOAN", "NO"): {"hasLoan": False},
    ("LINE", "YES"): {"lineFen": {"gte": 1}},
    ("POS", "YES"): {"posVolume12mFen": {"gte": 1}},
}
"""The list's filter of an answer, as its bar on the page opens it."""


def cells(data: Any) -> dict[tuple[str, str], int]:
    return {
        (one["question"], cell["answer"]): cell["customers"]
        for one in data["insideStatistics"]["answers"]
        for cell in one["cells"]
    }


async def born(ask: Ask) -> None:
    """Persons of two ages; shops that took in something in each of the last twelve months that are known."""
    await ask.pool.execute(
        "update customers set birth_on = '1985-05-05' where kind = 'PERSON' and id % 3 = 0"
    )
    await ask.pool.execute(
        "update settings set value = value || '{\"pos_volume_fen\": \"2025-01-31\"}' where name = 'month_ends_since'"
    )


@pytest.mark.parametrize("place", ["small grid", "large grid", "area"])
async def test_every_answer_is_what_the_list_counts(ask_own: Ask, place: str) -> None:
    await born(ask_own)
    grids = {name: f"Grid:{key}" for name, key in ask_own.bank.grids.items()}
    asked, filter_ = {
        "small grid": ({"gridId": grids["g1"]}, {"gridId": [grids["g1"]]}),
        "large grid": ({"gridId": grids["large_a"]}, {"gridId": [grids["g1"], grids["g2"]]}),
        "area": ({"area": box(0, 0, 2, 0.5)}, {"area": box(0, 0, 2, 0.5)}),
    }[place]
    data = await ask_own.data("outlet_a", INSIDE, **asked)
    found = cells(data)
    assert not data["insideStatistics"]["isGuarded"]
    assert data["insideStatistics"]["customers"] > 30
    for one, also in ASKED.items():
        listed = await ask_own.data("outlet_a", COUNT, filter={"status": ["ACTIVE"], **filter_, **also})
        assert found.get(one, 0) == listed["customers"]["totalCount"]["value"], one
    assert found["AGE", "40"] > 5
    assert found["TURNOVER", "FROM_0"] > 5


async def test_others_see_what_is_theirs_or_nothing(ask: Ask) -> None:
    grid = f"Grid:{ask.bank.grids['g3']}"
    for who, customers in {"b1": 69, "a1": 0, "outlet_a": 0, "admin": 0, "head": 69}.items():
        assert (await ask.data(who, INSIDE, gridId=grid))["insideStatistics"]["customers"] == customers, who


async def test_a_masked_role_gets_no_small_number(ask_own: Ask) -> None:
    """Three firms among 72 customers: neither they nor what would tell them is shown."""
    grid = f"Grid:{ask_own.bank.grids['g1']}"
    await ask_own.pool.execute(
        "update customers set kind = 'PERSON' where grid_id = $1 and kind = 'ENTERPRISE' and id % 100 > 11",
        ask_own.bank.grids["g1"],
    )
    exact = cells(await ask_own.data("outlet_a", INSIDE, gridId=grid))
    assert exact["KIND", "ENTERPRISE"] == 3
    data = await ask_own.data("head", INSIDE, gridId=grid)
    found = cells(data)
    assert data["insideStatistics"]["isGuarded"]
    assert [one for one in found if one[0] in ("KIND", "INDUSTRY")] == [("KIND", "PERSON")]
    assert found["LOAN", "YES"] == exact["LOAN", "YES"]
    assert min(found.values()) >= 5


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "BAD_PLACE"),
        ({"gridId": "Grid:1", "area": box(0, 0, 1, 1)}, "BAD_PLACE"),
        ({"area": {"type": "Point"}}, "BAD_AREA"),
    ],
)
async def test_no_place_and_two_are_refused(ask: Ask, asked: dict[str, Any], code: str) -> None:
    answer = await ask("outlet_a", INSIDE, **asked)
    assert answer.errors is not None
    assert (answer.errors[0].extensions or {})["code"] == code
    assert cells(await ask.data("outlet_a", INSIDE, gridId="nonsense")) == {}
