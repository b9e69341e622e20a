"""Plans through the contract: two who draw, what each is refused, and a second person who agrees."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS
from domain.shared.actor import Actor
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask
from tests.schema.test_parameters import colleague, decided

PLAN = "plan { id name state version fromOn mayCross findings { code message gridCode } proof { version atoms } }"
DONE = f"{{ __typename ... on PlanSuccess {{ {PLAN} }} ... on PlanNotChanged {{ code message }} }}"
GRIDS = """query ($plan: ID!, $on: Date) { planGrids(planId: $plan, on: $on) { code name level parentCode outletCode
  atoms originCode a { number } b { number } figures { customers changesHands changesOutlet minutes } } }"""
ATOMS = """query ($plan: ID!) { planAtoms(planId: $plan) { id code gridCode nowGridCode nowOutletCode nowStaffNumber
  townCode lonDeg latDeg neighbourIds figures { customers } } }"""
CHANGES = "query ($plan: ID!, $after: Int!) { planChanges(planId: $plan, after: $after) { version act what who mine } }"
PROPOSE = """mutation ($input: ProposePlanInput!) { proposePlan(input: $input) {
  ... on ProposalSuccess { proposal { id state } } ... on ProposalNotDone { code message } } }"""


@pytest.fixture
async def drawn(ask_own: Ask) -> Ask:
    """The bank with two atoms in each of its small grids, in a row, and three customers in each atom."""
    await ask_own.pool.execute(
        """insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                              lon_deg_wgs84, lat_deg_wgs84, area_m2)
           select 'a' || n, '组' || n, 'v', '村', '320923101', '镇', false, false, 119.5, 33.6, 1e6
             from generate_series(1, 8) n"""
    )
    await ask_own.pool.execute(
        """insert into plan_atoms (plan_id, atom_id, grid_id)
           select g.plan_id, a.id, g.id
             from (select g.*, row_number() over (order by code) as n from grids g
                    where level = 'SMALL' and plan_id = (select id from plan_in_force)) g
             join atoms a on (a.id + 1) / 2 = g.n"""
    )
    await ask_own.pool.execute(
        """insert into atom_borders select a.id, b.id, 1000 from atoms a join atoms b on abs(a.id - b.id) = 1"""
    )
    await ask_own.pool.execute(
        """insert into atom_boundaries select id, st_multi(st_makeenvelope(id, 0, id + 1, 1, 4326)) from atoms"""
    )
    await ask_own.pool.execute(
        """insert into atom_sums select '2026-11-20', id, 'PERSON', 'KEY', 3, 3, 0, 3, 0, 0, 0, 0 from atoms"""
    )
    return ask_own


async def made(ask: Ask, who: str | Actor = "head", *, empty: bool = False) -> str:
    given: dict[str, Any] = {"idempotencyKey": str(uuid4()), "name": "新方案"}
    if not empty:
        base = await ask.pool.fetchval("select id from plan_in_force")
        given["basedOnId"] = f"Plan:{base}"
    document = f"mutation ($input: MakePlanInput!) {{ makePlan(input: $input) {DONE} }}"
    return str((await ask.data(who, document, input=given))["makePlan"]["plan"]["id"])


async def changed(ask: Ask, plan: str, version: int, who: str | Actor = "head", **act: Any) -> Any:
    given = {"idempotencyKey": str(uuid4()), "planId": plan, "version": version, **act}
    document = f"mutation ($input: ChangePlanInput!) {{ changePlan(input: $input) {DONE} }}"
    return (await ask.data(who, document, input=given))["changePlan"]


async def at_version(ask: Ask, what: str, plan: str, version: int, who: str | Actor = "head") -> Any:
    given = {"idempotencyKey": str(uuid4()), "planId": plan, "version": version}
    document = f"mutation ($input: PlanVersionInput!) {{ {what}(input: $input) {DONE} }}"
    return (await ask.data(who, document, input=given))[what]


async def grids(ask: Ask, plan: str) -> dict[str, Any]:
    return {one["code"]: one for one in (await ask.data("head", GRIDS, plan=plan))["planGrids"]}


async def test_a_draft_is_cut_seen_with_its_figures_and_taken_back(drawn: Ask) -> None:
    plan = await made(drawn)
    codes = sorted(code for code, one in (await grids(drawn, plan)).items() if one["level"] == "SMALL")
    first, second = codes[:2]
    answer = await changed(drawn, plan, 0, assign={"atomIds": ["Atom:2"], "gridCode": second})
    assert (answer["plan"]["version"], answer["plan"]["findings"]) == (1, [])
    found = await grids(drawn, plan)
    assert [found[code]["atoms"] for code in (first, second)] == [1, 3]
    assert [found[code]["figures"]["customers"] for code in (first, second)] == [3, 9]
    assert found[second]["figures"]["changesHands"] == 3, "a1 sits on the one, a2 on the other"
    assert found[second]["figures"]["minutes"] > found[first]["figures"]["minutes"] > 0
    atoms = (await drawn.data("head", ATOMS, plan=plan))["planAtoms"]
    assert [one["gridCode"] for one in atoms][:3] == [first, second, second]
    now = await drawn.pool.fetchrow(
        "select u.code, s.number from grids g join org_units u on u.id = g.org_unit_id"
        "  join posts p on p.grid_id = g.id join staff s on s.id = p.staff_id"
        " where g.code = $1 and p.role = 'A' and g.plan_id = (select id from plan_in_force)",
        first,
    )
    assert {name: atoms[1][name] for name in atoms[1] if name not in ("gridCode", "figures")} == {
        "id": "Atom:2", "code": "a2", "nowGridCode": first, "nowOutletCode": now["code"],
        "nowStaffNumber": now["number"], "townCode": "320923101",
        "lonDeg": 119.5, "latDeg": 33.6, "neighbourIds": ["Atom:1", "Atom:3"],
    }  # fmt: skip
    assert (await at_version(drawn, "undoPlanChange", plan, 1))["plan"]["version"] == 2
    assert (await grids(drawn, plan))[first]["atoms"] == 2
    assert (await at_version(drawn, "redoPlanChange", plan, 2))["plan"]["version"] == 3
    seen = (await drawn.data("head", CHANGES, plan=plan, after=1))["planChanges"]
    assert [(one["version"], one["act"], one["mine"]) for one in seen] == [
        (3, "REDO", True),
        (2, "UNDO", True),
    ]


async def test_every_act_is_one_mutation(drawn: Ask) -> None:
    plan = await made(drawn)
    first, second, *_ = sorted(
        code for code, one in (await grids(drawn, plan)).items() if one["level"] == "SMALL"
    )
    number = await drawn.pool.fetchval("select number from staff where name = '员工b1'")
    acts: list[dict[str, Any]] = [
        {"split": {"gridCode": first, "code": "新-1", "name": "新一", "atomIds": ["Atom:1"]}},
        {"rename": {"gridCode": "新-1", "name": "新甲"}},
        {"seat": {"gridCode": "新-1", "role": "A", "staffNumber": number}},
        {"give": {"gridCode": "新-1", "outletCode": "0002"}},
        {"put": {"gridCodes": ["新-1"], "largeCode": "L-BC"}},
        {"limits": {"reason": "并村"}},
        {"merge": {"intoCode": second, "gridCodes": [first]}},
        {
            "make": {
                "code": "新-2",
                "name": "新二",
                "level": "SMALL",
                "outletCode": "0001",
                "atomIds": ["Atom:4"],
            }
        },
        {
            "make": {
                "code": "大-2",
                "name": "大二",
                "level": "LARGE",
                "outletCode": "0001",
                "gridCodes": ["新-2"],
            }
        },
        {"remove": "新-2"},
    ]
    for version, act in enumerate(acts):
        answer = await changed(drawn, plan, version, **act)
        assert answer.get("plan", answer).get("version") == version + 1, (act, answer)
    found = await grids(drawn, plan)
    assert (found["新-1"]["a"], found["新-1"]["outletCode"]) == ({"number": number}, "0002")
    assert found["新-1"]["parentCode"] == "L-BC"
    assert found["新-1"]["originCode"] == first
    assert {"新-2", "大-2", first} & found.keys() == set()
    gap = (await changed(drawn, plan, 10, rename={"gridCode": "新-1", "name": "乙"}))["plan"]["findings"]
    assert [(one["code"], one["gridCode"]) for one in gap] == [
        ("PLAN_GAP", None),
        ("PLAN_GRID_IN_PIECES", "L-BC"),
    ]
    assert gap[0]["message"] == "还有 1 个原子不属于任何网格：a4"


async def test_a_clash_is_told_in_words_and_elsewhere_is_none(drawn: Ask) -> None:
    other = await colleague(drawn, "H2")
    plan = await made(drawn)
    first, _, third, *_ = sorted(
        code for code, one in (await grids(drawn, plan)).items() if one["level"] == "SMALL"
    )
    await changed(drawn, plan, 0, other, rename={"gridCode": first, "name": "改名"})
    clash = await changed(drawn, plan, 0, assign={"atomIds": ["Atom:1"]})
    assert clash["code"] == "PLAN_CHANGED_MEANWHILE"
    assert clash["message"].startswith(
        "您看到的是第 0 版；此后 H2 改了同样的网格或原子（共 1 次，最后一次：改名 "
    )
    assert (await changed(drawn, plan, 0, rename={"gridCode": third, "name": "别处"}))["plan"]["version"] == 2
    for act in ({}, {"remove": first, "limits": {"reason": "x"}}):
        assert (await changed(drawn, plan, 2, **act))["code"] == "PLAN_ACT_NOT_ONE"
    assert (await changed(drawn, plan, 2, assign={"atomIds": ["Grid:1"]}))["code"] == "ATOM_NOT_FOUND"
    assert (await changed(drawn, "Plan:777", 0, remove=first))["code"] == "PLAN_NOT_FOUND"
    assert (await changed(drawn, "Grid:1", 0, remove=first))["code"] == "PLAN_NOT_FOUND"
    assert await drawn.data("head", '{ gridPlan(id: "Plan:777") { id } }') == {"gridPlan": None}


async def test_the_same_key_is_one_act(drawn: Ask) -> None:
    plan = await made(drawn)
    key = str(uuid4())
    first = min(code for code, one in (await grids(drawn, plan)).items() if one["level"] == "SMALL")
    for _ in range(2):
        again = {"rename": {"gridCode": first, "name": "改名"}, "idempotencyKey": key}
        assert (await changed(drawn, plan, 0, **again))["plan"]["version"] == 1
    other = {"rename": {"gridCode": first, "name": "又改"}, "idempotencyKey": key}
    assert (await changed(drawn, plan, 0, **other))["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_a_checked_plan_is_agreed_to_by_a_second_person_and_recalled(drawn: Ask) -> None:
    other = await colleague(drawn, "H2")
    plan = await made(drawn)
    await changed(drawn, plan, 0, assign={"atomIds": ["Atom:1"]})
    assert (await at_version(drawn, "checkPlan", plan, 1))["code"] == "PLAN_HAS_FINDINGS"
    await at_version(drawn, "undoPlanChange", plan, 1)
    checked = (await at_version(drawn, "checkPlan", plan, 2))["plan"]
    assert (checked["state"], checked["proof"]) == ("CHECKED", {"version": 2, "atoms": 8})
    shapes = "select count(*) from grid_boundaries b join grids g on g.id = b.grid_id where 'Plan:' || g.plan_id = $1"
    assert await drawn.pool.fetchval(shapes, plan) == 6
    given = {
        "idempotencyKey": str(uuid4()),
        "planId": plan,
        "version": 2,
        "fromOn": "2026-12-01",
        "reason": "并村",
    }
    proposal = (await drawn.data("head", PROPOSE, input=given))["proposePlan"]["proposal"]["id"]
    assert (await decided(drawn, "head", proposal))["code"] == "PROPOSER_DECIDES"
    outlet = replace(drawn.bank.actor("outlet_a"), permissions=drawn.bank.actor("head").permissions)
    decidable = "{ proposals(first: 1) { edges { node { decidable } } } }"
    for who, may in ((outlet, False), (other, True)):
        seen = (await drawn.data(who, decidable))["proposals"]["edges"][0]["node"]
        assert seen == {"decidable": may}
    for agrees in (True, False):
        refused = await decided(drawn, outlet, proposal, agrees=agrees)
        assert refused["code"] == "PROPOSAL_NOT_ALLOWED", "a plan is of the whole bank"
    assert (await decided(drawn, other, proposal))["proposal"]["state"] == "APPLIED"
    plans = await drawn.data("head", "{ gridPlans { id state fromOn basedOn madeBy } }")
    assert plans["gridPlans"][0] == {
        "id": plan, "state": "APPROVED", "fromOn": "2026-12-01", "basedOn": "方案", "madeBy": "员工head",
    }  # fmt: skip
    document = f"mutation ($input: EndPlanInput!) {{ recallPlan(input: $input) {DONE} }}"
    end = {"idempotencyKey": str(uuid4()), "planId": plan}
    assert (await drawn.data(other, document, input=end))["recallPlan"]["plan"]["state"] == "CHECKED"
    document = document.replace("recallPlan", "discardPlan")
    end["idempotencyKey"] = str(uuid4())
    assert (await drawn.data("head", document, input=end))["discardPlan"]["plan"]["state"] == "DISCARDED"
    noted = await drawn.pool.fetch("select action from audit where subject = $1 order by id", plan)
    assert [row["action"] for row in noted] == [
        "plan.made", "plan.changed", "plan.changed", "plan.checked", "plan.approved", "plan.recalled", "plan.discarded",
    ]  # fmt: skip


async def test_a_plan_is_there_for_nobody_who_sees_less_than_the_bank(drawn: Ask) -> None:
    """Somebody of an outlet with the rights to draw plans up: as if there were none."""
    plan = await made(drawn)
    outlet = replace(drawn.bank.actor("outlet_a"), permissions=drawn.bank.actor("head").permissions)
    read = """query ($plan: ID!) { gridPlans { id } gridPlan(id: $plan) { id } planGrids(planId: $plan) { code }
      planAtoms(planId: $plan) { code } planChanges(planId: $plan) { version } planBalances(planId: $plan) { id } }"""
    found = await drawn.data(outlet, read, plan=plan)
    assert found == {
        "gridPlans": [], "gridPlan": None, "planGrids": [], "planAtoms": [], "planChanges": [], "planBalances": [],
    }  # fmt: skip
    assert (await changed(drawn, plan, 0, outlet, limits={"reason": "x"}))["code"] == "PLAN_NOT_FOUND"
    given = {"idempotencyKey": str(uuid4()), "planId": plan}
    when = {"version": 0, "fromOn": "2026-12-01", "reason": "x"}
    assert (await drawn.data(outlet, PROPOSE, input=given | when))["proposePlan"]["code"] == "PLAN_NOT_FOUND"
    document = """mutation ($input: AskPlanBalanceInput!) { askPlanBalance(input: $input) {
      ... on PlanBalanceNotDone { code } } }"""
    assert (await drawn.data(outlet, document, input=given))["askPlanBalance"]["code"] == "PLAN_NOT_FOUND"


async def test_the_first_day_on_which_a_plan_might_begin_is_the_servers(drawn: Ask) -> None:
    """Today for the first one of a bank alone: an empty draft beside a plan in force is not that."""
    plan = await made(drawn, empty=True)
    read = "query ($plan: ID!) { gridPlan(id: $plan) { basedOn mayBeginOn } }"
    assert (await drawn.data("head", read, plan=plan))["gridPlan"] == {
        "basedOn": None, "mayBeginOn": str(DATA_DATE + timedelta(days=2)),
    }  # fmt: skip
    await drawn.pool.execute(
        "update plans set state = 'RETIRED', to_on = current_date where state = 'IN_FORCE'"
    )
    assert (await drawn.data("head", read, plan=plan))["gridPlan"]["mayBeginOn"] == str(
        DATA_DATE + timedelta(days=1)
    )


async def test_who_may_not_draw_plans_up_changes_none(drawn: Ask) -> None:
    """Also where nobody looked at the permission of the root field."""
    plan = await made(drawn)
    head = drawn.bank.actor("head")
    drawing = replace(head, permissions=head.permissions - {APPROVE_GRIDS})
    nobody = replace(head, permissions=head.permissions - {EDIT_GRIDS})
    assert (await changed(drawn, plan, 0, nobody, limits={"reason": "x"}))["code"] == "PLAN_NOT_ALLOWED"
    document = f"mutation ($input: EndPlanInput!) {{ recallPlan(input: $input) {DONE} }}"
    end = {"idempotencyKey": str(uuid4()), "planId": plan}
    assert (await drawn.data(drawing, document, input=end))["recallPlan"]["code"] == "PLAN_NOT_ALLOWED"


async def test_a_first_plan_is_proposed_to_a_bank_that_has_none(drawn: Ask) -> None:
    async def begun(**wish: Any) -> Any:
        given = {"idempotencyKey": str(uuid4()), "name": "首个方案", "first": {}, **wish}
        document = f"mutation ($input: MakePlanInput!) {{ makePlan(input: $input) {DONE} }}"
        return (await drawn.data("head", document, input=given))["makePlan"]

    before = await drawn.pool.fetchval("select count(*) from plans")
    assert (await begun())["code"] == "FIRST_PLAN_NOT_FIRST"
    base = await drawn.pool.fetchval("select id from plan_in_force")
    assert (await begun(basedOnId=f"Plan:{base}"))["code"] == "FIRST_PLAN_OF_ANOTHER"
    await drawn.pool.execute("update plans set state = 'RETIRED', to_on = current_date where id = $1", base)
    assert (await begun(first={"gridsPerOutlet": 0}))["code"] == "GRIDS_PER_OUTLET_NOT_VALID"
    await drawn.pool.execute("update staff set duty = 'CUSTOMERS' where name = '员工a1'")
    made = await begun(first={"gridsPerOutlet": 2})
    assert (made["plan"]["version"], made["plan"]["findings"]) == (1, [])
    found = await grids(drawn, made["plan"]["id"])
    assert {(one["level"], one["outletCode"], one["atoms"]) for one in found.values()} == {
        ("LARGE", "0001", 8), ("SMALL", "0001", 4)}  # fmt: skip
    number = await drawn.pool.fetchval("select number from staff where name = '员工a1'")
    assert [found[code]["a"]["number"] for code in ("S001", "S002")] == [number, number]
    assert await drawn.pool.fetchval("select count(*) from plans") == before + 1, (
        "what is refused leaves no draft"
    )
