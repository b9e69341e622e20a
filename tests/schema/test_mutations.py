"""Mutations: once for each key, within the scope, with their audit row, refused with a code."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from domain.shared.masks import Mask
from tests.schema.bank import DATA_DATE, NOW
from tests.schema.conftest import Ask

RECORD = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { __typename
  ... on RecordVisitSuccess { visit { id startedAt outcome note distanceM nextOn staff { name }
      location { lonDeg latDeg sourceDatum method } customer { id lastVisitOn grid { name } } }
      again: visit { customer { visits(first: 1) { totalCount { value } edges { node { id } } } } } }
  ... on VisitNotRecorded { code message } } }"""


def visit(**given: Any) -> dict[str, Any]:
    return {
        "idempotencyKey": str(uuid4()),
        "customerId": "Customer:1001",
        "startedAt": (NOW - timedelta(hours=1)).isoformat(),
        "outcome": "INTERESTED",
        **given,
    }


def days_ago(days: int, *, ahead: timedelta = timedelta()) -> dict[str, Any]:
    """A visit that waited so long for a net; its phone, whose clock runs ahead, heard of the server an hour before."""
    began = NOW - timedelta(days=days)
    heard = began - timedelta(hours=1)
    contact = {"deviceAt": (heard + ahead).isoformat(), "serverAt": heard.isoformat()}
    return {"startedAt": (began + ahead).isoformat(), "contact": contact}


async def record(ask: Ask, who: str, given: dict[str, Any]) -> Any:
    return (await ask.data(who, RECORD, input=given))["recordVisit"]


async def counts(ask: Ask) -> dict[str, int]:
    tables = ("visits", "activities", "audit", "idempotency_keys", "outbox")
    return {table: await ask.pool.fetchval(f"select count(*) from {table}") for table in tables}


async def test_a_visit_is_recorded_and_read_back_through_the_mapping(ask_own: Ask) -> None:
    given = visit(
        note="想贷款二十万",
        nextOn="2026-12-01",
        point={"lonDeg": 119.5082, "latDeg": 33.6028, "datum": "GCJ02", "accuracyM": 15.0},
    )
    await ask_own.pool.execute("update customers set atom_id = 77 where id = 1001")
    before = await counts(ask_own)
    answer = await record(ask_own, "a1", given)
    assert answer["__typename"] == "RecordVisitSuccess"
    made = answer["visit"]
    assert made["id"] == f"Visit:{given['idempotencyKey']}"
    assert made["customer"] == {
        "id": "Customer:1001",
        "lastVisitOn": "2026-11-21",
        "grid": {"name": "网格g1"},
    }
    assert made["location"]["sourceDatum"] == "GCJ02"
    # GCJ-02 lies some hundred metres from WGS 84 here; what is kept is WGS 84.
    assert 0.003 < given["point"]["lonDeg"] - made["location"]["lonDeg"] < 0.008
    assert 0 < made["distanceM"] < 1000
    # The newest visit of the bank's own began an hour later.
    assert answer["again"]["customer"]["visits"]["totalCount"] == {"value": 4}
    atoms = (
        "select v.atom_id, a.atom_id from visits v, activities a where v.id = $1 order by a.id desc limit 1"
    )
    assert tuple(await ask_own.pool.fetchrow(atoms, UUID(given["idempotencyKey"]))) == (77, 77)
    after = await counts(ask_own)
    assert {table: after[table] - before[table] for table in after} == {
        "visits": 1,
        "activities": 1,
        "audit": 1,
        "idempotency_keys": 1,
        "outbox": 0,
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [({"accuracyM": 0.0}, 0), ({"accuracyM": 15.5}, 15.5), ({"accuracyM": None}, None), ({}, None)],
)
async def test_an_accuracy_is_kept_as_it_was_stated(
    ask_own: Ask, given: dict[str, Any], kept: float | None
) -> None:
    point = {"lonDeg": 119.5082, "latDeg": 33.6028, "datum": "WGS84", **given}
    answer = await record(ask_own, "a1", visit(point=point))
    key = answer["visit"]["id"].removeprefix("Visit:")
    found = await ask_own.pool.fetchval("select accuracy_m from visits where id = $1", UUID(key))
    assert (found is None, found) == (kept is None, kept)


