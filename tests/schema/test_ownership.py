"""Rules, lists and exceptions through the contract: tried, proposed, agreed to by another, given and ended."""

import asyncio
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.grids.ownership import assign_owners
from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS, GIVE_CUSTOMERS, VIEW_GRIDS
from domain.shared.night import Night, silent
from schema.house import HOUSE
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask
from tests.schema.test_parameters import colleague, decided

TOMORROW = "2026-11-22"
FIRMS = {"field": "kind", "operator": "in", "value": ["ENTERPRISE"]}
REFUSED = "... on OwnershipNotChanged { code message }"
TRY = f"""mutation ($input: OwnershipRuleInput, $without: String) {{
  tryOwnershipRule(input: $input, without: $without) {{ ... on OwnershipTrialSuccess {{ trial {{
    day rules {{ code holds has }} overlaps {{ code customers }} changeHands withoutOwner givesToNobody
    handovers {{ from {{ number }} to {{ number }} customers }} }} }} {REFUSED} }} }}"""
PROPOSE = """mutation ($input: ProposeOwnershipRuleInput!) { proposeOwnershipRule(input: $input) {
  ... on ProposalSuccess { proposal { id state } } ... on ProposalNotDone { code message } } }"""
END = """mutation ($input: EndOwnershipRuleInput!) { endOwnershipRule(input: $input) {
  ... on ProposalSuccess { proposal { id state } } ... on ProposalNotDone { code message } } }"""
RULES = """{ ownershipRules {
  code name position unitCode condition toKind toCode toName from to inForce customers } }"""
EXCEPTION = "exception { id customer { id } staff { number } reason to isOpen endedBy }"
GIVE = f"""mutation ($input: GiveCustomerInput!) {{ giveCustomer(input: $input) {{
  ... on OwnerExceptionSuccess {{ {EXCEPTION} }} {REFUSED} }} }}"""
END_GIVEN = f"""mutation ($input: EndOwnerExceptionInput!) {{ endOwnerException(input: $input) {{
  ... on OwnerExceptionSuccess {{ {EXCEPTION} }} {REFUSED} }} }}"""
KEEP = f"""mutation ($input: KeepListGridInput!) {{ keepListGrid(input: $input) {{
  ... on ListGridSuccess {{ listGrid {{ code name kind outletCode a {{ number }} b {{ number }} customers gridId }} }}
  {REFUSED} }} }}"""
LISTS = "{ listGrids { code name kind customers named } }"
WHOSE = """query ($id: ID!) { customer(id: $id) { owner { number } grid { code level boundary }
  ownership { cause name reason to } } }"""
NUMBERS = {"a1": "100005", "a2": "100006", "b1": "100007", "outlet_a": "100003"}


def rule(code: str = "R1", **given: Any) -> dict[str, Any]:
    usual = {
        "name": "对公专营",
        "position": 10,
        "condition": FIRMS,
        "toKind": "STAFF",
        "toCode": NUMBERS["a2"],
    }
    return {"code": code, **usual, **given}


async def act(ask: Ask, who: Any, document: str, **given: Any) -> Any:
    sent = {"idempotencyKey": str(uuid4()), **given}
    return next(iter((await ask.data(who, document, input=sent)).values()))


async def tried(ask: Ask, given: dict[str, Any] | None, who: Any = "head", without: str | None = None) -> Any:
    return (await ask.data(who, TRY, input=given, without=without))["tryOwnershipRule"]


def night(ask: Ask, day: date) -> None:
    address = ask.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        assign_owners(connection, Night(77, day, Path("/nowhere")), silent, language=HOUSE.language)


async def whose(ask: Ask, customer: int, who: str = "head") -> Any:
    return (await ask.data(who, WHOSE, id=f"Customer:{customer}"))["customer"]


