"""Grids on a past day: sums of what was kept of atoms, under the plan in force or under that of the day."""

from datetime import date
from typing import Any

from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

DAYS = "{ keptDays { day plan planIsInForce } }"
GRIDS = """query ($day: Date!, $level: GridLevel!, $under: UnderPlan!) {
  gridsOnDay(day: $day, level: $level, under: $under) { day plan elsewhere
    grids { gridId code name customers visited90d visitedHere90d depositFen } } }"""
LAST_MONTH, LAST_YEAR = date(2026, 10, 20), date(2025, 10, 20)
ATOM = """insert into atoms (code, name, village_code, village, town_code, town, is_urban, lon_deg_wgs84, lat_deg_wgs84,
                             area_m2, is_stand_in)
          values ($1, $1, '320923101001', '村', '320923101', '镇', false, 119.5, 33.6, 1, false) returning id"""
SUMS = """insert into atom_sums (data_date, atom_id, kind, tier, customers, located, visited_90d, key_customers,
                                 deposit_fen, loan_fen, due_visits, at_risk)
          values ($1, $2, 'PERSON', $3, $4, 0, $5, 0, $6, 0, 0, 0)"""


async def keep(ask: Ask) -> None:
    """Two atoms; today g1 has one and g3 the other, last year the old plan's only grid had both."""
    pool, grids = ask.pool, ask.bank.grids
    one, other = [await pool.fetchval(ATOM, code) for code in ("甲", "乙")]
    plan_of = (
        "insert into plan_atoms (plan_id, atom_id, grid_id) select plan_id, $1, id from grids where id = $2"
    )
    for atom, grid in ((one, "g1"), (other, "g3"), (one, "old"), (other, "old")):
        await pool.execute(plan_of, atom, grids[grid])
    for day, of_one, of_other in ((LAST_YEAR, 10, 20), (LAST_MONTH, 30, 40), (DATA_DATE, 31, 45)):
        await pool.execute(SUMS, day, one, "KEY", 1, 1, 9_000_000_000_000)
        await pool.execute(SUMS, day, one, "GENERAL", of_one - 1, 2, 5)
        await pool.execute(SUMS, day, other, "GENERAL", of_other, 4, 0)
        await pool.execute(SUMS, day, 0, "GENERAL", 7, 0, 0)


async def asked(ask: Ask, who: str, day: date, level: str = "SMALL", under: str = "IN_FORCE") -> Any:
    data = await ask.data(who, GRIDS, day=day.isoformat(), level=level, under=under)
    return data["gridsOnDay"]


def customers(answer: Any) -> dict[str, int]:
    return {one["code"]: one["customers"] for one in answer["grids"]}


async def test_days_are_told_with_their_plans_and_read_under_either(ask_own: Ask) -> None:
    assert (await ask_own.data("head", DAYS))["keptDays"] == []
    await keep(ask_own)
    assert (await ask_own.data("head", DAYS))["keptDays"] == [
        {"day": "2026-11-20", "plan": "方案", "planIsInForce": True},
        {"day": "2026-10-20", "plan": "方案", "planIsInForce": True},
        {"day": "2025-10-20", "plan": "旧方案", "planIsInForce": False},
    ]
    # Days from before the two were told apart say one number for both.
    await ask_own.pool.execute("update atom_sums set visited_here_90d = 1 where data_date = $1", DATA_DATE)
    now = (await asked(ask_own, "head", DATA_DATE))["grids"][0]
    assert (now["visited90d"], now["visitedHere90d"]) == (3, 2)
    past = await asked(ask_own, "head", LAST_MONTH)
    assert customers(past) == {"S-1": 30, "S-2": 0, "S-3": 40, "S-4": 0}
    assert past["grids"][0] == {
        "gridId": f"Grid:{ask_own.bank.grids['g1']}",
        "code": "S-1",
        "name": "网格g1",
        "customers": 30,
        "visited90d": 3,
        "visitedHere90d": 3,
        "depositFen": 9_000_000_000_005,
    }
    assert past["elsewhere"] == 7
    assert customers(await asked(ask_own, "head", LAST_MONTH, "LARGE")) == {"L-A": 30, "L-BC": 40}
    assert customers(await asked(ask_own, "head", LAST_YEAR)) == {"S-1": 10, "S-2": 0, "S-3": 20, "S-4": 0}
    old = await asked(ask_own, "head", LAST_YEAR, under="OF_THE_DAY")
    assert (old["plan"], customers(old)) == ("旧方案", {"旧-1": 30})
    refused = await ask_own("head", GRIDS, day="2026-10-21", level="SMALL", under="IN_FORCE")
    assert refused.errors is not None
    assert (refused.errors[0].extensions or {})["code"] == "DAY_NOT_KEPT"


async def test_who_lived_on_ground_that_has_another_atom_since_is_counted_there(ask_own: Ask) -> None:
    await keep(ask_own)
    await ask_own.pool.execute(
        "update atoms set to_on = '2026-11-01', successor_code = '甲' where code = '乙'"
    )
    await ask_own.pool.execute(
        """delete from plan_atoms pa using atoms a where a.id = pa.atom_id and a.code = '乙'
             and pa.plan_id = (select id from plan_in_force)"""
    )
    past = await asked(ask_own, "head", LAST_MONTH)
    assert (customers(past)["S-1"], customers(past)["S-3"], past["elsewhere"]) == (70, 0, 7)
    assert customers(await asked(ask_own, "head", LAST_YEAR, under="OF_THE_DAY")) == {"旧-1": 30}


async def test_others_see_their_grids_of_the_past_or_none(ask_own: Ask) -> None:
    await keep(ask_own)
    seen = {who: await asked(ask_own, who, LAST_MONTH) for who in ("outlet_a", "outlet_b", "a1", "admin")}
    assert {who: customers(one) for who, one in seen.items()} == {
        "outlet_a": {"S-1": 30, "S-2": 0},
        "outlet_b": {"S-3": 40},
        "a1": {"S-1": 30, "S-2": 0},
        "admin": {},
    }
    assert {one["elsewhere"] for one in seen.values()} == {None}
    # A large grid that is shared with another outlet would show that outlet's figures.
    assert customers(await asked(ask_own, "outlet_b", LAST_MONTH, "LARGE")) == {}
    assert customers(await asked(ask_own, "outlet_a", LAST_YEAR, under="OF_THE_DAY")) == {"旧-1": 30}