async def test_the_same_key_gives_the_same_visit_also_at_once(ask_own: Ask) -> None:
    given = visit()
    answers = await asyncio.gather(*(record(ask_own, "a1", given) for _ in range(4)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["again"]["customer"]["visits"]["totalCount"] == {"value": 4}
    assert (await record(ask_own, "a1", {**given, "outcome": "REFUSED"}))["code"] == "IDEMPOTENCY_KEY_REUSED"
    # Somebody else's visit has this id.
    assert (await record(ask_own, "a2", given))["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert (await counts(ask_own))["idempotency_keys"] == 1


REFUSED = [
    ({"customerId": "Customer:3001"}, "CUSTOMER_NOT_FOUND"),
    ({"customerId": "Customer:77777777"}, "CUSTOMER_NOT_FOUND"),
    ({"customerId": "Grid:1"}, "CUSTOMER_NOT_FOUND"),
    ({"customerId": "Customer:99999999999999999999"}, "CUSTOMER_NOT_FOUND"),
    ({"nextOn": "2026-11-20"}, "NEXT_DATE_IN_PAST"),
    ({"note": "长" * 2001}, "NOTE_TOO_LONG"),
    ({"point": {"lonDeg": 181.0, "latDeg": 33.0, "datum": "WGS84"}}, "POINT_NOT_VALID"),
    ({"point": {"lonDeg": 119.0, "latDeg": 33.0, "datum": "BD09", "accuracyM": -1.0}}, "POINT_NOT_VALID"),
]


@pytest.mark.parametrize(
    ("given", "code"), REFUSED, ids=[f"{code}-{next(iter(given))}" for given, code in REFUSED]
)
async def test_a_refused_visit_leaves_no_row(ask_own: Ask, given: dict[str, Any], code: str) -> None:
    before = await counts(ask_own)
    answer = await record(ask_own, "a1", visit(**given))
    assert answer["__typename"] == "VisitNotRecorded"
    assert answer["code"] == code
    assert answer["message"]
    assert await counts(ask_own) == before


CLOCKS: list[tuple[str, dict[str, Any], timedelta]] = [
    ("six minutes ahead", days_ago(0, ahead=timedelta(minutes=6)), timedelta()),
    ("a year behind", days_ago(2, ahead=timedelta(days=-366)), timedelta(days=2)),
    ("eight hours ahead, a week without a net", days_ago(7, ahead=timedelta(hours=8)), timedelta(days=7)),
    ("ahead, and no contact", {"startedAt": (NOW + timedelta(days=400)).isoformat()}, timedelta()),
    ("reset to 1970, and no contact", {"startedAt": "1970-01-01T08:00:00+08:00"}, timedelta()),
    ("older than visits are taken for", days_ago(31), timedelta()),
    ("set back before the end", {"endedAt": (NOW - timedelta(hours=2)).isoformat()}, timedelta()),
    ("set ahead before the end", {"endedAt": (NOW + timedelta(days=1)).isoformat()}, timedelta()),
]


@pytest.mark.parametrize(
    ("given", "ago"), [(given, ago) for _, given, ago in CLOCKS], ids=[clock for clock, *_ in CLOCKS]
)
async def test_a_wrong_clock_never_refuses_a_visit(
    ask_own: Ask, given: dict[str, Any], ago: timedelta
) -> None:
    document = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { ... on RecordVisitSuccess {
                    visit { countedAt startedAt receivedAt customer { lastVisitOn visits { edges { node { id } } } } } }
                    ... on VisitNotRecorded { code } } }"""
    await ask_own.pool.execute("delete from visits")
    asked = visit(customerId="Customer:1002", **given)
    made = (await ask_own.data("a1", document, input=asked))["recordVisit"]["visit"]
    instants = [datetime.fromisoformat(made[one]) for one in ("countedAt", "startedAt", "receivedAt")]
    assert instants == [NOW - ago, datetime.fromisoformat(asked["startedAt"]), NOW]
    kept = "select contact_device_at, contact_server_at, counted_at from visits where id = $1"
    contact = given.get("contact", {"deviceAt": None, "serverAt": None})
    assert tuple(await ask_own.pool.fetchrow(kept, UUID(asked["idempotencyKey"]))) == (
        contact["deviceAt"] and datetime.fromisoformat(contact["deviceAt"]),
        contact["serverAt"] and datetime.fromisoformat(contact["serverAt"]),
        NOW - ago,
    )
    assert made["customer"]["visits"]["edges"] == [{"node": {"id": f"Visit:{asked['idempotencyKey']}"}}]
    last_on = await ask_own.pool.fetchval("select last_visit_on from customers where id = 1002")
    assert last_on == bank_day(NOW - ago)


async def test_another_contact_with_the_same_visit_is_no_other_body(ask_own: Ask) -> None:
    """Between two sendings the phone heard of the server again. What counts was settled when it first came."""
    given = visit(**days_ago(3))
    recorded = await record(ask_own, "a1", given)
    later = {"deviceAt": NOW.isoformat(), "serverAt": NOW.isoformat()}
    assert await record(ask_own, "a1", {**given, "contact": later}) == recorded
    without = {name: value for name, value in given.items() if name != "contact"}
    assert await record(ask_own, "a1", without) == recorded
    counted = await ask_own.pool.fetchval(
        "select counted_at from visits where id = $1", UUID(given["idempotencyKey"])
    )
    assert counted == NOW - timedelta(days=3)


async def test_a_next_date_that_passed_while_the_visit_waited_is_taken(ask_own: Ask) -> None:
    """By the phone it lay ahead; by the receipt, which is all there is without a contact, it is past."""
    began = (NOW - timedelta(days=9)).isoformat()
    answer = await record(ask_own, "a1", visit(startedAt=began, nextOn="2026-11-19"))
    assert answer["visit"]["nextOn"] == "2026-11-19"
    # A clock a year ahead would have every date of this year be past.
    ahead = days_ago(1, ahead=timedelta(days=366))
    assert (await record(ask_own, "a1", visit(nextOn="2026-11-24", **ahead)))["visit"][
        "nextOn"
    ] == "2026-11-24"


async def test_outside_the_scope_and_made_up_are_the_same_answer(ask: Ask) -> None:
    key = str(uuid4())
    foreign = await record(ask, "b1", visit(idempotencyKey=key))
    made_up = await record(ask, "b1", visit(idempotencyKey=key, customerId="Customer:55555555"))
    assert foreign == made_up


async def test_somebody_who_was_not_found_was_not_visited(ask_own: Ask) -> None:
    answer = await record(ask_own, "a1", visit(outcome="NOT_FOUND"))
    assert answer["visit"]["customer"]["lastVisitOn"] == "2026-10-31"


async def test_an_older_visit_that_comes_late_does_not_turn_the_clock_back(ask_own: Ask) -> None:
    await record(ask_own, "a1", visit())
    late = await record(ask_own, "a1", visit(**days_ago(7)))
    assert late["visit"]["customer"]["lastVisitOn"] == "2026-11-21"


async def test_a_visit_that_is_recorded_is_answered_also_when_it_would_be_refused_by_now(
    ask_own: Ask,
) -> None:
    """The phone sends again what it never heard of; weeks later its next date is past and the customer another's."""
    given = visit(nextOn="2026-12-01")
    recorded = await record(ask_own, "a1", given)
    ask_own.now += timedelta(days=40)
    assert await record(ask_own, "a1", given) == recorded
    assert (await record(ask_own, "a1", {**given, "note": "别的"}))["code"] == "IDEMPOTENCY_KEY_REUSED"
    late = visit(nextOn="2026-12-01", startedAt=ask_own.now.isoformat())
    assert (await record(ask_own, "a1", late))["code"] == "NEXT_DATE_IN_PAST"
    await ask_own.pool.execute("update customers set grid_id = null, owner_id = null where id = 1001")
    # He no longer sees the customer, so the payload has no visit; that it was recorded is said all the same.
    document = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) {
                    ... on RecordVisitSuccess { id visit { note } } } }"""
    sent_again = await ask_own.data("a1", document, input=given)
    assert sent_again["recordVisit"] == {"id": f"Visit:{given['idempotencyKey']}", "visit": None}
    assert (await counts(ask_own))["idempotency_keys"] == 1


AWAY = "update customers set grid_id = null, owner_id = null, org_unit_id = null where id = 1001"
FATES = {
    "he has no grid any more": "delete from posts",
    "the customer is another's": AWAY,
    "the customer was merged into another's": "update visits set customer_id = 3001 where customer_id = 1001;"
    " delete from customers where id = 1001",
    "its key was tidied away": "delete from idempotency_keys",
    "its key was tidied away, and the customer is another's": f"delete from idempotency_keys; {AWAY}",
}


@pytest.mark.parametrize("fate", FATES.values(), ids=FATES)
async def test_the_phones_own_document_hears_of_its_visit_whatever_came_of_it(
    ask_own: Ask, fate: str
) -> None:
    """The answer was lost, and meanwhile the payload left the scope: the visit's id is the answer all the same."""
    given = visit()
    before = (await counts(ask_own))["visits"]
    first = await recorded_by_phone(ask_own, ask_own.bank.actor("a1"), given)
    assert first["visit"]["id"] == first["id"] == f"Visit:{given['idempotencyKey']}"
    await ask_own.pool.execute(fate)
    again = await recorded_by_phone(ask_own, await by_now(ask_own, "a1"), given)
    assert (again["__typename"], again["id"]) == ("RecordVisitSuccess", first["id"])
    assert (await counts(ask_own))["visits"] == before + 1
    # Nobody else learns of it, nor may have it for his own.
    other = await recorded_by_phone(ask_own, ask_own.bank.actor("a2"), given)
    assert other["code"] in {"IDEMPOTENCY_KEY_REUSED", "CUSTOMER_NOT_FOUND"}