@pytest.fixture
async def placed(ask_own: Ask) -> Ask:
    """The bank with an atom in each small grid, in which its customers live, on the morning after its night."""
    await ask_own.pool.execute(
        """insert into atoms (id, code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                              lon_deg_wgs84, lat_deg_wgs84, area_m2) overriding system value
           select g.id, 'a' || g.id, '组', 'v', '村', '320923101', '镇', false, false, 119.5, 33.6, 1e6
             from grids g where level = 'SMALL' and plan_id = (select id from plan_in_force)"""
    )
    await ask_own.pool.execute(
        "insert into plan_atoms (plan_id, atom_id, grid_id) select (select id from plan_in_force), id, id from atoms"
    )
    await ask_own.pool.execute("update customers set atom_id = grid_id where grid_id is not null")
    await ask_own.pool.execute("update staff set duty = 'CUSTOMERS' where role = 'CUSTOMER_MANAGER'")
    return ask_own


async def test_a_rule_is_tried_proposed_agreed_to_and_applied_by_the_night(placed: Ask) -> None:
    ask = placed
    found = (await tried(ask, rule()))["trial"]
    firms = await ask.pool.fetchval(
        "select count(*) from customers where kind = 'ENTERPRISE' and status = 'ACTIVE'"
    )
    assert found["rules"] == [{"code": "R1", "holds": firms, "has": firms}]
    assert (found["day"], found["givesToNobody"], found["overlaps"]) == ("2026-11-21", False, [])
    gains = [one for one in found["handovers"] if one["to"]["number"] == NUMBERS["a2"]]
    assert sum(one["customers"] for one in gains) == found["changeHands"] > 0
    assert await ask.pool.fetchval("select count(*) from ownership_claims") == 0, "a trial writes nothing"

    proposed = await act(ask, "head", PROPOSE, rule=rule(), fromOn=TOMORROW, reason="公司部统管对公户")
    proposal = proposed["proposal"]["id"]
    assert (await decided(ask, "head", proposal))["code"] == "PROPOSER_DECIDES"
    head = await colleague(ask, "H2")
    assert (await decided(ask, head, proposal))["proposal"]["state"] == "APPLIED"
    (shown,) = (await ask.data("outlet_a", RULES))["ownershipRules"]
    assert (shown["inForce"], shown["toName"], shown["condition"]) == (False, "员工a2", FIRMS)
    night(ask, DATA_DATE)
    assert await ask.pool.fetchval("select count(*) from ownership_claims") == 0, "not before its day"
    night(ask, DATA_DATE + timedelta(days=1))
    firm = await ask.pool.fetchval(
        "select min(id) from customers where kind = 'ENTERPRISE' and atom_id is not null"
    )
    assert await whose(ask, firm) == {
        "owner": {"number": NUMBERS["a2"]},
        "grid": {
            "code": "@100006",
            "level": "LIST",
            "boundary": {"type": "MultiPolygon", "coordinates": []},
        },
        "ownership": {"cause": "RULE", "name": "对公专营", "reason": None, "to": None},
    }
    lists = (await ask.data("outlet_a", LISTS))["listGrids"]
    assert [(one["code"], one["kind"]) for one in lists] == [("@100006", "PERSON")]

    over = await act(ask, "head", END, code="R1", on="2026-11-24", reason="不再统管")
    assert (await decided(ask, head, over["proposal"]["id"]))["proposal"]["state"] == "APPLIED"
    night(ask, date(2026, 11, 23))
    assert await ask.pool.fetchval("select count(*) from ownership_claims") == 0


