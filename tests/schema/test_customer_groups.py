"""Customers by group: from the night's sums and from live rows, the same for everybody."""

import json
from dataclasses import replace
from typing import Any

import pytest

from schema.engine.compiled.document import Compiler
from schema.engine.mapping import TypeMap
from schema.root import COMPILER, TYPES
from schema.view import values_of, view_of
from tests.schema.both_ways import Asked, answer_compiled, difference
from tests.schema.conftest import Ask

DOCUMENT = """query ($by: [CustomerDimension!], $filter: CustomerFilter) { customerGroups(by: $by, filter: $filter) {
  orgUnit { name } grid { code } kind tier status attritionBand
  customers located due withLoan depositFen loanFen lineFen } }"""
PEOPLE = ("head", "outlet_a", "outlet_b", "a1", "b1", "c1", "bare")
ASKED: dict[str, dict[str, Any]] = {
    "one group": {},
    "by unit": {"by": ["ORG_UNIT"]},
    "by grid and kind": {"by": ["GRID", "KIND"]},
    "by tier, status and band": {"by": ["TIER", "STATUS", "ATTRITION_BAND"]},
    "active ones by band": {"by": ["ATTRITION_BAND"], "filter": {"status": ["ACTIVE"]}},
    "not persons or in the highest bands": {
        "by": ["KIND"],
        "filter": {"or": [{"not": {"kind": ["PERSON"]}}, {"attritionBand": [4, 5]}]},
    },
}


def live() -> Compiler:
    customer = TYPES["Customer"]
    assert isinstance(customer, TypeMap)
    types = {**TYPES, "Customer": replace(customer, rollup=None)}
    return replace(COMPILER, types=types, views=(), guard=lambda _view: None)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("asked", ASKED)
async def test_sums_equal_the_live_rows(ask: Ask, who: str, asked: str) -> None:
    summed = await ask.data(who, DOCUMENT, **ASKED[asked])
    assert "customer_sums" in ask.statements[-1]
    one = Asked.of(live(), DOCUMENT, ASKED[asked])
    actor = ask.bank.actor(who)
    context = ask.context(actor)
    answer = await answer_compiled(
        live().document(one.node, one.operation),
        one,
        view_of(actor),
        values_of(actor, context.today),
        context.fetch,
    )
    assert "customer_sums" not in ask.statements[-1]
    assert answer is not None
    assert difference(json.loads(answer)["data"], summed) is None


@pytest.mark.parametrize("who", PEOPLE)
async def test_groups_add_up_to_the_list(ask: Ask, who: str) -> None:
    data = await ask.data(
        who,
        """{ customers { totalCount { value } } all: customerGroups { customers }
             groups: customerGroups(by: [KIND, STATUS]) { customers }
             some: customers(filter: {kind: [ENTERPRISE]}) { totalCount { value } }
             firms: customerGroups(filter: {kind: [ENTERPRISE]}) { customers } }""",
    )
    total = data["customers"]["totalCount"]["value"]
    assert data["all"] == [{"customers": total}]
    assert sum(group["customers"] for group in data["groups"]) == total
    assert data["firms"] == [{"customers": data["some"]["totalCount"]["value"]}]


async def test_who_sees_no_customers_may_not_count_them(ask: Ask) -> None:
    data = await ask.data("admin", "{ customerGroups { customers depositFen } }")
    assert data["customerGroups"] == [{"customers": 0, "depositFen": 0}]