async def recorded_by_phone(ask: Ask, actor: Actor, given: dict[str, Any]) -> Any:
    """By the document that the phone sends: Relay asks for every id."""
    document = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { __typename
      ... on RecordVisitSuccess { id visit { id countedAt customer { id name lastVisitOn dueOn } } }
      ... on VisitNotRecorded { code message } } }"""
    return (await ask.data(actor, document, input=given))["recordVisit"]


async def by_now(ask: Ask, who: str) -> Actor:
    """With the grids on whose posts he still sits."""
    actor = ask.bank.actor(who)
    posts = await ask.pool.fetch("select grid_id from posts where staff_id = $1", actor.staff_id)
    return replace(actor, scope=replace(actor.scope, grid_ids=tuple(post["grid_id"] for post in posts)))


async def test_what_was_recorded_is_answered_also_while_the_night_holds_the_customer(ask_own: Ask) -> None:
    given = visit()
    recorded = await record(ask_own, "a1", given)
    address = ask_own.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with (
        asyncpg.create_pool(address, server_settings={"lock_timeout": "200", "timezone": "UTC"}) as hasty,
        ask_own.pool.acquire() as night,
        night.transaction(),
    ):
        await night.execute("select from customers where id = 1001 for update")
        ask_own.pool = hasty
        assert await record(ask_own, "a1", given) == recorded
        waits = await ask_own("a1", RECORD, input=visit())
    assert "lock timeout" in str(waits.errors)


async def test_a_row_that_is_taken_elsewhere_is_no_key_used_twice(ask_own: Ask) -> None:
    """A restored database may count anew: that is a fault to be told of, not the client's key."""
    await record(ask_own, "a1", visit())
    await ask_own.pool.execute("alter sequence activities_id_seq restart with 1")
    failed = await ask_own("a1", RECORD, input=visit())
    assert "activities_pkey" in str(failed.errors)


