"""Feeds and a bank's own descriptions at the desk: seen, checked by line, tried on a file, put into service by two."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from api.jobs.feeds import tell_failed, try_adapter
from domain.feeds.adapters.trials import TRY
from domain.feeds.statements import HELD
from domain.shared.actor import Actor
from domain.shared.outbox import LeasedJob
from tests.schema.bank import DATA_DATE
from tests.schema.conftest import Ask

FEEDS = """{ feedOverviews { feed isOutside isHeld state dataDate dueAt
  files { source fileName state rows loaded refused quarantined reasons }
  adapters { id source fromOn until text agreedBy addedBy }
  bases { basis purpose untilOn isHeld endedReason notedBy } } }"""
CHECK = "query ($text: String!) { adapterCheck(text: $text) { feed source columns leftOut problems { line message } } }"
TRIAL = """query ($id: ID!) { feedTrial(id: $id) { state fileName refusal found { rows loaded quarantined skipped
  amountFen columns first { line values } aside { line raw reasons } unknown { column code rows }
  notes reasons refused } } }"""
TRY_IT = """mutation ($input: TryAdapterInput!) { tryAdapter(input: $input) { __typename
  ... on TryAdapterSuccess { trial { id state } } ... on AdapterNotTried { code message } } }"""
PROPOSAL = (
    """__typename ... on ProposalSuccess { proposal { id state } } ... on ProposalNotDone { code message }"""
)
PROPOSE = f"mutation ($input: ProposeAdapterInput!) {{ proposeAdapter(input: $input) {{ {PROPOSAL} }} }}"
RETIRE = f"mutation ($input: ProposeRetirementInput!) {{ proposeRetirement(input: $input) {{ {PROPOSAL} }} }}"
DECIDE = f"mutation ($input: DecideProposalInput!) {{ decideProposal(input: $input) {{ {PROPOSAL} }} }}"
SOURCE = """__typename ... on SourceSuccess {
  feed { feed isHeld isByParty bases { toldBy purpose isHeld endedReason } } }
  ... on SourceNotChanged { code }"""
RENEW = f"mutation ($input: RenewSourceInput!) {{ renewSource(input: $input) {{ {SOURCE} }} }}"
END = f"mutation ($input: EndSourceInput!) {{ endSource(input: $input) {{ {SOURCE} }} }}"
VERSIONS = (
    'query { feedAdapters(feed: "crm_legacy", source: "old") { text fromOn until reason addedBy agreedBy } }'
)

TEXT = """feed = "crm_legacy"
source = "old"
from = 2026-11-01

[file]
name = "CRM_{YYYYMMDD}.txt"
encoding = "GBK"
delimiter = "|"
header = 1

[control]
kind = "none"
settle_minutes = 5

