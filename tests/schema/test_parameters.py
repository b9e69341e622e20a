"""Parameters and proposals through the contract: who sees what, what changes when, and both executors alike."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.shared import parameters as domain
from domain.shared.actor import Actor
from domain.shared.organisation import ACTOR_OF_ACCOUNT, actor_of
from schema.parameters.declared import PARAMETERS
from schema.parameters.types import ParameterType
from schema.root import COMPILER, CONTRACT
from schema.view import values_of, view_of
from tests.schema.bank import NOW
from tests.schema.both_ways import Asked, answer_compiled, compare
from tests.schema.conftest import Ask

TOMORROW = date(2026, 11, 22)
PARAMETER_LIST = """{ parameters { name type unit defaultValue value heldFrom lowest highest allowed readers
  next { value fromOn toOn } history { value fromOn proposal { reason proposedBy { name } decidedBy { name } } } } }"""
PROPOSALS = """query ($state: ProposalState) { proposals(first: 10, state: $state) { totalCount { value } edges { node {
  id kind subject before after reason state mine decidable until proposedBy { id } decidedBy { id } decisionReason
  } } } }"""
DONE = """{ __typename ... on ProposalSuccess { proposal { id state decidable mine } }
  ... on ProposalNotDone { code message } }"""
PROPOSE = f"mutation ($input: ProposeParameterInput!) {{ proposeParameter(input: $input) {DONE} }}"
DECIDE = f"mutation ($input: DecideProposalInput!) {{ decideProposal(input: $input) {DONE} }}"
WITHDRAW = f"mutation ($input: WithdrawProposalInput!) {{ withdrawProposal(input: $input) {DONE} }}"


async def colleague(ask: Ask, number: str, role: str = "HEAD_OFFICE") -> Actor:
    """Somebody else at the head office, with an account."""
    staff = await ask.pool.fetchval(
        "insert into staff (number, name, role, org_unit_id, is_active) values ($1, $1, $2, $3, true) returning id",
        number,
        role,
        ask.bank.units["head"],
    )
    return await account_of(ask, staff, number)


async def account_of(ask: Ask, staff_id: int, name: str) -> Actor:
    account = await ask.pool.fetchval(
        """insert into accounts (account, staff_id, password_hash, failed_attempts) values ($1, $2, '', 0)
           returning id""",
        name,
        staff_id,
    )
    actor = actor_of(await ask.pool.fetchrow(ACTOR_OF_ACCOUNT, account, NOW.date()), CONTRACT.permissions)
    assert actor is not None
    return actor


async def proposed(ask: Ask, who: str | Actor, **given: Any) -> Any:
    usual = {
        "idempotencyKey": str(uuid4()),
        "name": "tasks.walk_stops",
        "value": 10,
        "fromOn": TOMORROW.isoformat(),
        "reason": "冬天路滑",
    }
    return (await ask.data(who, PROPOSE, input=usual | given))["proposeParameter"]


async def decided(ask: Ask, who: str | Actor, proposal: str, *, agrees: bool = True, reason: str = "") -> Any:
    given = {"idempotencyKey": str(uuid4()), "proposalId": proposal, "agrees": agrees, "reason": reason}
    return (await ask.data(who, DECIDE, input=given))["decideProposal"]


async def parameter(ask: Ask, name: str) -> Any:
    found = (await ask.data("head", PARAMETER_LIST))["parameters"]
    assert [one["name"] for one in found] == [one.name for one in PARAMETERS]
    for one in found:
        if one["name"] != name:
            as_declared = (one["defaultValue"], None, None, [])
            assert (one["value"], one["heldFrom"], one["next"], one["history"]) == as_declared, one["name"]
    return next(one for one in found if one["name"] == name)


async def test_one_proposes_another_decides_and_the_value_moves_with_the_data_date(ask_own: Ask) -> None:
    other = await colleague(ask_own, "H2")
    made = await proposed(ask_own, "head")
    assert made["proposal"] | {"id": ""} == {"id": "", "state": "OPEN", "decidable": False, "mine": True}
    inbox = await ask_own.data(other, PROPOSALS, state="OPEN")
    (edge,) = inbox["proposals"]["edges"]
    assert edge["node"]["before"] == {"value": 12, "from_on": None, "to_on": None}
    assert edge["node"]["after"] == {"value": 10, "from_on": "2026-11-22", "to_on": None}
    assert edge["node"]["decidable"] is True
    answer = await decided(ask_own, other, made["proposal"]["id"], reason="同意")
    assert answer["proposal"]["state"] == "APPLIED"
    stops = await parameter(ask_own, "tasks.walk_stops")
    assert (stops["value"], stops["heldFrom"], stops["next"]) == (
        12,
        None,
        {"value": 10, "fromOn": "2026-11-22", "toOn": None},
    )
    assert stops["history"][0]["proposal"]["decidedBy"] == {"name": "H2"}
    await ask_own.pool.execute("update settings set value = '\"2026-11-22\"' where name = 'data_date'")
    stops = await parameter(ask_own, "tasks.walk_stops")
    assert (stops["value"], stops["heldFrom"], stops["next"]) == (10, "2026-11-22", None)
    assert (await ask_own.data(other, PROPOSALS, state="OPEN"))["proposals"]["totalCount"] == {"value": 0}


async def test_two_accounts_of_one_person_are_one_person(ask_own: Ask) -> None:
    made = await proposed(ask_own, "head")
    second = await account_of(ask_own, ask_own.bank.staff["head"], "head-2")
    assert second.account_id != ask_own.bank.accounts["head"]
    answer = await decided(ask_own, second, made["proposal"]["id"])
    assert answer["code"] == "PROPOSER_DECIDES"
    assert answer["message"]


async def test_an_administrator_proposes_and_decides_nothing(ask_own: Ask) -> None:
    made = await proposed(ask_own, "head")
    assert (await decided(ask_own, "admin", made["proposal"]["id"]))["code"] == "PROPOSAL_NOT_ALLOWED"
    own = await proposed(ask_own, "admin", name="tasks.walk_doors", value=4)
    assert (await decided(ask_own, "head", own["proposal"]["id"]))["proposal"]["state"] == "APPLIED"


@pytest.mark.parametrize("who", ["outlet_a", "a1"])
async def test_others_see_and_decide_nothing(ask_own: Ask, who: str) -> None:
    """The root fields are FORBIDDEN to them; behind it there is nothing either."""
    made = (await proposed(ask_own, "head"))["proposal"]["id"]
    assert await ask_own.data(who, "{ parameters { name } }") == {"parameters": []}
    assert (await ask_own.data(who, PROPOSALS))["proposals"]["edges"] == []
    assert await ask_own.data(who, "query ($id: ID!) { node(id: $id) { id } }", id=made) == {"node": None}
    assert (await decided(ask_own, who, made))["code"] == "PROPOSAL_NOT_FOUND"
    assert (await proposed(ask_own, who))["code"] == "PROPOSAL_NOT_ALLOWED"


async def test_taken_back_is_closed_and_refused_needs_a_reason(ask_own: Ask) -> None:
    other = await colleague(ask_own, "H2")
    first, second = [(await proposed(ask_own, "head", value=value))["proposal"]["id"] for value in (9, 8)]
    given = {"idempotencyKey": str(uuid4()), "proposalId": first}
    assert (await ask_own.data(other, WITHDRAW, input=given))["withdrawProposal"][
        "code"
    ] == "PROPOSAL_NOT_YOURS"
    assert (await ask_own.data("head", WITHDRAW, input=given))["withdrawProposal"]["proposal"][
        "state"
    ] == "WITHDRAWN"
    assert (await decided(ask_own, other, first))["code"] == "PROPOSAL_CLOSED"
    assert (await decided(ask_own, other, second, agrees=False))["code"] == "REASON_MISSING"
    answer = await decided(ask_own, other, second, agrees=False, reason="客户经理跑得动")
    assert answer["proposal"]["state"] == "REJECTED"
    assert (await parameter(ask_own, "tasks.walk_stops"))["history"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "tasks.walk_stop"}, "PARAMETER_NOT_FOUND"),
        ({"value": "十二"}, "PARAMETER_NOT_VALID"),
        ({"fromOn": "2026-11-21"}, "PARAMETER_DAY_PAST"),
        ({"toOn": TOMORROW.isoformat()}, "PARAMETER_DAYS_NOT_VALID"),
        ({"until": (NOW + timedelta(days=40)).isoformat()}, "UNTIL_NOT_VALID"),
        ({"reason": ""}, "REASON_MISSING"),
    ],
)
async def test_what_may_not_stand_is_refused_with_a_code(ask: Ask, given: dict[str, Any], code: str) -> None:
    answer = await proposed(ask, "head", **given)
    assert (answer["code"], bool(answer["message"])) == (code, True)


@pytest.mark.parametrize("document", [PARAMETER_LIST, PROPOSALS], ids=["parameters", "proposals"])
async def test_both_executors_answer_alike(ask_own: Ask, document: str) -> None:
    other = await colleague(ask_own, "H2")
    for value in (10, 11):
        made = await proposed(ask_own, "head", value=value)
        if value == 10:
            await decided(ask_own, other, made["proposal"]["id"])
    compiler = replace(COMPILER, guard=lambda _view: None, views=())
    asked = Asked.of(compiler, document, {})

    async def fetch(text: str, parameters: list[Any]) -> Any:
        return await ask_own.pool.fetchval(text, *parameters)

    compiled = compiler.document(asked.node, asked.operation)
    for actor in (other, ask_own.bank.actor("head"), ask_own.bank.actor("admin"), ask_own.bank.actor("a1")):
        answer = await answer_compiled(compiled, asked, view_of(actor), values_of(actor, NOW.date()), fetch)
        assert compare(asked, answer, await ask_own(actor, document)).is_compiled


def test_the_contract_names_the_types_of_the_domain() -> None:
    assert [one.value for one in ParameterType] == [one.value for one in domain.ParameterType]


async def test_the_next_version_is_the_nearest_and_the_last_said_of_its_day(ask_own: Ask) -> None:
    other = await colleague(ask_own, "H2")
    for value, day in ((20, "2026-12-01"), (9, "2026-11-25"), (8, "2026-11-25"), (7, "2026-11-30")):
        made = await proposed(ask_own, "head", value=value, fromOn=day)
        await decided(ask_own, other, made["proposal"]["id"])
    stops = await parameter(ask_own, "tasks.walk_stops")
    assert stops["next"] == {"value": 8, "fromOn": "2026-11-25", "toOn": None}
    assert [one["value"] for one in stops["history"]] == [20, 7, 8, 9]
    for day, value in (("2026-11-29", 8), ("2026-11-30", 7), ("2026-12-05", 20)):
        await ask_own.pool.execute(
            "update settings set value = to_jsonb($1::text) where name = 'data_date'", day
        )
        assert (await parameter(ask_own, "tasks.walk_stops"))["value"] == value
