"""Feeds that are late: everybody who is signed in hears of those that came before, by the clock of each."""

from datetime import timedelta
from typing import Any

from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

STATES = "{ dashboard { feeds { feed dataDate late held state dueAt } } }"
LATE = "{ viewer { lateFeeds { feed dataDate state dueAt } } }"


async def loaded(ask: Ask, feed: str, days_before: int, state: str = "LOADED") -> None:
    await ask.pool.execute(
        """insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused,
                                quarantined, changed)
           values ($1, $2, 99, $1, $3, 1, 1, 0, 0, 1)""",
        feed,
        DATA_DATE - timedelta(days=days_before),
        state,
    )


async def clocks(ask: Ask, text: str) -> None:
    async with ask.pool.acquire() as connection:
        proposal = await connection.fetchval(
            """insert into proposals (kind, subject, before, after, reason, proposed_by_id, decided_by_id, until, state)
               select 'parameter', 'Parameter:feeds.due_at', '{}', '{}', 'x', min(id), max(id), '2099-01-01', 'APPLIED'
                 from staff returning id"""
        )
        await connection.execute(
            """insert into parameter_versions (name, value, from_on, reason, decided_by_id, proposal_id)
               select 'feeds.due_at', to_jsonb($1::text), $2, 'x', min(id), $3 from staff""",
            text,
            DATA_DATE,
            proposal,
        )


async def states(ask: Ask) -> dict[str, Any]:
    found = (await ask.both_ways("head", STATES)).data["dashboard"]["feeds"]
    return {one.pop("feed"): one for one in found}


async def late(ask: Ask, who: str = "a1") -> list[Any]:
    return (await ask.both_ways(who, LATE)).data["viewer"]["lateFeeds"]


async def test_each_feed_stands_where_its_clock_and_its_files_say(ask_own: Ask) -> None:
    await ask_own.pool.execute("delete from batches")
    await loaded(ask_own, "loan", 0)
    await loaded(ask_own, "core_deposit", 3)
    await loaded(ask_own, "household", 3)
    await loaded(ask_own, "household", 0, "HELD")
    await clocks(ask_own, "06:30 core_deposit=03:15")
    found = await states(ask_own)
    assert {
        feed: one["state"] for feed, one in found.items() if feed in ("loan", "core_deposit", "household")
    } == {
        "loan": "ARRIVED",
        "core_deposit": "LATE",
        "household": "HELD",
    }
    assert found["crm_legacy"]["state"] == "NEVER"
    assert found["core_deposit"]["dueAt"] == f"{DATA_DATE}T19:15:00+00:00"
    assert found["loan"]["dueAt"] == f"{DATA_DATE}T22:30:00+00:00"
    told = await late(ask_own)
    assert [(one["feed"], one["state"]) for one in told] == [("core_deposit", "LATE"), ("household", "HELD")]
    assert {one["dataDate"] for one in told} == {str(DATA_DATE - timedelta(days=3))}


async def test_before_its_hour_a_feed_is_expected_and_nobody_is_alarmed(ask_own: Ask) -> None:
    await ask_own.pool.execute("delete from batches")
    await loaded(ask_own, "loan", 1)
    assert [one["feed"] for one in await late(ask_own)] == ["loan"]
    day = await ask_own.pool.fetchval("select (now() at time zone 'Asia/Shanghai')::date")
    await ask_own.pool.execute(
        "update settings set value = to_jsonb($1::text) where name = 'data_date'", str(day)
    )
    assert (await states(ask_own))["loan"]["state"] == "EXPECTED"
    assert await late(ask_own) == []