async def test_a_trial_tells_whom_earlier_rules_have(placed: Ask) -> None:
    proposed = await act(placed, "head", PROPOSE, rule=rule(), fromOn=TOMORROW, reason="先")
    await decided(placed, await colleague(placed, "H2"), proposed["proposal"]["id"])
    night(placed, DATA_DATE + timedelta(days=1))
    await placed.pool.execute("update settings set value = '\"2026-11-21\"' where name = 'data_date'")
    later = rule("R2", position=20, toCode=NUMBERS["b1"], condition={"all": []})
    found = (await tried(placed, later))["trial"]
    first, second = found["rules"]
    assert second["has"] == second["holds"] - first["holds"] > 0
    assert found["overlaps"] == [{"code": "R1", "customers": first["holds"]}]
    assert found["withoutOwner"] == 0
    without = (await tried(placed, None, without="R1"))["trial"]
    assert without["rules"] == []
    assert without["changeHands"] > 0


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"condition": {"field": "ownerId", "operator": "eq", "value": 1}}, "OWNERSHIP_RULE_CIRCULAR"),
        ({"condition": {"field": "nothing", "operator": "eq", "value": 1}}, "RULE_UNKNOWN_FIELD"),
        (
            {"condition": {"all": [{"field": "depositFen", "operator": "gte", "value": "x"}]}},
            "RULE_WRONG_VALUE",
        ),
        ({"condition": {}}, "RULE_UNREADABLE"),
        ({"toCode": "nobody"}, "OWNERSHIP_TARGET_NOT_FOUND"),
        ({"toKind": "GRID", "toCode": "L-A"}, "OWNERSHIP_TARGET_NOT_FOUND"),
        ({"toKind": "LIST", "toCode": "@100006"}, "OWNERSHIP_TARGET_NOT_FOUND"),
        ({"unitCode": "9999"}, "OWNERSHIP_UNIT_NOT_FOUND"),
        ({"name": " "}, "OWNERSHIP_RULE_NOT_VALID"),
        ({"position": 0}, "OWNERSHIP_RULE_NOT_VALID"),
        ({"code": "规则 一"}, "OWNERSHIP_RULE_NOT_VALID"),
    ],
)
async def test_what_is_no_rule_is_refused_and_named(ask: Ask, wrong: dict[str, Any], code: str) -> None:
    found = await tried(ask, rule() | wrong)
    assert found["code"] == code
    assert found["message"]


async def test_a_rule_begins_tomorrow_at_the_earliest(ask: Ask) -> None:
    found = await act(ask, "head", PROPOSE, rule=rule(), fromOn="2026-11-21", reason="r")
    assert found["code"] == "OWNERSHIP_DAY_NOT_POSSIBLE"
    assert "2026-11-22" in found["message"]
    assert (await act(ask, "head", END, code="R9", on=TOMORROW, reason="r"))[
        "code"
    ] == "OWNERSHIP_RULE_NOT_VALID"


async def test_a_customer_is_given_at_once_and_falls_back(placed: Ask) -> None:
    ask = placed
    customer = ask.bank.customers["g1"][0]
    night(ask, DATA_DATE)
    wish = {
        "customerId": f"Customer:{customer}",
        "staffNumber": NUMBERS["a2"],
        "reason": "老客户点名",
        "toOn": "2026-12-01",
    }
    made = await act(ask, "outlet_a", GIVE, **wish)
    assert made["exception"]["isOpen"]
    now = await whose(ask, customer, "outlet_a")
    assert now["owner"]["number"] == NUMBERS["a2"]
    assert now["ownership"] == {
        "cause": "EXCEPTION",
        "name": None,
        "reason": "老客户点名",
        "to": "2026-12-01",
    }
    assert (await act(ask, "outlet_a", GIVE, **wish))["code"] == "EXCEPTION_THERE"
    open_ones = await ask.data("outlet_a", f"{{ ownerExceptions {{ {EXCEPTION.split('{', 1)[1]} }}")
    assert [one["id"] for one in open_ones["ownerExceptions"]] == [made["exception"]["id"]]
    assert (await ask.data("outlet_b", "{ ownerExceptions { id } }"))["ownerExceptions"] == []
    refused = await act(ask, "outlet_b", END_GIVEN, exceptionId=made["exception"]["id"])
    assert refused["code"] == "EXCEPTION_NOT_FOUND", "of another outlet"
    ended = await act(ask, "outlet_a", END_GIVEN, exceptionId=made["exception"]["id"])
    assert (ended["exception"]["isOpen"], ended["exception"]["endedBy"]) == (False, "员工outlet_a")
    back = await whose(ask, customer, "outlet_a")
    assert (back["owner"]["number"], back["ownership"]) == (NUMBERS["a1"], None)
    kept = await ask.pool.fetchval(
        "select count(*) from audit where action like 'ownership.exception%' and subject = $1",
        f"Customer:{customer}",
    )
    assert kept == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": " "}, "EXCEPTION_REASON_MISSING"),
        ({"reason": "长" * 201}, "EXCEPTION_REASON_MISSING"),
        ({"toOn": "2026-11-21"}, "EXCEPTION_DAYS_NOT_VALID"),
        ({"toOn": "2028-01-01"}, "EXCEPTION_DAYS_NOT_VALID"),
        ({"staffNumber": NUMBERS["b1"]}, "OWNER_NOT_IN_SCOPE"),
        ({"staffNumber": "0"}, "OWNER_NOT_IN_SCOPE"),
        ({"customerId": "Customer:999999"}, "OWNER_NOT_IN_SCOPE"),
        ({"customerId": "Grid:1"}, "OWNER_NOT_IN_SCOPE"),
    ],
)
async def test_who_may_not_be_given_is_not(ask: Ask, wrong: dict[str, Any], code: str) -> None:
    wish = {
        "customerId": f"Customer:{ask.bank.customers['g1'][0]}",
        "staffNumber": NUMBERS["a2"],
        "reason": "r",
        "toOn": "2026-12-01",
    }
    assert (await act(ask, "outlet_a", GIVE, **(wish | wrong)))["code"] == code