async def test_a_customer_without_a_point_is_visited_at_no_distance(ask_own: Ask) -> None:
    await ask_own.pool.execute(
        "update customers set lon_deg_wgs84 = null, lat_deg_wgs84 = null where id = 1001"
    )
    point = {"lonDeg": 119.5082, "latDeg": 33.6028, "datum": "WGS84"}
    assert (await record(ask_own, "a1", visit(point=point)))["visit"]["distanceM"] is None
    assert (await record(ask_own, "a1", visit()))["visit"]["distanceM"] is None


async def test_visits_of_one_customer_at_the_same_moment_are_all_recorded(ask_own: Ask) -> None:
    before = await counts(ask_own)
    days = [visit(**days_ago(day)) for day in (9, 1, 5, 3)]
    answers = await asyncio.gather(*(record(ask_own, "a1", given) for given in days))
    assert {answer["__typename"] for answer in answers} == {"RecordVisitSuccess"}
    after = await counts(ask_own)
    assert {after[table] - before[table] for table in ("visits", "activities", "audit")} == {4}
    last = await ask_own.pool.fetchval("select last_visit_on from customers where id = 1001")
    assert last.isoformat() == "2026-11-20"


async def test_a_visit_whose_last_row_cannot_be_written_leaves_none(ask_own: Ask) -> None:
    before = await counts(ask_own)
    await ask_own.pool.execute(
        "alter table audit add constraint full_up check (action <> 'visit.recorded') not valid"
    )
    failed = await ask_own("a1", RECORD, input=visit())
    assert failed.errors
    assert await counts(ask_own) == before


