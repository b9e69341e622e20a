"""Orders of the list: an index for each form of scope, and a limit where there is none."""

import re
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from schema.engine.mapping import TypeMap
from schema.root import COMPILER, TYPES
from schema.view import VIEWS, View, values_of, view_of
from tests.schema.both_ways import Asked
from tests.schema.conftest import Ask

CUSTOMER = TYPES["Customer"]
assert isinstance(CUSTOMER, TypeMap)
ORDERS = CUSTOMER.orders
UNGUARDED = replace(COMPILER, guard=lambda _view: None, views=())
PAGE = """query Page($orderBy: [CustomerOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  customers(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    edges { cursor node { id depositFen loanFen lastVisitOn attritionScore } } pageInfo { endCursor startCursor } } }"""
INDEXED = [name for name, order in ORDERS.items() if any(order.indexes(view) for view in VIEWS)]
PEOPLE = ("head", "outlet_a", "a1")


def test_money_visits_and_scores_bring_indexes_and_names_do_not() -> None:
    assert sorted(INDEXED) == ["ATTRITION_SCORE", "DEPOSIT", "LAST_VISIT", "LOAN"]
    assert sorted(ORDERS) == sorted([*INDEXED, "NAME"])


async def plan_of(ask: Ask, view: View, values: Any, text: str, **variables: Any) -> str:
    """The plan where sorting is the last resort: what an index gives is taken from it."""
    asked = Asked.of(UNGUARDED, text, variables)
    document = UNGUARDED.document(asked.node, asked.operation)
    coerced = document.coerced(variables)
    assert coerced is not None
    statement = document.statement(view, coerced)
    async with ask.pool.acquire() as connection, connection.transaction():
        for setting in ("enable_seqscan", "enable_sort", "enable_bitmapscan", "enable_incremental_sort"):
            await connection.execute(f"set local {setting} = off")
        rows = await connection.fetch(
            f"explain (costs off) {statement.text}", *statement.parameters(coerced, values)
        )
    return "\n".join(row[0] for row in rows)


ASKED = [[{"by": by, "descending": descending}] for by in INDEXED for descending in (False, True)]


@pytest.mark.parametrize("who", PEOPLE)
async def test_pages_walk_the_indexes_that_an_order_declares(ask: Ask, who: str) -> None:
    actor = ask.bank.actor(who)
    view, values = view_of(actor), values_of(actor, ask.context(actor).today)
    for order in ASKED:
        declared = set(ORDERS[str(order[0]["by"])].indexes(view))
        plan = await plan_of(ask, view, values, PAGE, orderBy=order)
        walked = set(re.findall(r"using (ix_customers_\w+) on customers", plan))
        assert declared <= walked, plan
        if declared:
            # Beside them, rows without a value are walked by key: nothing of the table is sorted.
            assert walked - declared <= {"ix_customers_org"}, plan


@pytest.mark.parametrize("who", PEOPLE)
async def test_both_executors_walk_every_page_alike(ask: Ask, who: str) -> None:
    for order in ASKED:
        forward = [one for page in await pages(ask, who, "first", "after", order) for one in page]
        backward = [one for page in reversed(await pages(ask, who, "last", "before", order)) for one in page]
        assert forward == backward
        assert len(set(forward)) == len(forward) == {"head": 300, "outlet_a": 150, "a1": 144}[who]


async def pages(ask: Ask, who: str, amount: str, at: str, order: Any) -> list[list[str]]:
    given: dict[str, Any] = {amount: 77}
    found: list[list[str]] = []
    while True:
        compared = await ask.both_ways(who, PAGE, orderBy=order, **given)
        assert compared.is_compiled, compared.errors
        page = compared.data["customers"]
        if not page["edges"]:
            return found
        found.append([edge["node"]["id"] for edge in page["edges"]])
        given[at] = page["pageInfo"]["endCursor" if amount == "first" else "startCursor"]


@pytest.fixture
async def wide(ask_own: Ask) -> Ask:
    """Ten thousand customers and some of outlet B and grid 3."""
    await ask_own.pool.execute(
        """insert into customers (id, kind, tier, status, name, grid_id, org_unit_id, deposit_fen, loan_fen, line_fen)
           select 100000 + n, 'PERSON', 'GENERAL', 'ACTIVE', '众', $1, $2, n % 7, 0, 0
             from generate_series(1, 9929) n""",
        ask_own.bank.grids["g3"],
        ask_own.bank.units["B"],
    )
    return ask_own


async def test_an_order_without_an_index_is_refused_above_ten_thousand_rows(wide: Ask) -> None:
    async def code(who: str, *by: str, more: str = "") -> Any:
        order = ", ".join(f"{{by: {one}}}" for one in by)
        text = f"{{ customers(first: 5, orderBy: [{order}]{more}) {{ edges {{ node {{ id }} }} }} }}"
        compared = await wide.both_ways(who, text)
        return (
            compared.errors[0].extensions["code"]
            if compared.errors
            else len(compared.data["customers"]["edges"])
        )

    for who in ("head", "outlet_b", "b1"):
        assert await code(who, "NAME") == "ORDER_NOT_INDEXED"
        assert await code(who, "ATTRITION_SCORE") == 5
        # One index does not serve two orders.
        assert await code(who, "LOAN", "DEPOSIT") == "ORDER_NOT_INDEXED"
        assert await code(who, "NAME", more=", filter: {hasLoan: true}") == 5
    for who in ("head", "outlet_b"):
        assert await code(who, "DEPOSIT") == await code(who, "LOAN") == await code(who, "LAST_VISIT") == 5
    assert await code("b1", "DEPOSIT") == "ORDER_NOT_INDEXED"
    assert await code("outlet_a", "NAME") == 5
    await wide.pool.execute("delete from customers where id = 100001")
    assert await code("b1", "NAME") == 5


async def test_counting_asks_for_no_order(wide: Ask) -> None:
    text = "{ customers(orderBy: [{by: NAME}]) { totalCount { value isExact } } }"
    found = await wide.both_ways("b1", text)
    assert found.data["customers"]["totalCount"] == {"value": 10_000, "isExact": False}


async def test_the_indexes_leave_out_who_has_none(ask: Ask) -> None:
    """Most customers have no loan and were never visited: a night that touches them writes to fewer indexes."""
    rows: list[asyncpg.Record] = await ask.pool.fetch(
        "select indexname, indexdef from pg_indexes where tablename = 'customers'"
    )
    definitions = {row["indexname"]: row["indexdef"] for row in rows}
    for name, order in ORDERS.items():
        for index in {index for view in VIEWS for index in order.indexes(view)}:
            assert index in definitions, f"{name} declares {index}"
            assert ("IS NOT NULL" in definitions[index]) == order.is_sparse, index
