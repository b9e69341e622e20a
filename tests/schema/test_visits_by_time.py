"""Lists and counts of visits by time are index ranges, also after years of visits."""

import json
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from domain.tasks.due_statements import LAST_VISITS_SINCE
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

# Three years of fifty people, so that a month of one of them is a sliver, and nothing is quicker read as a whole.
STAFF = """
insert into staff (number, name, role, org_unit_id, is_active)
select 'V' || n, 'V', 'CUSTOMER_MANAGER', $1, true from generate_series(1, 40) n
"""
VISITS = """
insert into visits (id, customer_id, recorded_for_id, staff_id, counted_at, started_at, received_at, outcome)
select gen_random_uuid(), c.id, c.id, s.id, at, at, at, 'INTERESTED'
  from generate_series(timestamptz '2023-11-21 02:00Z', '2026-11-20 02:00Z', interval '1 day') as day,
       lateral (select id from staff) s,
       lateral (select 1001 + (extract(epoch from day)::bigint / 86400 + s.id) % 70 as id) c,
       lateral (select day + s.id * interval '7 minutes' as at) t
"""


@dataclass
class Watched:
    """A pool that keeps what it is asked."""

    pool: asyncpg.Pool
    asked: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    async def fetchval(self, text: str, *parameters: Any) -> Any:
        self.asked.append((text, parameters))
        return await self.pool.fetchval(text, *parameters)

    async def indexes_of_the_last(self) -> set[str]:
        text, parameters = self.asked[-1]
        plan = json.loads(await self.pool.fetchval(f"explain (format json) {text}", *parameters))
        return indexes(plan[0]["Plan"])


def indexes(plan: dict[str, Any]) -> set[str]:
    """The indexes that a plan reads visits by; a scan of the whole table is one named `whole`."""
    here = {plan["Index Name"]} if plan.get("Index Name", "").startswith("ix_visits") else set()
    whole = {"whole"} if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] == "visits" else set()
    return here.union(whole, *(indexes(part) for part in plan.get("Plans", [])))


async def test_lists_and_counts_of_visits_are_ranges_of_their_indexes(ask_own: Ask) -> None:
    pool = ask_own.pool
    await pool.execute(STAFF, ask_own.bank.units["A"])
    await pool.execute(VISITS)
    await pool.execute("analyze visits; analyze staff")
    watched = Watched(pool)
    ask_own.pool = watched  # type: ignore[assignment]

    of_a_customer = '{ customer(id: "Customer:1001") { visits(first: 10) { edges { node { countedAt } } } } }'
    listed = (await ask_own.data("a1", of_a_customer))["customer"]["visits"]["edges"]
    assert len(listed) == 10
    assert await watched.indexes_of_the_last() == {"ix_visits_customer"}

    by_time = [{"ix_visits_staff"}, {"ix_visits_counted"}]
    done = {}
    for who, ranges in {"a1": by_time[:1], "outlet_a": by_time, "head": by_time[1:]}.items():
        done[who] = (await ask_own.data(who, "{ dashboard { visitsDone } }"))["dashboard"]["visitsDone"]
        assert await watched.indexes_of_the_last() in ranges, who
    assert 0 < done["a1"] < done["outlet_a"] < done["head"]

    # The night looks for what came after its morning; when it is on time there is nothing.
    since = LAST_VISITS_SINCE.format(whom="true").replace("%(today)s", f"'{DATA_DATE}'")
    since = since.replace("%(valid)s", "'{INTERESTED}'")
    plan = json.loads(await pool.fetchval(f"explain (format json) {since}"))
    assert "ix_visits_counted" in indexes(plan[0]["Plan"])