START = """mutation ($input: StartNightInput!) { startNight(input: $input) { __typename
  ... on StartNightSuccess { nightRun { id dataDate state steps { name } } }
  ... on NightNotStarted { code } } }"""


async def test_a_night_is_started_once_and_one_at_a_time(ask_own: Ask) -> None:
    first = {"idempotencyKey": str(uuid4())}
    started = (await ask_own.data("admin", START, input=first))["startNight"]
    assert started["nightRun"]["dataDate"] == DATA_DATE.isoformat()
    assert started["nightRun"]["state"] == "RUNNING"
    assert (await ask_own.data("admin", START, input=first))["startNight"] == started
    second = {"idempotencyKey": str(uuid4()), "dataDate": DATA_DATE.isoformat()}
    assert (await ask_own.data("admin", START, input=second))["startNight"]["code"] == "NIGHT_RUNNING"
    jobs = await ask_own.pool.fetch("select name, args from outbox")
    assert [job["name"] for job in jobs] == ["night.begin"]


async def test_a_night_before_the_data_date_in_force_is_refused(ask_own: Ask) -> None:
    asked = {"idempotencyKey": str(uuid4()), "dataDate": "2026-11-19"}
    answer = (await ask_own.data("admin", START, input=asked))["startNight"]
    assert answer == {"__typename": "NightNotStarted", "code": "NIGHT_SUPERSEDED"}
    assert (await counts(ask_own))["outbox"] == 0


async def test_a_night_of_a_day_that_is_not_over_is_refused(ask_own: Ask) -> None:
    asked = {"idempotencyKey": str(uuid4()), "dataDate": "2026-11-21"}
    answer = (await ask_own.data("admin", START, input=asked))["startNight"]
    assert answer == {"__typename": "NightNotStarted", "code": "DATA_DATE_IN_FUTURE"}
    assert (await counts(ask_own))["outbox"] == 0


EXPLAIN = """mutation ($input: ExplainScoreInput!) { explainScore(input: $input) { __typename
  ... on ExplainScoreSuccess { queued } ... on ScoreNotExplained { code } } }"""


async def test_reasons_are_asked_for_once(ask_own: Ask) -> None:
    async def explain(who: str, customer: str, model: str = "attrition") -> Any:
        given = {"idempotencyKey": str(uuid4()), "customerId": customer, "model": model}
        return (await ask_own.data(who, EXPLAIN, input=given))["explainScore"]

    assert (await explain("a1", "Customer:1002"))["queued"] is True
    assert (await explain("a2", "Customer:1002"))["queued"] is True
    assert (await explain("a1", "Customer:1001"))["queued"] is False
    assert (await explain("a1", "Customer:1002", "no such model"))["code"] == "SCORE_NOT_FOUND"
    assert (await explain("a1", "Customer:3002"))["code"] == "CUSTOMER_NOT_FOUND"
    jobs = await ask_own.pool.fetch("select name, args from outbox")
    assert [(job["name"], job["args"]) for job in jobs] == [
        ("models.explain_score", '{"model": "attrition", "customer_id": 1002}')
    ]


async def test_whoever_waits_for_a_job_that_died_is_told_and_may_ask_anew(ask_own: Ask) -> None:
    async def explain(key: str) -> Any:
        given = {"idempotencyKey": key, "customerId": "Customer:1002", "model": "attrition"}
        return (await ask_own.data("a1", EXPLAIN, input=given))["explainScore"]

    async def job() -> tuple[str, int]:
        return tuple(await ask_own.pool.fetchrow("select state, attempts from outbox"))

    first, second = str(uuid4()), str(uuid4())
    assert (await explain(first))["queued"] is True
    assert (await explain(first))["queued"] is True
    await ask_own.pool.execute("update outbox set state = 'DEAD', attempts = 3, ended_at = now()")
    assert (await explain(first))["code"] == "EXPLANATION_FAILED"
    assert await job() == ("DEAD", 3), "being told changes nothing"
    assert (await explain(second))["queued"] is True
    assert await job() == ("QUEUED", 0)
    assert (await explain(first))["queued"] is True, "whoever waited may wait on"


