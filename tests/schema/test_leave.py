"""Leave entered today: B has what is open of A's walk at once, and gives it back when the leave is taken back."""

from typing import Any
from uuid import uuid4

import pytest

from tests.schema.conftest import Ask

DONE = """{ __typename ... on LeaveSuccess { staff { number leave { from to } } }
            ... on LeaveNotEntered { code message } }"""
ENTER = f"mutation ($input: EnterLeaveInput!) {{ enterLeave(input: $input) {DONE} }}"
END = f"mutation ($input: EndLeaveInput!) {{ endLeave(input: $input) {DONE} }}"
WALK = """{ today { lengthM stops { order customer { id } standsInFor { name } } } }"""
A1, A2, B1 = "100005", "100006", "100007"
TODAY, FRIDAY = "2026-11-21", "2026-11-27"


async def act(ask: Ask, document: str, who: str = "outlet_a", **given: Any) -> Any:
    sent = {"idempotencyKey": str(uuid4()), **given}
    return next(iter((await ask.data(who, document, input=sent)).values()))


async def stops(ask: Ask, who: str) -> list[tuple[str, str | None]]:
    walk = (await ask.data(who, WALK))["today"]
    found = [] if walk is None else walk["stops"]
    return [(one["customer"]["id"], one["standsInFor"] and one["standsInFor"]["name"]) for one in found]


@pytest.fixture
async def walking(ask_own: Ask) -> Ask:
    """a1 walks to three customers of his grid today, one of whom he has seen; a2, on B, to one of hers."""
    await ask_own.pool.execute("delete from walk_stops")
    await ask_own.pool.execute("delete from walks")
    await ask_own.pool.execute("delete from visits")
    bank = ask_own.bank
    for who, grid, many in (("a1", "g1", 3), ("a2", "g2", 1)):
        await ask_own.pool.execute(
            "insert into walks (staff_id, walk_on, length_m) values ($1, '2026-11-21', 500)", bank.staff[who]
        )
        for position, customer in enumerate(bank.customers[grid][:many], start=1):
            await ask_own.pool.execute(
                """insert into walk_stops (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement)
                   values ($1, '2026-11-21', $2, $3, $3, 'CADENCE',
                           '{"code": "DUE_DOOR_ON_THE_WAY", "values": {}}')""",
                bank.staff[who],
                position,
                customer,
            )
    await ask_own.pool.execute(
        """insert into visits (id, customer_id, recorded_for_id, staff_id, counted_at, started_at, received_at, outcome)
           select gen_random_uuid(), $1, $1, $2, t.at, t.at, t.at, 'INTERESTED'
             from (select timestamptz '2026-11-21 01:00Z' as at) t""",
        bank.customers["g1"][0],
        bank.staff["a1"],
    )
    return ask_own


async def test_b_has_what_is_open_of_the_walk_and_gives_it_back(walking: Ask) -> None:
    seen, first, second = (f"Customer:{key}" for key in walking.bank.customers["g1"][:3])
    own = f"Customer:{walking.bank.customers['g2'][0]}"
    assert await stops(walking, "a1") == [(seen, None), (first, None), (second, None)]
    entered = await act(walking, ENTER, staffNumber=A1, fromOn=TODAY, toOn=FRIDAY)
    assert entered["staff"] == {"number": A1, "leave": {"from": TODAY, "to": FRIDAY}}
    assert await stops(walking, "a1") == [(seen, None)], "who has been seen stays"
    assert await stops(walking, "a2") == [(own, None), (first, "员工a1"), (second, "员工a1")]
    assert (await walking.data("a2", WALK))["today"]["lengthM"] > 0
    owner = await walking.pool.fetchval(
        "select owner_id from customers where id = $1", walking.bank.customers["g1"][1]
    )
    assert owner == walking.bank.staff["a1"], "whose customer it is does not change"
    assert (await act(walking, END, staffNumber=A1))["staff"]["leave"] is None
    assert await stops(walking, "a1") == [(seen, None), (first, None), (second, None)]
    assert await stops(walking, "a2") == [(own, None)]
    kept = await walking.pool.fetch("select action from audit where action like 'leave.%' order by id")
    assert [one["action"] for one in kept] == ["leave.entered", "leave.ended"]


