"""A figure and the list that it opens count the same customers; what a walk says names nobody."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.customers.parameters import AT_RISK_BAND
from domain.shared.night import Night, silent
from domain.tasks.due import find_due_visits
from geo.rolling_up import roll_up_with_the_map
from schema.rules.language import LANGUAGE
from tests.databases import database_of
from tests.schema.bank import DATA_DATE, Bank
from tests.schema.conftest import Ask, asking

ACTIVE: dict[str, Any] = {"status": ["ACTIVE"]}
LISTS: dict[str, dict[str, Any]] = {
    "customers": {},
    "located": {"located": True},
    "keyCustomers": {"tier": ["KEY"]},
    "visitedHere90d": {"visitedHereOn": {"gte": (DATA_DATE - timedelta(days=89)).isoformat()}},
    "visited90d": {"lastVisitOn": {"gte": (DATA_DATE - timedelta(days=89)).isoformat()}},
    "dueVisits": {"due": True},
    "atRisk": {"attritionBand": [AT_RISK_BAND.default]},
}
"""The lists that the figures of a grid's panel open."""
COUNT = "query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount { value isExact } } }"


@pytest.fixture(scope="module")
def rolled_up(small_bank: tuple[str, Bank], make_database: Callable[..., str]) -> tuple[str, Bank]:
    """The small bank after the last steps of a night, with some without a point and every reason to go."""
    address, bank = small_bank
    own = make_database(database_of(address))
    with psycopg.connect(own) as connection:
        connection.execute("update customers set last_visit_on = date '2026-11-18' where id % 1000 % 11 = 3")
        connection.execute(
            "update customers set lon_deg_wgs84 = null, lat_deg_wgs84 = null where id % 1000 = 7"
        )
        connection.execute("update loans set end_on = '2026-12-10' where customer_id % 1000 % 7 = 0")
        connection.execute("update loans set overdue_days = 12 where customer_id % 1000 % 10 = 4")
        connection.execute(
            "update visits set counted_at = '2026-03-01T02:00:00Z' where customer_id % 1000 > 2"
        )
        # Some were seen by the bank's former system alone: no blind spot, and no coverage of ours.
        connection.execute(
            """insert into old_visits (customer_id, recorded_for_id, source, number, kind, made_on)
               select id, 1, '旧系统', cast(id as text), 'VISIT', '2026-11-02'
                 from customers where id % 1000 % 13 = 5"""
        )
        night = Night(1, DATA_DATE, Path("/nowhere"))
        find_due_visits(connection, night, silent, language=LANGUAGE)
        roll_up_with_the_map(connection, night, silent, language=LANGUAGE)
        connection.commit()
    return own, bank


@pytest.fixture
async def ask_after(rolled_up: tuple[str, Bank]) -> AsyncIterator[Ask]:
    async for one in asking(*rolled_up):
        yield one


async def counted(ask: Ask, who: str, filter_: dict[str, Any]) -> int:
    total = (await ask.data(who, COUNT, filter={**ACTIVE, **filter_}))["customers"]["totalCount"]
    assert total["isExact"]
    value: int = total["value"]
    return value


@pytest.mark.parametrize("figure", LISTS)
async def test_a_grids_figure_is_the_length_of_the_list_it_opens(ask_after: Ask, figure: str) -> None:
    grids = (
        await ask_after.data("head", f"{{ grids {{ id children {{ id }} statistics {{ {figure} }} }} }}")
    )["grids"]
    assert {grid["statistics"][figure] for grid in grids} != {0}
    for grid in grids:
        below = [child["id"] for child in grid["children"]] or [grid["id"]]
        assert grid["statistics"][figure] == await counted(
            ask_after, "head", {"gridId": below, **LISTS[figure]}
        )


@pytest.mark.parametrize("who", ["head", "outlet_a", "outlet_b", "a1", "b1", "c1", "bare"])
async def test_a_dashboards_figure_is_the_length_of_the_list_it_opens(ask_after: Ask, who: str) -> None:
    figures = (await ask_after.data(who, "{ dashboard { customers visitsDue } }"))["dashboard"]
    assert figures["customers"] == await counted(ask_after, who, {}) > 0
    assert figures["visitsDue"] == await counted(ask_after, who, {"due": True}) > 0
    everybody = (await ask_after.data(who, COUNT, filter={}))["customers"]["totalCount"]["value"]
    assert figures["customers"] <= everybody
    if who != "bare":
        assert figures["visitsDue"] < figures["customers"] < everybody


async def test_head_office_counts_an_outlet_as_its_list_does(ask_after: Ask) -> None:
    unit = f"OrgUnit:{ask_after.bank.units['C']}"
    document = "query ($id: ID) { dashboard(orgUnitId: $id) { customers visitsDue } }"
    figures = (await ask_after.data("head", document, id=unit))["dashboard"]
    assert figures["customers"] == await counted(ask_after, "head", {"orgUnitId": [unit]})
    assert figures["visitsDue"] == await counted(ask_after, "head", {"orgUnitId": [unit], "due": True})