[columns]
crm_id = "编号"
name = "姓名"
phone = "电话"
manager_no = { from = "客户经理", codes = { "张三" = "100001" } }
updated_on = "更新日"
"""
ROWS = (
    "编号|姓名|电话|客户经理|更新日\n"
    "C1|王小明|13812345678|张三|20261101\n"
    "C2|李四|13812345679|赵六|20261101\n"
    "C3|孙七|13812345670|张三|20261399\n"
)


class Desk:
    """What the page does, and the worker behind it."""

    def __init__(self, ask: Ask, folder: Path) -> None:
        self.ask, self.folder = ask, folder

    async def sent(self, who: str, content: bytes, name: str) -> str:
        file_id = uuid4()
        path = self.folder / "sent"
        path.write_bytes(content)
        (self.folder / "incoming").mkdir(exist_ok=True)
        kept = FolderStorage(self.folder).keep(path)
        await self.ask.pool.execute(
            """insert into files (id, purpose, name, size_bytes, asked_by_id, expires_at, state, sha256, kind,
                                  kept_sha256, kept_bytes)
               values ($1, 'feed_trial', $2, $3, $4, now(), 'CHECKED', $5, 'CSV', $6, $3)""",
            file_id,
            name,
            len(content),
            self.ask.bank.actor(who).staff_id,
            hashlib.sha256(content).digest(),
            kept.sha256,
        )
        return f"StoredFile:{file_id}"

    async def tried(
        self, text: str, content: bytes, name: str = "CRM_20261120.txt", *, dies: bool = False
    ) -> Any:
        given = {
            "idempotencyKey": str(uuid4()),
            "text": text,
            "fileId": await self.sent("admin", content, name),
        }
        answer = (await self.ask.data("admin", TRY_IT, input=given))["tryAdapter"]
        if answer["__typename"] != "TryAdapterSuccess":
            return answer
        assert answer["trial"]["state"] == "WAITING"
        self.worked(answer["trial"]["id"], dies=dies)
        return answer["trial"]["id"]

    def worked(self, trial_id: str, *, dies: bool) -> None:
        address = str(self.ask.engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
        context = JobContext(address, self.folder, files=self.folder)
        with psycopg.connect(address) as connection:
            job = LeasedJob(1, TRY, trial_id, {"trial": int(trial_id.split(":")[1])}, 1, uuid4())
            if dies:
                tell_failed(connection, job, HELD(rows=1, before=1, after=1, ended=1, added=1))
            else:
                try_adapter(connection, job, context)

    async def acted(self, who: str | Actor, mutation: str, **given: Any) -> Any:
        (answer,) = (
            await self.ask.data(who, mutation, input={"idempotencyKey": str(uuid4()), **given})
        ).values()
        return answer.get("code") or answer

    async def decided(self, who: str | Actor, answer: Any, *, agrees: bool = True) -> Any:
        return await self.acted(
            who, DECIDE, proposalId=answer["proposal"]["id"], agrees=agrees, reason="看过"
        )


@pytest.fixture
def desk(ask_own: Ask, tmp_path: Path) -> Desk:
    return Desk(ask_own, tmp_path)


async def test_every_feed_shows_its_files_its_clock_and_its_basis(desk: Desk) -> None:
    said = HELD(rows=3, before=200, after=3, ended=198, added=1)
    await desk.ask.pool.execute("delete from batches")
    for feed, source, day, state in (
        ("loan", "", DATA_DATE, "LOADED"),
        ("core_deposit", "", DATA_DATE - timedelta(days=2), "LOADED"),
        ("core_deposit", "a", DATA_DATE, "HELD"),
        ("crm_legacy", "", DATA_DATE - timedelta(days=1), "LOADED"),
    ):
        await desk.ask.pool.execute(
            """insert into batches (feed, source, data_date, sequence, file_name, state, rows, loaded, refused,
                                    quarantined, changed, reasons)
               values ($1, $2, $3, 1, 'x', $4, 3, 3, 0, 0, 3, $5::text::jsonb)""",
            feed,
            source,
            day,
            state,
            json.dumps([said.as_json()]),
        )
    feeds = {one["feed"]: one for one in (await desk.ask.data("head", FEEDS))["feedOverviews"]}
    assert {feed: feeds[feed]["state"] for feed in ("loan", "core_deposit", "crm_legacy", "registry")} == {
        "loan": "ARRIVED",
        "core_deposit": "HELD",
        "crm_legacy": "LATE",
        "registry": "NEVER",
    }
    assert [one["source"] for one in feeds["core_deposit"]["files"]] == ["", "a"]
    assert "198" in feeds["core_deposit"]["files"][1]["reasons"][0], "in words"
    register, firms = feeds["household"], feeds["firm_year"]
    assert (register["isHeld"], register["bases"][0]["basis"], register["bases"][0]["untilOn"]) == (
        True,
        "NOT_NOTED",
        None,
    )
    assert (firms["isOutside"], firms["isHeld"], feeds["loan"]["isHeld"], feeds["loan"]["bases"]) == (
        True,
        False,
        True,
        [],
    )


async def test_a_basis_is_noted_and_ended_with_words_of_its_own(desk: Desk) -> None:
    until = DATA_DATE + timedelta(days=400)
    given = {
        "feed": "registry",
        "basis": "PUBLIC",
        "purpose": "核对企业状态",
        "document": "公示系统协议 3 号",
        "fromOn": DATA_DATE.isoformat(),
        "untilOn": until.isoformat(),
        "idempotencyKey": str(uuid4()),
    }
    noted = await desk.acted("admin", RENEW, **given)
    assert noted["feed"]["isHeld"] is True
    assert await desk.acted("admin", RENEW, **given) == noted, "sent twice, noted once"
    assert await desk.ask.pool.fetchval("select count(*) from sources where feed = 'registry'") == 1
    for change, code in (
        ({"feed": "loan"}, "SOURCE_NOT_OUTSIDE"),
        ({"purpose": " "}, "SOURCE_TEXT_MISSING"),
        ({"untilOn": "2026-01-01"}, "SOURCE_DAYS_NOT_VALID"),
        ({"basis": "NOT_NOTED"}, "SOURCE_BASIS_UNKNOWN"),
    ):
        assert await desk.acted("admin", RENEW, **given | change | {"idempotencyKey": str(uuid4())}) == code
    ended = await desk.acted("admin", END, feed="registry", reason="协议终止")
    assert [ended["feed"]["isHeld"], ended["feed"]["bases"][0]["endedReason"]] == [False, "协议终止"]
    assert await desk.acted("admin", END, feed="registry", reason="再来") == "SOURCE_WITHOUT_BASIS"
    # Of facts each third party has its own.
    again = given | {"feed": "facts"}
    assert (
        await desk.acted("admin", RENEW, **again | {"idempotencyKey": str(uuid4())}) == "SOURCE_PARTY_MISSING"
    )
    for party in ("甲局", "乙院"):
        noted = await desk.acted("admin", RENEW, **again | {"idempotencyKey": str(uuid4()), "toldBy": party})
    assert (noted["feed"]["isByParty"], noted["feed"]["isHeld"]) == (True, True)
    ended = await desk.acted("admin", END, feed="facts", toldBy="甲局", reason="停")
    held = {one["toldBy"]: one["isHeld"] for one in ended["feed"]["bases"]}
    assert held == {"甲局": False, "乙院": True}


async def test_a_text_is_checked_by_line_and_tried_without_anything_being_stored(desk: Desk) -> None:
    wrong = (await desk.ask.data("admin", CHECK, text=TEXT.replace("header = 1", "heder = 1")))[
        "adapterCheck"
    ]
    first = wrong["problems"][0]
    assert (first["line"], "heder" in first["message"]) == (9, True)
    right = (await desk.ask.data("admin", CHECK, text=TEXT))["adapterCheck"]
    assert (right["feed"], right["source"], right["problems"]) == ("crm_legacy", "old", [])
    assert "address" in right["leftOut"]
    assert (await desk.tried("feed = 1", ROWS.encode("gbk")))["code"] == "ADAPTER_NOT_VALID"

    trial_id = await desk.tried(TEXT, ROWS.encode("gbk"), "别名.txt")
    trial = (await desk.ask.data("admin", TRIAL, id=trial_id))["feedTrial"]
    assert trial["state"] == "READ"
    found = trial["found"]
    assert [found[name] for name in ("rows", "loaded", "quarantined", "skipped")] == [3, 1, 2, 0]
    shown = dict(zip(found["columns"], found["first"][0]["values"], strict=True))
    assert (shown["crm_id"], shown["name"], shown["phone"]) == ("C1", "王**", "138****5678")
    assert [one["line"] for one in found["aside"]] == [3, 4]
    assert all("1381234567" not in one["raw"] for one in found["aside"])
    assert [(one["column"], one["rows"]) for one in found["unknown"]] == [("manager_no", 1)]
    assert "别名.txt" in found["notes"][0]
    for nothing in (
        "select count(*) from batches where source = 'old'",
        "select count(*) from feed_adapters",
    ):
        assert await desk.ask.pool.fetchval(nothing) == 0
    assert (await desk.ask.data("admin", TRIAL, id="FeedTrial:999"))["feedTrial"] is None

    spoilt = await desk.tried(TEXT, "完全不是\n这样的文件\n".encode("gbk"))
    found = (await desk.ask.data("admin", TRIAL, id=spoilt))["feedTrial"]["found"]
    assert (found["loaded"], len(found["refused"]) > 0) == (0, True)
    given_up = await desk.tried(TEXT, ROWS.encode("gbk"), dies=True)
    trial = (await desk.ask.data("admin", TRIAL, id=given_up))["feedTrial"]
    assert (trial["state"], trial["found"]) == ("REFUSED", None)
    assert trial["refusal"]


async def test_two_persons_put_a_description_into_service_and_end_it(desk: Desk) -> None:
    admin = desk.ask.bank.actor("admin")
    head = replace(desk.ask.bank.actor("head"), permissions=admin.permissions)
    outside = TEXT.replace('name = "CRM', 'folder = "/etc"\nname = "CRM')
    assert await desk.acted("admin", PROPOSE, text=outside, reason="x") == "ADAPTER_NOT_VALID"
    proposed = await desk.acted("admin", PROPOSE, text=TEXT, reason="旧系统接入")
    assert await desk.decided("admin", proposed) == "PROPOSER_DECIDES"
    assert (await desk.decided(head, proposed))["proposal"]["state"] == "APPLIED"
    (version,) = (await desk.ask.data("head", VERSIONS))["feedAdapters"]
    names = await desk.ask.pool.fetch(
        "select name from staff where id = any($1::bigint[]) order by id = $2",
        [head.staff_id, admin.staff_id],
        head.staff_id,
    )
    assert [version["addedBy"], version["agreedBy"]] == [row["name"] for row in names]
    assert (version["text"], version["reason"]) == (TEXT, "旧系统接入")
    assert await desk.acted("admin", PROPOSE, text=TEXT, reason="x") == "NOTHING_CHANGES"
    other = await desk.acted("admin", PROPOSE, text=TEXT.replace("2026-11-01", "2026-12-01"), reason="改期")
    later = await desk.acted(head, PROPOSE, text=TEXT + "# 注\n", reason="加注")
    assert (await desk.decided("admin", later))["proposal"]["state"] == "APPLIED"
    assert await desk.decided(head, other) == "PROPOSAL_STALE", "another came in between"
    gone = {"feed": "crm_legacy", "source": "old", "fromOn": "2027-01-01", "reason": "停用"}
    assert await desk.acted("admin", RETIRE, **gone | {"source": "new"}) == "ADAPTER_NOT_FOUND"
    ends = await desk.acted("admin", RETIRE, **gone)
    assert (await desk.decided(head, ends))["proposal"]["state"] == "APPLIED"
    versions = (await desk.ask.data("head", VERSIONS))["feedAdapters"]
    assert [one["text"] is None for one in versions] == [True, False, False]
