"""Balance through the contract: asked by one request, answered by a worker's job, read, stopped, taken over."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from api.jobs.balances import balance_plan, tell_failed
from api.jobs.context import JobContext
from domain.grids.drafting import make_draft
from domain.shared.outbox import LeasedJob
from domain.shared.rows import NightRows
from geo.balance_proposals import NothingToBalance
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

A1, A2 = "100005", "100006"
ASK = """mutation ($input: AskPlanBalanceInput!) { askPlanBalance(input: $input) { __typename
  ... on PlanBalanceSuccess { balance { id state progress seed wish } }
  ... on PlanBalanceNotDone { code message } } }"""
STOP = """mutation ($input: StopPlanBalanceInput!) { stopPlanBalance(input: $input) { __typename
  ... on PlanBalanceSuccess { balance { id state } } ... on PlanBalanceNotDone { code } } }"""
APPLY = """mutation ($input: ApplyPlanProposalInput!) { applyPlanProposal(input: $input) { __typename
  ... on PlanProposalSuccess { proposal { id appliedVersion } } ... on PlanBalanceNotDone { code } } }"""
READ = """query ($plan: ID!) { planBalances(planId: $plan) { id planVersion even few short state progress
  error { code } askedBy { id } endedAt proposals { id character outlets evenBefore evenAfter customers atomsMoved
  postsChanged awayMBefore awayMAfter moves appliedVersion
  byOutlet { orgUnit { code } evennessBefore evennessAfter obstacle obstacleWhat obstacleIsProven }
  people { staff { number } percent minutesBefore minutesAfter }
  hands { from { number } to { number } customers atoms } } } }"""


def database_of(ask: Ask) -> str:
    return ask.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


async def drafted(ask: Ask) -> str:
    """A draft of the plan in force: g1 and g2 are both a1's, g3 b1's, g4 c1's; each has the same work."""
    with psycopg.connect(database_of(ask)) as connection:
        connection.execute(
            "update posts set staff_id = %s where role = 'A' and grid_id = %s",
            [ask.bank.staff["a1"], ask.bank.grids["g2"]],
        )
        for name, grid in ask.bank.grids.items():
            atom = connection.execute(
                """insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                                      lon_deg_wgs84, lat_deg_wgs84, area_m2)
                   values (%s, '组', 'v', '村', 't', '镇', false, false, 119.8, 33.8, 1) returning id""",
                [name],
            ).fetchone()
            connection.execute(
                "insert into plan_atoms select plan_id, %s, id from grids where id = %s and level = 'SMALL'",
                [atom and atom[0], grid],
            )
        connection.execute(
            """insert into atom_sums (data_date, atom_id, kind, tier, customers, located, visited_90d, key_customers,
                                      deposit_fen, loan_fen, due_visits, at_risk)
               select %s, id, 'PERSON', 'GENERAL', 30, 0, 0, 3, 0, 0, 0, 0 from atoms""",
            [DATA_DATE],
        )
        plan = connection.execute("select id from plan_in_force").fetchone()
        assert plan is not None
        return f"Plan:{make_draft(NightRows(connection), '新方案', ask.bank.staff['head'], plan[0])}"


async def asked(ask: Ask, plan: str, who: str = "head", **given: Any) -> Any:
    usual = {"idempotencyKey": str(uuid4()), "planId": plan}
    return (await ask.data(who, ASK, input=usual | given))["askPlanBalance"]


def work_off(ask: Ask, balance: str) -> None:
    """As a worker does: the effect and its end in one transaction."""
    with psycopg.connect(database_of(ask)) as connection:
        balance_plan(connection, job_of(balance), JobContext(database_of(ask), Path("/nowhere")))


def job_of(balance: str) -> LeasedJob:
    key = int(balance.split(":")[1])
    return LeasedJob(1, "plans.balance", f"balance:{key}", {"balance": key}, 1, UUID(int=0))