async def test_the_steps_of_a_funnel_name_the_number_they_are_divided_by(ask_after: Ask) -> None:
    for who in ("head", "outlet_a", "a1"):
        document = "{ dashboard { customers funnel { step count denominators { of count } } } }"
        dashboard = (await ask_after.data(who, document))["dashboard"]
        reached = {step["step"]: step["count"] for step in dashboard["funnel"]}
        reached["LISTED"] = dashboard["customers"]
        for step in dashboard["funnel"]:
            assert step["denominators"]
            assert [one["count"] for one in step["denominators"]] == [
                reached[one["of"]] for one in step["denominators"]
            ]


REACHED = """
select count(*), count(*) filter (where c.grid_id is not null),
       count(*) filter (where c.grid_id is not null and c.visited_here_on > date '2026-05-20'),
       count(*) filter (where c.grid_id is not null and exists (
           select from source_records r where r.customer_id = c.id and r.feed = 'sunshine_credit')),
       count(*) filter (where c.line_fen > 0),
       count(*) filter (where c.line_fen > 0 and c.loan_fen > 0)
  from customers c where c.status = 'ACTIVE' and (%(unit)s::bigint is null or c.org_unit_id = %(unit)s)
"""


@pytest.mark.parametrize(("who", "unit"), [("head", None), ("outlet_a", "A"), ("outlet_b", "B")])
async def test_a_funnel_counts_who_reached_each_step(
    ask_after: Ask, rolled_up: tuple[str, Bank], who: str, unit: str | None
) -> None:
    address, bank = rolled_up
    with psycopg.connect(address) as connection:
        row = connection.execute(REACHED, {"unit": unit and bank.units[unit]}).fetchone()
    assert row is not None
    listed, in_grid, visited, filed, granted, drawn = row
    assert len({in_grid, visited, filed, granted, drawn}) == 5, "figures that are alike hide a swap"
    document = "{ dashboard { funnel { step count denominators { of count } } } }"
    funnel = (await ask_after.data(who, document))["dashboard"]["funnel"]
    assert [
        (step["step"], step["count"], {one["of"]: one["count"] for one in step["denominators"]})
        for step in funnel
    ] == [
        ("IN_GRID", in_grid, {"LISTED": listed}),
        ("VISITED", visited, {"IN_GRID": in_grid}),
        ("FILED", filed, {"IN_GRID": in_grid}),
        ("GRANTED", granted, {"FILED": filed, "IN_GRID": in_grid}),
        ("DRAWN", drawn, {"GRANTED": granted}),
    ]


async def test_a_funnel_may_be_asked_for_twice(ask_after: Ask) -> None:
    """Under two names in one document: each is a statement's part of its own."""
    document = "{ dashboard { a: funnel { step count } b: funnel { step } } }"
    for who in ("head", "a1"):
        dashboard = (await ask_after.data(who, document))["dashboard"]
        assert [step["step"] for step in dashboard["a"]] == [step["step"] for step in dashboard["b"]]


async def test_what_a_walk_says_names_nobody(ask_after: Ask, rolled_up: tuple[str, Bank]) -> None:
    """Head office reads names and phones masked; the statement and figures of a stop must not give them back.

    The walk's text is what the night wrote into due_visits, for every reason there is; what identifies the customer of
    the row must not be in it.
    """
    with psycopg.connect(rolled_up[0]) as connection:
        rows = connection.execute(
            """select d.reason, d.statement::text || d.figures::text, c.name, c.phone, c.certificate, c.address
                 from due_visits d join customers c on c.id = d.customer_id"""
        ).fetchall()
        loans = {number for (number,) in connection.execute("select number from loans").fetchall()}
        connection.execute(
            """update walk_stops s set reason = d.reason, statement = d.statement, figures = d.figures
                 from due_visits d where d.customer_id = s.customer_id"""
        )
        connection.commit()
    assert {row[0] for row in rows} >= {
        "LOAN_OVERDUE",
        "LOAN_ENDING",
        "ATTRITION",
        "CADENCE",
        "NEVER_VISITED",
    }
    for _, text, *identifying in rows:
        assert [value for value in identifying if value is not None and value in text] == []
        assert not any(number in text for number in loans)
    walker = f"Staff:{ask_after.bank.staff['a1']}"
    document = """query ($id: ID!) { today(staffId: $id) {
                    stops { statement { ...all } figures { ...all } customer { name phone certificate address } } } }
                  fragment all on Statement { code values { name text number fen date } }"""
    for who in ("head", "outlet_a"):
        stops = (await ask_after.data(who, document, id=walker))["today"]["stops"]
        plain = (await ask_after.data("a1", document, id=walker))["today"]["stops"]
        assert stops
        for stop, known in zip(stops[:3], plain, strict=True):
            text = json.dumps([stop["statement"], stop["figures"]], ensure_ascii=False)
            assert [value for value in known["customer"].values() if value and value in text] == []
