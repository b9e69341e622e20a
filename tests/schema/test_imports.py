"""Lists at the desk: brought by one, tried by a worker, carried out by another, taken back."""

import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from shapely.geometry import box, mapping

from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from api.jobs.imports import try_list
from domain.shared.imports import acts
from domain.shared.imports.acts import TRY as TRIES
from domain.shared.outbox import LeasedJob
from tests.schema.conftest import Ask

IMPORT = """id kind state fileName fromOn isWhole newRows changedRows endedRows sameRows refusedRows reason
  notes { code } refusal { code values { name text } } broughtBy { number } appliedBy { number } undoneBy { number }"""
ANSWER = (
    f"__typename ... on ImportSuccess {{ import {{ {IMPORT} }} }} ... on ImportNotDone {{ code message }}"
)
TRY = f"mutation ($input: TryImportInput!) {{ tryImport(input: $input) {{ {ANSWER} }} }}"
APPLY = f"mutation ($input: ApplyImportInput!) {{ applyImport(input: $input) {{ {ANSWER} }} }}"
UNDO = f"mutation ($input: UndoImportInput!) {{ undoImport(input: $input) {{ {ANSWER} }} }}"
WITHDRAW = f"mutation ($input: WithdrawImportInput!) {{ withdrawImport(input: $input) {{ {ANSWER} }} }}"
LISTED = f"""query ($first: Int) {{
  imports(first: $first) {{ totalCount {{ value }} edges {{ node {{ {IMPORT} }} }} }} }}"""
PAGES = """query ($id: ID!, $page: Int!) {
  importChanges(importId: $id, page: $page) { position act key before after sheet row }
  importProblems(importId: $id, page: $page) { position sheet row sheetColumn heading said { code } } }"""
LIST = "工号,姓名,机构号,职责\nN1,王磊,{unit},管户\nN2,李某,Z99,管户\n"


