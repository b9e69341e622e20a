"""One plan is in force on a day, by one rule."""

import re
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import CheckViolation, ExclusionViolation, UniqueViolation

from domain.grids.plans import due_plan, put_in_force

ROOT = Path(__file__).parents[3]
JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


def plan(connection: psycopg.Connection, state: str, from_on: date, to_on: date | None = None) -> int:
    row = connection.execute(
        "insert into plans (name, state, version, from_on, to_on) values ('方案', %s, 1, %s, %s) returning id",
        [state, from_on, to_on],
    ).fetchone()
    assert row is not None
    return row[0]


def on(connection: psycopg.Connection, day: date) -> int | None:
    row = connection.execute("select plan_on(%s)", [day]).fetchone()
    assert row is not None
    return row[0]


def states(connection: psycopg.Connection) -> list[tuple]:
    return connection.execute("select state, from_on, to_on from plans order by id").fetchall()


def test_an_approved_plan_follows_the_one_in_force_on_its_day(connection: psycopg.Connection) -> None:
    old, new = plan(connection, "IN_FORCE", JANUARY), plan(connection, "APPROVED", MARCH)
    assert put_in_force(connection, date(2026, 2, 28)) == old
    assert due_plan(connection, date(2026, 2, 28)) is None
    assert due_plan(connection, MARCH) == new
    assert [put_in_force(connection, MARCH) for _ in range(2)] == [new, new], "twice is once"
    assert states(connection) == [("RETIRED", JANUARY, MARCH), ("IN_FORCE", MARCH, None)]
    days = [date(2025, 12, 31), JANUARY, date(2026, 2, 28), MARCH, JUNE]
    assert [on(connection, day) for day in days] == [None, old, old, new, new]


def test_plans_that_nobody_put_in_force_meanwhile_have_their_days(connection: psycopg.Connection) -> None:
    first, second = plan(connection, "IN_FORCE", JANUARY), plan(connection, "APPROVED", MARCH)
    third = plan(connection, "APPROVED", JUNE)
    assert put_in_force(connection, date(2026, 7, 1)) == third
    assert states(connection) == [
        ("RETIRED", JANUARY, MARCH), ("RETIRED", MARCH, JUNE), ("IN_FORCE", JUNE, None),
    ]  # fmt: skip
    assert [on(connection, day) for day in (JANUARY, MARCH, JUNE)] == [first, second, third]


def test_a_plan_that_came_too_late_never_begins_when_another_does(connection: psycopg.Connection) -> None:
    """Judged by the plan that was in force until then, whether another follows it or its days are over."""
    plan(connection, "IN_FORCE", MARCH)
    stale, new = plan(connection, "APPROVED", JANUARY), plan(connection, "APPROVED", JUNE, date(2026, 9, 1))
    assert put_in_force(connection, JUNE) == new
    assert put_in_force(connection, date(2026, 9, 1)) is None
    assert connection.execute("select state from plans where id = %s", [stale]).fetchone() == ("APPROVED",)


def test_an_approved_plan_that_would_begin_in_the_past_of_another_never_begins(
    connection: psycopg.Connection,
) -> None:
    now = plan(connection, "IN_FORCE", MARCH)
    plan(connection, "APPROVED", JANUARY)
    assert due_plan(connection, JUNE) is None
    assert put_in_force(connection, JUNE) == now


def test_a_plan_that_begins_on_the_same_day_leaves_the_other_no_day(connection: psycopg.Connection) -> None:
    plan(connection, "IN_FORCE", MARCH)
    better = plan(connection, "APPROVED", MARCH)
    assert put_in_force(connection, MARCH) == better
    assert (on(connection, MARCH), on(connection, JUNE)) == (better, better)


def test_a_plan_whose_days_are_over_leaves_none_in_force(connection: psycopg.Connection) -> None:
    ended = plan(connection, "IN_FORCE", JANUARY, MARCH)
    assert put_in_force(connection, date(2026, 2, 28)) == ended
    assert put_in_force(connection, MARCH) is None


@pytest.mark.parametrize(
    ("plans", "refusal"),
    [
        pytest.param([("IN_FORCE", JANUARY, None), ("IN_FORCE", MARCH, None)], UniqueViolation, id="two now"),
        pytest.param(
            [("RETIRED", JANUARY, JUNE), ("IN_FORCE", MARCH, None)], ExclusionViolation, id="two on a day"
        ),
        pytest.param([("APPROVED", MARCH, None)] * 2, UniqueViolation, id="two for one day"),
        pytest.param([("RETIRED", JANUARY, None)], CheckViolation, id="retired without an end"),
        pytest.param([("DRAFT", MARCH, JANUARY)], CheckViolation, id="ends before it begins"),
    ],
)
def test_the_database_keeps_it_one(
    connection: psycopg.Connection, plans: list[tuple], refusal: type[Exception]
) -> None:
    *allowed, last = plans
    for given in allowed:
        plan(connection, *given)
    with pytest.raises(refusal):
        plan(connection, *last)


def test_nobody_else_decides_which_plan_is_in_force() -> None:
    decides = re.compile(r"""state\s*(=|==|<>|in)\s*\(?'(IN_FORCE|APPROVED|RETIRED|DRAFT)'""")
    deciding = {
        str(path.relative_to(ROOT))
        for room in ("api", "domain", "geo", "ml", "schema")
        for path in (ROOT / room).rglob("*.py")
        if decides.search(path.read_text())
    }
    assert deciding == {"domain/grids/models.py", "domain/grids/plans.py"}