async def test_where_b_is_away_too_nobody_has_it_and_a_leave_to_come_moves_nothing(walking: Ask) -> None:
    before = await stops(walking, "a1")
    await act(walking, ENTER, staffNumber=A1, fromOn="2026-11-25", toOn=FRIDAY)
    assert await stops(walking, "a1") == before
    await act(walking, END, staffNumber=A1)
    await act(walking, ENTER, staffNumber=A2, fromOn=TODAY)
    assert len(await stops(walking, "a1")) == 4, "a2's customer is a1's, who sits on B there"
    await act(walking, ENTER, staffNumber=A1, fromOn=TODAY)
    assert len(await stops(walking, "a1")) == 4, "nobody is there to have them"
    await act(walking, END, staffNumber=A2)
    assert await stops(walking, "a1") == [before[0]]
    assert len(await stops(walking, "a2")) == 3


async def test_after_the_night_tomorrow_s_walk_follows_too(walking: Ask) -> None:
    """In the evening of the 21st the night has planned the 22nd; the leave begins with it, or lasts over it."""
    await walking.pool.execute(
        "update settings set value = to_jsonb(date '2026-11-21') where name = 'data_date'"
    )
    await walking.pool.execute("insert into walks select staff_id, date '2026-11-22', 0 from walks")
    await walking.pool.execute(
        """insert into walk_stops (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement)
           select staff_id, date '2026-11-22', position, customer_id, planned_for_id, reason, statement
             from walk_stops where staff_id = $1""",
        walking.bank.staff["a1"],
    )
    a1, a2 = walking.bank.staff["a1"], walking.bank.staff["a2"]
    tomorrow = (
        """select staff_id, count(*) as stops from walk_stops where walk_on = '2026-11-22' group by 1"""
    )

    async def held() -> dict[int, int]:
        return {one["staff_id"]: one["stops"] for one in await walking.pool.fetch(tomorrow)}

    await act(walking, ENTER, staffNumber=A1, fromOn="2026-11-22", toOn=FRIDAY)
    assert await held() == {a2: 3}
    today = "select count(*) from walk_stops where walk_on = '2026-11-21' and staff_id = $1"
    assert await walking.pool.fetchval(today, a1) == 3, "today he is there"
    length = "select length_m from walks where walk_on = '2026-11-22' and staff_id = $1"
    assert await walking.pool.fetchval(length, a2) > 0
    await act(walking, END, staffNumber=A1)
    assert await held() == {a1: 3}
    await act(walking, ENTER, staffNumber=A1, fromOn=TODAY, toOn="2026-11-22")
    assert await held() == {a1: 3}, "he is back on the 22nd"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"fromOn": "2026-11-20"}, "LEAVE_DAYS_NOT_VALID"),
        ({"toOn": TODAY}, "LEAVE_DAYS_NOT_VALID"),
        ({"staffNumber": B1}, "OWNER_NOT_IN_SCOPE"),
        ({"staffNumber": "0"}, "OWNER_NOT_IN_SCOPE"),
    ],
)
async def test_what_is_no_leave_is_refused(ask: Ask, wrong: dict[str, Any], code: str) -> None:
    given = {"staffNumber": A1, "fromOn": TODAY, "toOn": FRIDAY}
    assert (await act(ask, ENTER, **(given | wrong)))["code"] == code


async def test_two_leaves_do_not_overlap_and_what_is_not_there_is_not_taken_back(ask_own: Ask) -> None:
    await act(ask_own, ENTER, staffNumber=A1, fromOn=FRIDAY)
    assert (await act(ask_own, ENTER, staffNumber=A1, fromOn=TODAY))["code"] == "LEAVE_THERE"
    assert "staff" in await act(ask_own, ENTER, staffNumber=A1, fromOn=TODAY, toOn=FRIDAY), (
        "one day after another"
    )
    assert (await act(ask_own, END, staffNumber=A2))["code"] == "LEAVE_NOT_FOUND"


FULL_TIME = """mutation ($input: SetFullTimeInput!) { setFullTime(input: $input) { __typename
  ... on FullTimeSuccess { staff { number fullTimePercent } } ... on FullTimeNotSet { code message } } }"""


async def test_half_a_post_is_noted_by_who_leads_the_unit_and_by_nobody_else(ask_own: Ask) -> None:
    done = await act(ask_own, FULL_TIME, staffNumber=A1, percent=50)
    assert done["staff"] == {"number": A1, "fullTimePercent": 50}
    for who, number, percent, code in (
        ("outlet_a", B1, 50, "OWNER_NOT_IN_SCOPE"),
        ("outlet_a", A1, 0, "FULL_TIME_NOT_VALID"),
        ("outlet_a", A1, 101, "FULL_TIME_NOT_VALID"),
    ):
        assert (await act(ask_own, FULL_TIME, who, staffNumber=number, percent=percent))["code"] == code
    kept = await ask_own.pool.fetch("select full_time_percent from staff_days order by to_on")
    assert [one["full_time_percent"] for one in kept] == [100, 50]
