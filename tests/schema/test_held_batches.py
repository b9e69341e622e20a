"""A person's word on a held file, through the contract: once, by who may, with a reason, for these bytes alone."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.feeds.batch_files import BatchName
from domain.feeds.landing import seen_now
from domain.feeds.settled import Seen
from domain.feeds.statements import HELD
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

DECIDE = """mutation ($input: DecideBatchInput!) { decideBatch(input: $input) { __typename
  ... on DecideBatchSuccess { batch { id state decidable decisionReason decidedBy { id } } }
  ... on BatchNotDecided { code message } } }"""
HELD_BATCHES = """{ heldBatches(first: 5) { totalCount { value } edges { node {
  id fileName state rows loaded refused quarantined decidable decidedBy { id } decidedAt decisionReason
  reasons { code values { name number } } } } } }"""
FEEDS = "{ dashboard { feeds { feed late held } } }"
NAME = BatchName("loan", DATA_DATE + timedelta(days=1), 1)
SAID = HELD(rows=3, before=200, after=3, ended=198, added=1)


async def held(ask: Ask, seen: Seen | None = None) -> str:
    key = await ask.pool.fetchval(
        """insert into batches (feed, data_date, sequence, file_name, sha256, control_sha256, file_changed_ns, state,
                                rows, loaded, refused, quarantined, changed, reasons)
           values ('loan', $1, 1, $2, 'abc', $3, $4, 'HELD', 3, 0, 3, 0, 0, $5::text::jsonb) returning id""",
        NAME.data_date,
        NAME.stem + ".dat",
        seen and seen.control_sha256,
        seen and seen.file_changed_ns,
        json.dumps([SAID.as_json()]),
    )
    return f"Batch:{key}"


async def decided(ask: Ask, who: str, batch: str, **given: Any) -> Any:
    usual = {"idempotencyKey": str(uuid4()), "batchId": batch, "accepts": True, "reason": "两行合并，已核实"}
    return (await ask.data(who, DECIDE, input=usual | given))["decideBatch"]


async def on_top(ask: Ask, who: str) -> list[Any]:
    found = (await ask.both_ways(who, HELD_BATCHES)).data["heldBatches"]
    assert found["totalCount"]["value"] == len(found["edges"])
    return [edge["node"] for edge in found["edges"]]


async def state_of(ask: Ask, batch: str) -> str:
    state = await ask.pool.fetchval("select state from batches where id = $1", int(batch.split(":")[1]))
    return str(state)


async def test_held_files_are_listed_with_their_figures_and_who_may_decide(ask_own: Ask) -> None:
    assert await on_top(ask_own, "admin") == []
    batch = await held(ask_own)
    (shown,) = await on_top(ask_own, "admin")
    assert (shown["id"], shown["fileName"], shown["state"]) == (batch, NAME.stem + ".dat", "HELD")
    assert shown["rows"] == shown["loaded"] + shown["refused"] + shown["quarantined"] == 3
    assert {value["name"]: value["number"] for value in shown["reasons"][0]["values"]} == SAID.values
    assert shown["decidable"] is True
    assert [one["decidable"] for one in await on_top(ask_own, "head")] == [False], "head office only looks"
    feeds = (await ask_own.both_ways("head", FEEDS)).data["dashboard"]["feeds"]
    assert [feed["feed"] for feed in feeds if feed["held"]] == ["loan"]


@pytest.mark.parametrize(("accepts", "state"), [(True, "READY"), (False, "REFUSED")])
async def test_a_word_is_given_once_with_its_reason_and_an_audit_row(
    ask_own: Ask, accepts: bool, state: str
) -> None:
    batch, key = await held(ask_own), str(uuid4())
    first = await decided(ask_own, "admin", batch, accepts=accepts, reason=" 已核实 ", idempotencyKey=key)
    assert first["batch"] == {
        "id": batch,
        "state": state,
        "decidable": False,
        "decisionReason": "已核实",
        "decidedBy": {"id": f"Staff:{ask_own.bank.staff['admin']}"},
    }
    again = await decided(ask_own, "admin", batch, accepts=accepts, reason=" 已核实 ", idempotencyKey=key)
    assert again == first, "an answer that was lost is given again"
    other = await decided(ask_own, "admin", batch, accepts=not accepts, idempotencyKey=key)
    assert other["code"] == "IDEMPOTENCY_KEY_REUSED"
    for says in (True, False):
        late = await decided(ask_own, "admin", batch, accepts=says)
        assert late["code"] == "BATCH_NOT_HELD"
        assert late["message"].startswith("这个批次已")
    rows = await ask_own.pool.fetch("select action, subject, detail from audit where subject = $1", batch)
    assert [(row["action"], json.loads(row["detail"])["reason"]) for row in rows] == [
        ("batch.accepted" if accepts else "batch.refused", "已核实")
    ]


async def test_of_two_words_at_once_one_stands(ask_own: Ask) -> None:
    batch = await held(ask_own)
    answers = await asyncio.gather(
        decided(ask_own, "admin", batch), decided(ask_own, "admin", batch, accepts=False)
    )
    assert sorted(answer.get("code", "") for answer in answers) == ["", "BATCH_NOT_HELD"]
    assert await ask_own.pool.fetchval("select count(*) from audit where subject = $1", batch) == 1


async def test_what_may_not_be_decided_stays_as_it_is(ask_own: Ask) -> None:
    batch = await held(ask_own)
    for reason in ("", " \n", "长" * 501):
        assert (await decided(ask_own, "admin", batch, reason=reason))["code"] == "REASON_MISSING"
    taken = await ask_own.pool.fetchval("select id from batches where state = 'LOADED' limit 1")
    assert (await decided(ask_own, "admin", f"Batch:{taken}"))["code"] == "BATCH_NOT_HELD"
    for nothing in ("Batch:999999", "Customer:1", "x"):
        assert (await decided(ask_own, "admin", nothing))["code"] == "BATCH_NOT_FOUND"
    assert await state_of(ask_own, batch) == "HELD"
    assert await ask_own.pool.fetchval("select count(*) from audit where subject = $1", batch) == 0


async def test_a_yes_is_of_the_file_that_was_held(ask_own: Ask, tmp_path: Path) -> None:
    """Where the landing folder is to be seen; a no is no less a no."""
    file = tmp_path / f"{NAME.stem}.dat"
    control = file.with_suffix(".ctl")
    file.write_bytes(b"1\n")
    control.write_bytes(b"rows=1\n")
    seen = seen_now(tmp_path, NAME)
    assert seen is not None
    batch = await held(ask_own, seen)
    assert seen_now(tmp_path / "away", NAME) is None
    here, elsewhere = replace(ask_own, landing=tmp_path), replace(ask_own, landing=tmp_path / "away")
    control.write_bytes(b"rows=2\n")
    changed = await decided(here, "admin", batch)
    assert changed["code"] == "BATCH_CHANGED"
    assert file.name in changed["message"]
    control.write_bytes(b"rows=1\n")
    file.write_bytes(b"2\n")
    assert (await decided(here, "admin", batch))["code"] == "BATCH_CHANGED"
    file.unlink()
    assert (await decided(here, "admin", batch))["code"] == "BATCH_CHANGED"
    assert await state_of(ask_own, batch) == "HELD"
    assert (await decided(elsewhere, "admin", batch))["batch"]["state"] == "READY"