CUT = """mutation ($input: CutLinkInput!) { cutLink(input: $input) { __typename
  ... on CutLinkSuccess { customers { id name sources { key } } } ... on LinkNotCut { code } } }"""


async def merged(ask: Ask) -> tuple[int, int]:
    """Two records of one certificate, opened at outlet A, put together into one customer in grid 1."""
    made = []
    for key in ("M1", "M2"):
        record_id = await ask.pool.fetchval(
            """insert into source_records (feed, key, kind, data_date, row_hash, name, name_norm, status, evidence,
                                           cert_type, cert_norm, org_code)
               values ('core_customer', $1, 'PERSON', '2026-11-20', 1, '合并客户', '合并客户', 'ACTIVE', 'CERTIFICATE',
                       '10', '320923198001011234', '0001') returning id""",
            key,
        )
        made.append(record_id)
    low = min(made)
    await ask.pool.execute("update source_records set customer_id = $1 where id = any($2)", low, made)
    await ask.pool.execute(
        """insert into customers (id, kind, tier, status, name, grid_id, org_unit_id, deposit_fen, loan_fen, line_fen)
           values ($1, 'PERSON', 'GENERAL', 'ACTIVE', '合并客户', $2, $3, 0, 0, 0)""",
        low,
        ask.bank.grids["g1"],
        ask.bank.units["A"],
    )
    return made[0], made[1]


def cut_input(**given: Any) -> dict[str, Any]:
    sides = {"feedA": "core_customer", "keyA": "M1", "feedB": "core_customer", "keyB": "M2"}
    return {"idempotencyKey": str(uuid4()), **sides, "reason": "两人同名", **given}


async def test_a_link_is_cut_and_both_customers_are_answered(ask_own: Ask) -> None:
    low, high = await merged(ask_own)
    given = cut_input()
    answer = (await ask_own.data("outlet_a", CUT, input=given))["cutLink"]
    assert answer["__typename"] == "CutLinkSuccess"
    kept = await ask_own.pool.fetch(
        "select id, customer_id from source_records where id = any($1)", [low, high]
    )
    assert {row["id"]: row["customer_id"] for row in kept} == {low: low, high: high}
    assert f"Customer:{low}" in {customer["id"] for customer in answer["customers"]}
    assert (await ask_own.data("outlet_a", CUT, input=given))["cutLink"] == answer
    assert await ask_own.pool.fetchval("select count(*) from link_cuts") == 1


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("outlet_a", {"reason": "  "}, "REASON_MISSING"),
        ("outlet_a", {"keyB": "M3"}, "RECORD_NOT_FOUND"),
        ("outlet_b", {}, "RECORD_NOT_FOUND"),
        ("outlet_a", {"keyB": "C0000001001"}, "RECORDS_NOT_LINKED"),
    ],
)
async def test_a_refused_cut_changes_nothing(
    ask_own: Ask, who: str, given: dict[str, Any], code: str
) -> None:
    await merged(ask_own)
    answer = (await ask_own.data(who, CUT, input=cut_input(**given)))["cutLink"]
    assert answer == {"__typename": "LinkNotCut", "code": code}
    assert await ask_own.pool.fetchval("select count(*) from link_cuts") == 0


async def test_who_sees_numbers_masked_cannot_find_them_out_by_cutting(ask_own: Ask) -> None:
    """Of two records he sees ****: whatever he guesses has one answer, and nothing is cut."""
    await merged(ask_own)
    who = replace(ask_own.bank.actor("outlet_a"), mask=Mask.HEAD)
    for guess in ("M2", "M3", "C0000001001"):
        answer = (await ask_own.data(who, CUT, input=cut_input(keyB=guess)))["cutLink"]
        assert answer == {"__typename": "LinkNotCut", "code": "RECORD_NOT_FOUND"}, guess
    assert await ask_own.pool.fetchval("select count(*) from link_cuts") == 0