async def test_proposals_are_asked_made_read_and_taken_over(ask_own: Ask) -> None:
    plan = await drafted(ask_own)
    key = str(uuid4())
    given = {
        "alsoStaff": [A2],
        "few": 3.0,
        "shares": [{"staffNumber": A2, "percent": 100}],
        "idempotencyKey": key,
    }
    first = await asked(ask_own, plan, **given)
    balance = first["balance"]["id"]
    assert (first["balance"]["state"], first["balance"]["wish"]["also"]) == ("WAITING", [A2])
    assert await asked(ask_own, plan, **given) == first, "the same key gives the same answer"
    queued = await ask_own.pool.fetch("select name, args from outbox where name = 'plans.balance'")
    assert len(queued) == 1
    work_off(ask_own, balance)
    (found,) = (await ask_own.both_ways("head", READ, plan=plan)).data["planBalances"]
    assert (found["state"], found["progress"], found["error"]) == ("DONE", 1.0, None)
    assert [one["character"] for one in found["proposals"]] == ["EVEN", "FEW", "SHORT"]
    even = found["proposals"][0]
    assert (even["evenBefore"], even["evenAfter"], even["outlets"]) == (2, 3, 3)
    assert len(even["moves"]) == even["atomsMoved"]
    assert [(one["from"]["number"], one["to"]["number"], one["customers"]) for one in even["hands"]] == [
        (A1, A2, 30)
    ]
    taken = await ask_own.data(
        "head", APPLY, input={"idempotencyKey": str(uuid4()), "proposalId": even["id"]}
    )
    assert taken["applyPlanProposal"]["proposal"] == {"id": even["id"], "appliedVersion": 1}
    again = await ask_own.data(
        "head", APPLY, input={"idempotencyKey": str(uuid4()), "proposalId": even["id"]}
    )
    assert again["applyPlanProposal"]["code"] == "PLAN_ACT_CHANGES_NOTHING"


async def test_one_that_was_stopped_is_not_answered(ask_own: Ask) -> None:
    balance = (await asked(ask_own, await drafted(ask_own)))["balance"]["id"]
    stop = {"balanceId": balance}
    stopped = await ask_own.data("head", STOP, input={"idempotencyKey": str(uuid4()), **stop})
    assert stopped["stopPlanBalance"]["balance"] == {"id": balance, "state": "STOPPED"}
    work_off(ask_own, balance)
    assert await ask_own.pool.fetchval("select count(*) from plan_proposals") == 0
    again = await ask_own.data("head", STOP, input={"idempotencyKey": str(uuid4()), **stop})
    assert again["stopPlanBalance"]["code"] == "BALANCE_ENDED"


async def test_one_that_was_given_up_says_why(ask_own: Ask) -> None:
    plan = await drafted(ask_own)
    balance = (await asked(ask_own, plan))["balance"]["id"]
    with psycopg.connect(database_of(ask_own)) as connection:
        tell_failed(connection, job_of(balance), NothingToBalance().statement)
    (found,) = (await ask_own.both_ways("head", READ, plan=plan)).data["planBalances"]
    assert (found["state"], found["error"]["code"]) == ("FAILED", "NOTHING_TO_BALANCE")


async def test_refusals_and_who_may_not(ask_own: Ask) -> None:
    plan = await drafted(ask_own)
    assert (await asked(ask_own, plan, lockedGrids=["no"]))["code"] == "BALANCE_NAMES_UNKNOWN"
    assert (await asked(ask_own, "Plan:999"))["code"] == "PLAN_NOT_FOUND"
    assert (await asked(ask_own, plan, even=0.0, few=0.0, short=0.0))["code"] == "BALANCE_WEIGHTS_NOT_VALID"
    for who in ("a1", "outlet_a"):
        refused = await ask_own(who, READ, plan=plan)
        assert refused.errors or refused.data == {"planBalances": []}, who
