"""Roles and grants through the contract: proposed by one, decided by another, and held from the next request."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from domain.shared.organisation import ACTOR_OF_ACCOUNT, actor_of
from schema.root import CONTRACT
from tests.schema.bank import NOW
from tests.schema.conftest import Ask
from tests.schema.test_parameters import DONE, PROPOSALS, colleague, decided

ROLE = f"mutation ($input: ProposeRoleInput!) {{ proposeRole(input: $input) {DONE} }}"
GRANT = f"mutation ($input: ProposeGrantInput!) {{ proposeGrant(input: $input) {DONE} }}"


async def proposed(ask: Ask, who: Any, document: str, **given: Any) -> Any:
    usual = {"idempotencyKey": str(uuid4()), "reason": "试"}
    (answer,) = (await ask.data(who, document, input=usual | given)).values()
    return answer


async def test_a_role_and_a_grant_hold_once_another_person_agrees(ask_own: Ask) -> None:
    administrator, head = await colleague(ask_own, "A7", "ADMINISTRATOR"), await colleague(ask_own, "H7")
    pool = ask_own.pool
    had = await pool.fetchrow("select permissions from roles where code = 'CUSTOMER_MANAGER'")
    role = {"code": "CUSTOMER_MANAGER", "name": "客户经理", "mask": "FULL_OWN", "scope": "OWN_GRIDS"}
    unknown = await proposed(ask_own, administrator, ROLE, **role, permissions=["everything.do"])
    assert unknown["code"] == "PERMISSIONS_NOT_KNOWN"
    wanted = sorted({*had["permissions"], "models.view"})
    made = [await proposed(ask_own, administrator, ROLE, **role, permissions=wanted)]
    manager = await pool.fetchval("select number from staff where id = $1", ask_own.bank.staff["a1"])
    far = ask_own.bank.customers["g4"][0]
    grant = {"staffNumber": manager, "of": "CUSTOMER", "code": f"Customer:{far}"}
    wrong = await proposed(ask_own, administrator, GRANT, **grant | {"code": "Customer:x"})
    assert wrong["code"] == "GRANT_SUBJECT_NOT_FOUND"
    made.append(await proposed(ask_own, administrator, GRANT, **grant))

    inbox = (await ask_own.data(head, PROPOSALS, state="OPEN"))["proposals"]["edges"]
    assert {edge["node"]["kind"] for edge in inbox} == {"role", "grant"}
    assert all(edge["node"]["decidable"] for edge in inbox)
    for one in made:
        answer = await decided(ask_own, head, one["proposal"]["id"])
        assert answer["proposal"]["state"] == "APPLIED", answer
    today = await pool.fetchval("select cast(now() at time zone 'Asia/Shanghai' as date)")
    row = await pool.fetchrow(ACTOR_OF_ACCOUNT, ask_own.bank.accounts["a1"], max(today, NOW.date()))
    actor = actor_of(row, CONTRACT.permissions)
    assert actor is not None
    assert actor.can("models.view")
    assert actor.scope.customer_ids == (far,)


async def test_a_key_stands_for_what_was_sent_whatever_has_become_of_it(ask_own: Ask) -> None:
    """Without a first day: after midnight, after somebody agreed, and when the member of staff has another name."""
    administrator, head = await colleague(ask_own, "A7", "ADMINISTRATOR"), await colleague(ask_own, "H7")
    manager, code = await ask_own.pool.fetchrow(
        "select s.number, u.code from staff s, org_units u where s.id = $1 and u.id = $2",
        ask_own.bank.staff["a1"],
        ask_own.bank.units["head"],
    )
    grant = {"idempotencyKey": str(uuid4()), "staffNumber": manager, "of": "UNIT", "code": code}
    first = (await proposed(ask_own, administrator, GRANT, **grant))["proposal"]["id"]
    ask_own.now += timedelta(days=1)
    assert (await proposed(ask_own, administrator, GRANT, **grant)).get("proposal", {}).get("id") == first
    assert (await decided(ask_own, head, first))["proposal"]["state"] == "APPLIED"
    await ask_own.pool.execute("update staff set name = '改名' where number = $1", manager)
    assert (await proposed(ask_own, administrator, GRANT, **grant)).get("proposal", {}).get("id") == first
    other = await proposed(ask_own, administrator, GRANT, **grant, toOn="2027-11-21")
    assert other["code"] == "IDEMPOTENCY_KEY_REUSED"