async def test_a_list_is_kept_with_its_posts_within_ones_units(ask_own: Ask) -> None:
    given = {"code": "MK1", "name": "小商品市场", "kind": "MARKET", "outletCode": "0001", "a": NUMBERS["a1"]}
    made = (await act(ask_own, "outlet_a", KEEP, **given, b=NUMBERS["a2"]))["listGrid"]
    assert (made["code"], made["a"]["number"], made["b"]["number"]) == ("@MK1", NUMBERS["a1"], NUMBERS["a2"])
    moved = (await act(ask_own, "outlet_a", KEEP, **(given | {"code": "@MK1", "a": NUMBERS["a2"]})))[
        "listGrid"
    ]
    assert (moved["a"]["number"], moved["b"]) == (NUMBERS["a2"], None)
    told = await ask_own.pool.fetchval(
        "select detail::text from audit where action = 'ownership.list' order by id limit 1"
    )
    assert json.loads(told) == {"outlet": "0001", "a": NUMBERS["a1"], "b": NUMBERS["a2"], "to_on": None}, (
        "who may see customers by it"
    )
    assert (await act(ask_own, "outlet_b", KEEP, **given))["code"] == "OWNERSHIP_UNIT_NOT_FOUND"
    taken = await act(ask_own, "outlet_b", KEEP, **(given | {"outletCode": "0002", "a": None}))
    assert taken["code"] == "LIST_GRID_NOT_FOUND", "it is another outlet's"
    for wrong, code in (
        ({"code": "a b"}, "LIST_GRID_NOT_VALID"),
        ({"kind": "PERSON"}, "LIST_GRID_NOT_VALID"),
        ({"b": NUMBERS["a1"]}, "OWNER_NOT_IN_SCOPE"),
        ({"a": "0"}, "OWNER_NOT_IN_SCOPE"),
        ({"a": NUMBERS["b1"]}, "OWNER_NOT_IN_SCOPE"),
        ({"toOn": "2026-01-01"}, "OWNERSHIP_DAYS_NOT_VALID"),
    ):
        assert (await act(ask_own, "outlet_a", KEEP, **(given | wrong)))["code"] == code


async def test_a_list_that_ends_today_is_shown_once_more(ask_own: Ask) -> None:
    given = {"code": "MK9", "name": "市场", "kind": "MARKET", "outletCode": "0001", "toOn": "2026-11-21"}
    assert (await act(ask_own, "outlet_a", KEEP, **given))["listGrid"]["code"] == "@MK9"
    assert (await ask_own.data("outlet_a", LISTS))["listGrids"] == []