class Desk:
    """What the page does, and the worker behind it."""

    def __init__(self, ask: Ask, folder: Path) -> None:
        self.ask, self.folder = ask, folder

    async def sent(self, who: str, text: str) -> str:
        """A file that came through the door and was looked at."""
        file_id, content = uuid4(), text.encode()
        path = self.folder / "sent"
        path.write_bytes(content)
        (self.folder / "incoming").mkdir(exist_ok=True)
        kept = FolderStorage(self.folder).keep(path)
        await self.ask.pool.execute(
            """insert into files (id, purpose, name, size_bytes, asked_by_id, expires_at, state, sha256, kind,
                                  kept_sha256, kept_bytes)
               values ($1, 'import', '员工.csv', $2, $3, now(), 'CHECKED', $4, 'CSV', $5, $2)""",
            file_id,
            len(content),
            self.ask.bank.actor(who).staff_id,
            hashlib.sha256(content).digest(),
            kept.sha256,
        )
        return f"StoredFile:{file_id}"

    async def tried(self, who: str, text: str, kind: str = "staff", **given: Any) -> Any:
        file_id = await self.sent(who, text)
        usual = {"idempotencyKey": str(uuid4()), "kind": kind, "fileId": file_id, "isWhole": False}
        answer = (await self.ask.data(who, TRY, input=usual | given))["tryImport"]
        if answer["__typename"] != "ImportSuccess":
            return answer
        assert answer["import"]["state"] == "WAITING"
        await self.worked(answer["import"]["id"])
        return answer["import"]["id"]

    async def worked(self, import_id: str) -> None:
        address = str(self.ask.engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
        context = JobContext(address, self.folder, files=self.folder)
        with psycopg.connect(address) as connection:
            job = LeasedJob(1, TRIES, import_id, {"import": int(import_id.split(":")[1])}, 1, uuid4())
            try_list(connection, job, context)

    async def one(self, who: str) -> Any:
        """The latest."""
        page = (await self.ask.both_ways(who, LISTED, first=5)).data["imports"]
        return page["edges"][0]["node"] if page["edges"] else None

    async def acted(self, who: str, document: str, import_id: str, **given: Any) -> Any:
        usual = {"idempotencyKey": str(uuid4()), "importId": import_id}
        (answer,) = (await self.ask.data(who, document, input=usual | given)).values()
        return answer.get("code") or answer["import"]


@pytest.fixture
def desk(ask_own: Ask, tmp_path: Path) -> Desk:
    return Desk(ask_own, tmp_path)


async def unit_of(ask: Ask) -> str:
    return str(
        await ask.pool.fetchval("select code from org_units where kind = 'OUTLET' order by code limit 1")
    )


async def test_one_brings_another_carries_out_and_it_is_taken_back(desk: Desk) -> None:
    import_id = await desk.tried("admin", LIST.format(unit=await unit_of(desk.ask)))
    seen = await desk.one("head")
    assert (seen["state"], seen["newRows"], seen["refusedRows"], seen["fileName"]) == (
        "TRIED",
        1,
        1,
        "员工.csv",
    )
    pages = (await desk.ask.both_ways("head", PAGES, id=import_id, page=0)).data
    (change,), (problem,) = pages["importChanges"], pages["importProblems"]
    assert (change["act"], change["key"], change["before"], change["row"]) == ("NEW", ["N1"], None, 2)
    assert (problem["row"], problem["sheetColumn"], problem["heading"]) == (3, "C", "机构号")
    assert problem["said"] == {"code": "ROW_NOT_KNOWN"}
    for beyond in (1, -1, 2**31 - 1):
        assert (await desk.ask.both_ways("head", PAGES, id=import_id, page=beyond)).data[
            "importChanges"
        ] == []

    applied = await desk.acted("head", APPLY, import_id)
    assert applied["state"] == "APPLIED"
    assert applied["appliedBy"]["number"] != applied["broughtBy"]["number"]
    assert await desk.ask.pool.fetchval("select count(*) from accounts where account = 'N1'") == 1
    assert await desk.acted("head", APPLY, import_id) == "IMPORT_NOT_TRIED"
    assert (await desk.acted("head", UNDO, import_id))["state"] == "UNDONE"
    assert await desk.ask.pool.fetchval("select count(*) from staff where number = 'N1'") == 0
    actions = await desk.ask.pool.fetch("select action from audit where subject = $1 order by id", import_id)
    assert [row["action"] for row in actions] == ["import.brought", "import.applied", "import.undone"]


async def test_a_list_is_carried_out_and_taken_back_beside_the_loop(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Areas of 30,000 atoms are seconds of work: others are answered meanwhile."""
    threads: list[int] = []

    def watched(act: Callable[..., object]) -> Callable[..., object]:
        def run(*given: Any, **named: Any) -> object:
            threads.append(threading.get_ident())
            return act(*given, **named)

        return run

    for name in ("apply_import", "undo_import"):
        monkeypatch.setattr(acts, name, watched(getattr(acts, name)))
    import_id = await desk.tried("admin", LIST.format(unit=await unit_of(desk.ask)))
    for document, state in ((APPLY, "APPLIED"), (UNDO, "UNDONE")):
        assert (await desk.acted("head", document, import_id))["state"] == state
    assert len(threads) == 2
    assert threading.get_ident() not in threads


async def test_a_telephone_is_hidden_from_whom_telephones_are_hidden(desk: Desk) -> None:
    text = "工号,姓名,机构号,职责,手机号\nN1,王磊,{unit},管户,13800001234\nN2,李某,{unit},管户,\n"
    import_id = await desk.tried("admin", text.format(unit=await unit_of(desk.ask)))
    changes = (await desk.ask.both_ways("head", PAGES, id=import_id, page=0)).data["importChanges"]
    assert [one["after"].get("phone") for one in changes] == ["****", None]
    assert [one["after"]["name"] for one in changes] == ["王磊", "李某"]
    kept = await desk.ask.pool.fetchval("select after ->> 'phone' from import_changes where position = 0")
    assert kept == "13800001234"


async def test_records_of_a_former_system_come_by_two_and_are_read_where_notes_are(desk: Desk) -> None:
    """Nothing ends by being left out, whatever was ticked; whom a role hides notes from reads none anywhere."""
    customer = desk.ask.bank.customers["g1"][0]
    await desk.ask.pool.execute(
        """insert into source_records (feed, key, kind, data_date, row_hash, name, name_norm, status, customer_id,
                                       evidence)
           values ('core_customer', 'OLD1', 'PERSON', '2026-11-20', 1, '甲', '甲', 'ACTIVE', $1, '')""",
        customer,
    )
    text = "来源系统,日期,客户号,走访结果,走访人,内容,流水号\n旧系统,2026-03-01,OLD1,有意向,王五,想贷款,V1\n"
    import_id = await desk.tried("admin", text, "visits", isWhole=True)
    seen = await desk.one("head")
    assert (seen["state"], seen["isWhole"], seen["newRows"]) == ("TRIED", False, 1)
    (change,) = (await desk.ask.both_ways("head", PAGES, id=import_id, page=0)).data["importChanges"]
    assert (change["key"], change["after"]["content"]) == (["旧系统", "V1"], "****")
    assert (await desk.acted("head", APPLY, import_id))["state"] == "APPLIED"
    page = """query ($id: ID!) { customer(id: $id) { visits { edges { node { id } } }
      oldVisits { source madeOn kind outcome byWhom content } } }"""
    one = {
        "source": "旧系统",
        "madeOn": "2026-03-01",
        "kind": "VISIT",
        "outcome": "INTERESTED",
        "byWhom": "王五",
    }
    before = await desk.ask.pool.fetchval("select count(*) from visits where customer_id = $1", customer)
    for who, content in (("a1", "想贷款"), ("head", None)):
        told = (await desk.ask.both_ways(who, page, id=f"Customer:{customer}")).data["customer"]
        assert told["oldVisits"] == [one | {"content": content}]
        assert len(told["visits"]["edges"]) == before
    assert (await desk.ask.both_ways("b1", page, id=f"Customer:{customer}")).data["customer"] is None


async def test_what_a_night_left_to_a_person_takes_one_who_gains_nothing(desk: Desk) -> None:
    """Nobody brought it: not even he who could not carry out a list of his own is asked for another."""
    import_id = await desk.tried("head", LIST.format(unit=await unit_of(desk.ask)))
    assert await desk.acted("head", APPLY, import_id) == "IMPORT_NEEDS_ANOTHER"
    await desk.ask.pool.execute(
        """with run as (insert into night_runs (data_date, state, is_full, retrain)
                       values ('2026-11-20', 'DONE', false, false) returning id)
           update imports set actor_kind = 'SYSTEM', actor_id = null, night_run_id = (select id from run)"""
    )
    overview = "{ feedOverviews { feed lastImport { id state newRows refusedRows } } }"
    brought = {"id": import_id, "state": "TRIED", "newRows": 1, "refusedRows": 1}
    feeds = {
        one["feed"]: one["lastImport"] for one in (await desk.ask.data("admin", overview))["feedOverviews"]
    }
    assert (feeds["staff"], feeds["org"], feeds["loan"]) == (brought, None, None)
    assert (await desk.acted("head", APPLY, import_id))["state"] == "APPLIED"
    listed = await desk.ask.both_ways(
        "head", "{ imports(first: 5) { edges { node { isOfNight broughtBy { id } } } } }"
    )
    assert listed.data["imports"]["edges"] == [{"node": {"isOfNight": True, "broughtBy": None}}]


async def test_whoever_brought_a_wrong_list_withdraws_it(desk: Desk) -> None:
    import_id = await desk.tried("admin", LIST.format(unit=await unit_of(desk.ask)))
    withdrawn = await desk.acted("admin", WITHDRAW, import_id)
    assert (withdrawn["state"], withdrawn["refusal"]["code"]) == ("REFUSED", "IMPORT_WITHDRAWN")
    assert withdrawn["undoneBy"] == withdrawn["broughtBy"]
    assert await desk.acted("head", APPLY, import_id) == "IMPORT_NOT_TRIED"
    assert await desk.acted("admin", WITHDRAW, import_id) == "IMPORT_NOT_WAITING"
    usual = {"idempotencyKey": str(uuid4()), "importId": import_id}
    said = (await desk.ask.data("admin", WITHDRAW, input=usual))["withdrawImport"]["message"]
    assert "已撤回" in said, said
    actions = await desk.ask.pool.fetch("select action from audit where subject = $1 order by id", import_id)
    assert [row["action"] for row in actions] == ["import.brought", "import.withdrawn"]


async def test_who_else_withdraws_a_list_and_when_nobody_does(desk: Desk) -> None:
    unit = await unit_of(desk.ask)
    decide = "select permissions from roles where code = 'ADMINISTRATOR'"
    bring = [one for one in await desk.ask.pool.fetchval(decide) if one != "imports.decide"]
    brought = await desk.tried("head", LIST.format(unit=unit))
    await desk.ask.pool.execute("update roles set permissions = $1 where code = 'ADMINISTRATOR'", bring)
    assert await desk.acted("admin", WITHDRAW, brought) == "IMPORT_OF_ANOTHER"
    own = await desk.tried("admin", LIST.format(unit=unit))
    assert (await desk.acted("head", WITHDRAW, own))["state"] == "REFUSED"
    await desk.ask.pool.execute(
        """with run as (insert into night_runs (data_date, state, is_full, retrain)
                       values ('2026-11-20', 'DONE', false, false) returning id)
           update imports set night_run_id = (select id from run)"""
    )
    assert await desk.acted("head", WITHDRAW, brought) == "IMPORT_OF_NIGHT"
    await desk.ask.pool.execute("update imports set night_run_id = null")
    meanwhile = await desk.tried("admin", LIST.format(unit=unit))
    assert (await desk.acted("head", APPLY, meanwhile))["state"] == "APPLIED"
    assert await desk.acted("admin", WITHDRAW, meanwhile) == "IMPORT_NOT_WAITING"


async def test_what_has_run_out_is_neither_carried_out_nor_taken_back(desk: Desk) -> None:
    import_id = await desk.tried("admin", LIST.format(unit=await unit_of(desk.ask)))
    await desk.ask.pool.execute("delete from import_changes")
    assert await desk.acted("head", APPLY, import_id) == "IMPORT_TIDIED"


async def test_nobody_carries_out_what_he_brought_or_gains_by(desk: Desk) -> None:
    unit = await unit_of(desk.ask)
    own = await desk.tried("head", LIST.format(unit=unit))
    assert await desk.acted("head", APPLY, own) == "IMPORT_NEEDS_ANOTHER"
    number, name = await desk.ask.pool.fetchrow(
        "select number, name from staff where id = $1", desk.ask.bank.actor("head").staff_id
    )
    gains = await desk.tried("admin", f"工号,姓名,机构号,职责\n{number},{name},{unit},管机构\n")
    assert await desk.acted("head", APPLY, gains) == "IMPORT_NEEDS_ANOTHER"
    assert (await desk.one("head"))["state"] == "TRIED"


async def test_a_list_of_units_widens_nobodys_scope_who_brings_or_carries_it_out(desk: Desk) -> None:
    """Whoever answers for his unit and what is below it would answer for what is hung below it."""
    pool, codes = desk.ask.pool, "select code from org_units where kind = 'OUTLET' order by code limit 2"
    own, other = [row["code"] for row in await pool.fetch(codes)]
    await pool.execute("update roles set scope = 'OWN_UNIT' where code = 'ADMINISTRATOR'")
    await pool.execute(
        "update staff set org_unit_id = (select id from org_units where code = $1) where id = $2",
        own,
        desk.ask.bank.actor("admin").staff_id,
    )
    hangs = await desk.tried("admin", f"机构号,机构名称,上级机构号\n{other},乙支行,{own}\n", kind="org")
    assert await desk.acted("head", APPLY, hangs) == "IMPORT_NEEDS_ANOTHER"
    assert (await desk.one("head"))["state"] == "TRIED"
    new = f"机构号,机构名称,上级机构号\n9{own},新设网点,{own}\n"
    made = await desk.tried("admin", new, kind="org")
    assert (await desk.acted("head", APPLY, made))["state"] == "APPLIED", "a new unit holds nothing yet"
    # Nor by taking back a list that took a unit away from him.
    await pool.execute(
        "update org_units set parent_id = (select id from org_units where code = $1) where code = $2",
        own,
        other,
    )
    root = await pool.fetchval("select code from org_units where parent_id is null")
    away = await desk.tried("head", f"机构号,机构名称,上级机构号\n{other},乙支行,{root}\n", kind="org")
    assert (await desk.acted("admin", APPLY, away)).get("state") == "APPLIED"
    assert await desk.acted("admin", UNDO, away) == "IMPORT_NEEDS_ANOTHER"


async def test_nobody_gives_back_to_himself_what_a_list_took(desk: Desk) -> None:
    number, name = await desk.ask.pool.fetchrow(
        "select number, name from staff where id = $1", desk.ask.bank.actor("head").staff_id
    )
    moved = f"工号,姓名,机构号\n{number},{name},{await unit_of(desk.ask)}\n"
    import_id = await desk.tried("admin", moved)
    # Another who decides has carried it out; the one it moved still has the right to undo.
    await desk.ask.pool.execute("update imports set state = 'APPLIED' where id = $1", int(import_id[7:]))
    assert await desk.acted("head", UNDO, import_id) == "IMPORT_NEEDS_ANOTHER"


async def test_a_file_that_is_none_of_the_kind_is_sent_back_with_the_reason(desk: Desk) -> None:
    await desk.tried("admin", "品种,头数\n猪,12\n")
    seen = await desk.one("admin")
    assert (seen["state"], seen["refusal"]["code"]) == ("REFUSED", "HEADING_NOT_FOUND")


async def test_a_kind_or_a_file_that_is_not_there(desk: Desk) -> None:
    assert (await desk.tried("admin", LIST, kind="cows"))["code"] == "IMPORT_KIND_NOT_KNOWN"
    anothers = await desk.sent("head", LIST)
    assert (await desk.tried("admin", LIST, fileId=anothers))["code"] == "STORED_FILE_NOT_FOUND"
    assert await desk.acted("head", UNDO, "Import:99") == "IMPORT_NOT_FOUND"
    assert await desk.acted("head", APPLY, "nonsense") == "IMPORT_NOT_FOUND"
    assert await desk.acted("head", WITHDRAW, "nonsense") == "IMPORT_NOT_FOUND"


async def test_whoever_may_not_see_lists_sees_none(desk: Desk) -> None:
    await desk.tried("admin", LIST.format(unit=await unit_of(desk.ask)))
    result = await desk.ask("a1", f'{{ node(id: "Import:1") {{ ... on Import {{ {IMPORT} }} }} }}')
    assert result.data == {"node": None}


async def test_maps_come_by_the_desk_as_lists_do(desk: Desk) -> None:
    """Outline, atoms and grids of a bank: brought by one, carried out by another, and taken back."""
    await desk.ask.pool.execute("delete from county_outlines")
    shapes = [box(112, 30, 112.01, 30.02), box(112.01, 30, 112.02, 30.02)]
    for kind, drawn, columns in (
        ("outline", [box(112, 30, 112.02, 30.02)], [{"name": "某县"}]),
        ("atoms", shapes, [{"code": "d1", "town": "甲镇"}, {"code": "d2", "town": "甲镇"}]),
        ("grids", shapes, [{"code": f"D{n}", "org_code": await unit_of(desk.ask)} for n in (1, 2)]),
    ):
        features = [
            {"type": "Feature", "properties": one, "geometry": mapping(shape)}
            for one, shape in zip(columns, drawn, strict=True)
        ]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        refused = await desk.tried("admin", text, kind)
        assert (await desk.one("head"))["refusal"]["code"] == "MAP_DATUM_MISSING", refused
        import_id = await desk.tried("admin", text, kind, datum="WGS84")
        seen = await desk.one("head")
        assert (seen["state"], seen["newRows"], seen["refusedRows"]) == ("TRIED", len(drawn), 0), seen
        applied = await desk.acted("head", APPLY, import_id)
        assert applied["state"] == "APPLIED", applied
    names = "select string_agg(code, ' ' order by code) from atoms where code like 'd%'"
    assert await desk.ask.pool.fetchval(names) == "d1 d2"
    assert (await desk.acted("head", UNDO, import_id))["state"] == "UNDONE"