async def test_who_covers_from_another_outlet_stays_when_the_list_is_changed(ask_own: Ask) -> None:
    """Head office put him there; the outlet's manager changes the name."""
    given = {"code": "MK2", "name": "市场", "kind": "MARKET", "outletCode": "0001", "a": NUMBERS["a1"]}
    head = replace(ask_own.bank.actor("head"), permissions=frozenset({GIVE_CUSTOMERS}))
    await act(ask_own, head, KEEP, **given, b=NUMBERS["b1"])
    kept = (await act(ask_own, "outlet_a", KEEP, **(given | {"name": "新市场"}), b=NUMBERS["b1"]))["listGrid"]
    assert (kept["name"], kept["b"]["number"]) == ("新市场", NUMBERS["b1"])


async def test_of_two_who_make_one_list_the_later_is_refused(ask_own: Ask) -> None:
    """Also where they are of two outlets: the later one would have taken the list of the other."""
    given = {"code": "MK3", "name": "市场", "kind": "MARKET", "outletCode": "0001"}
    address = ask_own.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as first:
        first.execute(
            """insert into list_grids (code, name, kind, org_unit_id, position, from_on, made_by_id)
               values ('@MK3', '先建的', 'MARKET', %s, 100, '2026-11-21', %s)""",
            [ask_own.bank.units["B"], ask_own.bank.staff["b1"]],
        )
        later = asyncio.create_task(act(ask_own, "outlet_a", KEEP, **given))
        while not await ask_own.pool.fetchval(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        ):
            assert not later.done(), await later
            await asyncio.sleep(0.01)
        first.commit()
    refused = await later
    assert refused["code"] == "LIST_GRID_MADE_MEANWHILE"
    assert "@MK3" in refused["message"]
    kept = await ask_own.pool.fetchrow("select name, org_unit_id from list_grids where code = '@MK3'")
    assert tuple(kept) == ("先建的", ask_own.bank.units["B"])


async def test_what_is_proposed_of_a_rule_is_for_who_sees_the_bank(ask_own: Ask) -> None:
    made = await act(ask_own, "head", PROPOSE, rule=rule(), fromOn=TOMORROW, reason="公司部统管对公户")
    proposal = made["proposal"]["id"]
    approver = replace(
        ask_own.bank.actor("outlet_a"), permissions=frozenset({VIEW_GRIDS, APPROVE_GRIDS, "proposals.view"})
    )
    everybody = "{ proposals(first: 9) { edges { node { id } } } }"
    assert (await ask_own.data(approver, everybody))["proposals"]["edges"] == []
    assert len((await ask_own.data("head", everybody))["proposals"]["edges"]) == 1
    for agrees in (True, False):
        answer = await decided(ask_own, approver, proposal, agrees=agrees, reason="不同意")
        assert answer["code"] == "PROPOSAL_NOT_FOUND"
    assert await ask_own.pool.fetchval("select state from proposals") == "OPEN"


async def test_rules_are_of_the_bank_for_who_tries_and_for_who_proposes(ask: Ask) -> None:
    """Counting by any condition, one would learn of customers of other outlets what no list shows."""
    drawing = replace(ask.bank.actor("outlet_a"), permissions=frozenset({EDIT_GRIDS, APPROVE_GRIDS}))
    assert (await tried(ask, rule(), drawing))["code"] == "OWNERSHIP_NOT_ALLOWED"
    assert (await tried(ask, None, drawing))["code"] == "OWNERSHIP_NOT_ALLOWED"
    refused = await act(ask, drawing, PROPOSE, rule=rule(), fromOn=TOMORROW, reason="r")
    assert refused["code"] == "PROPOSAL_NOT_ALLOWED"


async def test_who_may_not_is_refused_and_who_has_no_unit_sees_no_list(ask: Ask) -> None:
    without = replace(ask.bank.actor("outlet_a"), permissions=frozenset())
    wish = {"customerId": "Customer:1", "staffNumber": NUMBERS["a2"], "reason": "r", "toOn": "2026-12-01"}
    assert (await act(ask, without, GIVE, **wish))["code"] == "OWNERSHIP_NOT_ALLOWED"
    given = {"code": "M", "name": "M", "kind": "MARKET", "outletCode": "0001"}
    assert (await act(ask, without, KEEP, **given))["code"] == "OWNERSHIP_NOT_ALLOWED"
    assert (await ask.data("a1", LISTS))["listGrids"] == []
