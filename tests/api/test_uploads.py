"""The door for files over HTTP: an address, bytes at once or in parts, within the limit, with one's own session."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from api.jobs.files import queue_sweep, sweep_files
from api.jobs.hand import Hand
from api.jobs.handlers import OTHER_JOBS
from api.settings import Mode
from domain.shared.files import asking
from domain.shared.outbox import LeasedJob
from domain.shared.retention import RETENTION
from domain.shared.tidying import over_before, remove_over
from tests.api.conftest import Serve, sign_in
from tests.conftest import COUNTY_AS_OF
from tests.databases import database_of

ASK = """mutation Ask($input: AskForUploadInput!) { askForUpload(input: $input) { __typename
    ... on AskForUploadSuccess { address receivedBytes file { id state } } ... on UploadNotGiven { code } } }"""
FILE = "query File($id: ID!) { storedFile(id: $id) { state kind refusal { code } isUsed } }"
SHEET = "机构号,名称\n0001,城关支行\n".encode()


@dataclass
class Door:
    client: TestClient
    address: str
    storage: FolderStorage

    def query(self, document: str, **variables: Any) -> Any:
        answer = self.client.post("/graphql", json={"query": document, "variables": variables}).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def ask(
        self,
        size: int = len(SHEET),
        *,
        file_id: UUID | None = None,
        name: str = "机构.csv",
        purpose: str = "import",
    ) -> Any:
        given = {"fileId": str(file_id or uuid4()), "purpose": purpose, "name": name, "sizeBytes": size}
        return self.query(ASK, input=given)["askForUpload"]

    def put(self, address: str, content: bytes, offset: int = 0, **headers: str) -> Any:
        return self.client.put(address, content=content, headers={"Upload-Offset": str(offset), **headers})

    def look(self) -> None:
        """What a worker does next, done here."""
        hand = Hand(JobContext(self.address, self.storage.folder, files=self.storage.folder), OTHER_JOBS)
        while hand.work_off_one():
            pass
        hand.close()

    def state(self, file_id: str) -> Any:
        return self.query(FILE, id=file_id)["storedFile"]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.address) as connection:
            return connection.execute(statement, values).fetchall()  # type: ignore[call-overload]

    def sweep(self) -> None:
        with psycopg.connect(self.address) as connection:
            context = JobContext(self.address, self.storage.folder, files=self.storage.folder)
            sweep_files(connection, LeasedJob(1, "files.sweep", "k", {}, 1, uuid4()), context)

    def on_disk(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.storage.folder.rglob("*")) if path.is_file()]


@pytest.fixture(scope="module")
def served(
    begin: Serve,
    served_bank: Any,
    make_database: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Door]:
    """One application for all tests of this file; each sends its files as it goes."""

    address, folder = make_database(database_of(served_bank[0])), tmp_path_factory.mktemp("files")
    client = begin(mode=Mode.DEVELOPMENT, address=address, files=folder)
    yield Door(client, address, FolderStorage(folder))
    client.__exit__(None, None, None)


@pytest.fixture
def door(served: Door) -> Iterator[Door]:
    sign_in(served.client, "head")
    yield served
    served.client.cookies.clear()


def test_a_file_comes_in_and_is_kept_once(door: Door) -> None:
    asked = door.ask()
    assert asked["receivedBytes"] == 0
    assert door.state(asked["file"]["id"])["state"] == "EXPECTED"
    assert door.put(asked["address"], SHEET).json() == {"state": "WAITING", "receivedBytes": len(SHEET)}
    assert door.put(asked["address"], SHEET).json()["errors"][0]["extensions"]["code"] == "UPLOAD_DONE"
    door.look()
    assert door.state(asked["file"]["id"]) == {
        "state": "CHECKED",
        "kind": "CSV",
        "refusal": None,
        "isUsed": False,
    }
    again = door.ask()
    door.put(again["address"], SHEET)
    door.look()
    assert door.on_disk().count(SHEET) == 1, "the same content is kept once, and nothing of it beside"
    found = door.client.get("/files/" + asked["file"]["id"].partition(":")[2])
    assert found.content == SHEET
    assert found.headers["content-type"] == "application/octet-stream"
    assert found.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6%9C%BA")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]


def test_it_comes_in_parts_and_goes_on_where_it_ended(door: Door) -> None:
    file_id = uuid4()
    asked = door.ask(file_id=file_id)
    assert door.put(asked["address"], SHEET[:10]).json() == {"state": "EXPECTED", "receivedBytes": 10}
    for odd in (b"0", b"", b"-1", b"0x0", b"\xb2", b"0" * 14 + b"10"):
        wrong = door.client.put(asked["address"], content=SHEET[:10], headers=[(b"upload-offset", odd)])
        assert (wrong.status_code, wrong.json()["errors"][0]["extensions"]["code"]) == (409, "UPLOAD_OFFSET")
    again = door.ask(file_id=file_id)
    assert again["receivedBytes"] == 10
    assert door.put(again["address"], SHEET[10:], 10).json()["state"] == "WAITING"
    assert door.rows("select sha256 = sha256(%s) from files where id = %s", SHEET, file_id) == [(True,)]


def test_what_was_all_there_when_the_process_died_is_finished_without_a_byte(door: Door) -> None:
    asked = door.ask(file_id=(file_id := uuid4()))
    with door.storage.open_incoming(file_id) as incoming:
        incoming.write(SHEET)
    again = door.ask(file_id=file_id)
    assert again["receivedBytes"] == len(SHEET)
    assert door.put(again["address"], b"", len(SHEET)).json()["state"] == "WAITING"
    assert asked["file"] == again["file"]


def test_not_a_byte_more_than_announced(door: Door) -> None:
    asked = door.ask(size=10, file_id=(file_id := uuid4()))
    door.put(asked["address"], SHEET[:4])
    refused = door.put(asked["address"], SHEET[4:], 4)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (
        413,
        "UPLOAD_TOO_LARGE",
    )
    assert door.storage.received_bytes(file_id) == 4, (
        "and what the request brought within the limit is not kept either"
    )


def test_an_endless_body_ends_at_the_limit(door: Door) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(10_000):
            yield bytes(65_536)

    asked = door.ask(size=100_000, file_id=(file_id := uuid4()))
    refused = door.client.put(asked["address"], content=endless())
    assert refused.status_code == 413
    assert door.storage.received_bytes(file_id) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda address: address[:-2] + ("AA" if address[-2:] != "AA" else "BB"),
        lambda address: address.replace("/uploads/", "/uploads/0", 1),
        lambda address: "/uploads/" + uuid4().hex + address[address.index(".") :],
        lambda _address: "/uploads/x",
        lambda _address: "/uploads/..%2f..%2fetc%2fpasswd",
    ],
)
def test_an_address_that_was_not_given_is_none(door: Door, spoil: Callable[[str], str]) -> None:
    refused = door.put(spoil(door.ask()["address"]), SHEET)
    assert refused.status_code == 404
    assert b"/etc" not in b"".join(door.on_disk())


def test_an_address_is_of_no_use_to_anybody_else_or_later(door: Door) -> None:
    asked = door.ask(file_id=(file_id := uuid4()))
    sign_in(door.client, "outlet_a")
    assert door.put(asked["address"], SHEET).status_code == 404
    assert door.state(asked["file"]["id"]) is None
    assert door.ask(file_id=file_id)["code"] == "FILE_IS_ANOTHER"
    door.client.cookies.clear()
    assert door.put(asked["address"], SHEET).status_code == 401
    sign_in(door.client, "head")
    with psycopg.connect(door.address) as connection:
        connection.execute(
            "update files set expires_at = now() - interval '1 second' where id = %s", [file_id]
        )
    assert door.put(asked["address"], SHEET).status_code == 404
    assert door.rows("select state from files where id = %s", file_id) == [("EXPECTED",)]


def test_a_right_that_was_withdrawn_takes_the_address_with_it(door: Door) -> None:
    asked = door.ask()
    with psycopg.connect(door.address) as connection:
        taken = "update roles set permissions = array_remove(permissions, 'files.send') where code = 'HEAD_OFFICE'"
        connection.execute(taken)
    assert door.put(asked["address"], SHEET).status_code == 404
    with psycopg.connect(door.address) as connection:
        connection.execute(taken.replace("array_remove", "array_append"))
    assert door.put(asked["address"], SHEET).status_code == 200


def test_sizes_names_and_purposes_are_looked_at_first(door: Door) -> None:
    assert door.ask(0)["code"] == "FILE_SIZE_NOT_VALID"
    assert door.ask(64 * 2**20 + 1)["code"] == "FILE_SIZE_NOT_VALID"
    assert door.ask(purpose="nothing")["code"] == "FILE_PURPOSE_NOT_KNOWN"
    assert door.ask(name="\u202e\n")["code"] == "FILE_NAME_NOT_VALID"
    asked = door.ask(name="..\\..\\C:/\u202e机构\x07.csv")
    (kept,) = door.rows("select name from files where id = %s", asked["file"]["id"].partition(":")[2])
    assert kept == ("机构.csv",)
    compressed = door.put(asked["address"], SHEET, **{"Content-Encoding": "gzip"})
    assert compressed.status_code == 415


def test_a_person_may_send_so_much(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(door.client, "b1")
    monkeypatch.setattr(asking, "FILES_A_DAY", 3)
    answers = [door.ask().get("code") for _ in range(4)]
    assert answers == [None, None, None, "FILES_OF_DAY_USED_UP"]
    monkeypatch.setattr(asking, "FILES_A_DAY", 300)
    monkeypatch.setattr(asking, "BYTES_A_DAY", 4 * len(SHEET) - 1)
    assert door.ask()["code"] == "FILES_OF_DAY_USED_UP"
    sign_in(door.client, "c1")
    answers = [door.ask().get("code") for _ in range(21)]
    assert answers[-1] == "FILES_OF_DAY_USED_UP"
    monkeypatch.setattr(asking, "BYTES_A_DAY", 2**31)
    answers = [door.ask().get("code") for _ in range(21)]
    assert answers[-1] == "TOO_MANY_FILES"


def test_what_nobody_speaks_of_is_swept(door: Door) -> None:
    """Files that were never sent to their end, what a killed process left, and what the rows have let go of."""
    late, kept, fresh = uuid4(), door.ask(), uuid4()
    door.ask(file_id=late)
    door.put(kept["address"], SHEET)
    door.look()
    for file_id in (late, orphan := uuid4(), fresh):
        with door.storage.open_incoming(file_id) as incoming:
            incoming.write(b"x")
    long_ago = time.time() - 3 * 86_400
    os.utime(door.storage.incoming_path(orphan), (long_ago, long_ago))
    unspoken = door.storage.keep(door.storage.incoming_path(orphan))
    os.utime(door.storage.kept_path(unspoken.sha256), (long_ago, long_ago))
    with psycopg.connect(door.address) as connection:
        connection.execute("update files set expires_at = now() - interval '2 days' where id = %s", [late])
    door.sweep()
    assert [door.storage.received_bytes(one) for one in (late, orphan, fresh)] == [0, 0, 1]
    assert [len(content) for content in door.on_disk() if content == SHEET] == [len(SHEET)]
    with pytest.raises(Exception, match="FILE_LOST"):
        door.storage.kept_path(unspoken.sha256)


def test_rows_that_nothing_uses_go_when_their_days_are_over(door: Door) -> None:
    used, unused = door.ask(), door.ask()
    ids = [one["file"]["id"].partition(":")[2] for one in (used, unused)]
    kept = next(one for one in RETENTION if one.table == "files")
    with psycopg.connect(door.address) as connection:
        connection.execute("update files set asked_at = '2026-01-01' where id = any(%s::uuid[])", [ids])
        connection.execute("update files set used_by = 'Import:999999' where id = %s", [ids[0]])
        before = over_before(kept, COUNTY_AS_OF, {})
        assert before is not None
        assert remove_over(connection, kept, before) == 1
    assert [door.state(f"StoredFile:{one}") is None for one in ids] == [False, True]


def test_a_list_goes_after_its_import_and_its_bytes_with_it(door: Door) -> None:
    """Members' certificates among them: neither while it waits, nor while rows say what is wrong with it."""
    kept = next(one for one in RETENTION if one.table == "files")
    file_id = door.ask()["file"]["id"].partition(":")[2]
    with psycopg.connect(door.address) as connection:
        made = connection.execute(
            """insert into imports (kind, state, file_name, file_sha256, from_on, is_whole, new_rows, changed_rows,
                                    ended_rows, same_rows, refused_rows, notes, actor_kind, tried_at)
               values ('members', 'WAITING', '名单.csv', '', '2026-01-01', true, 0, 0, 0, 0, 1, '[]', 'SYSTEM',
                       '2026-01-01') returning id"""
        ).fetchone()
        assert made is not None
        connection.execute(
            """insert into import_problems (import_id, position, sheet, row, sheet_column, heading, said)
               values (%s, 0, '', 2, 'A', '证件号', '{}')""",
            made,
        )
        used = "update files set asked_at = '2026-01-01', used_by = 'Import:' || %s::text where id = %s"
        connection.execute(used, [made[0], file_id])
        connection.execute("update imports set file_id = %s where id = %s", [file_id, *made])
        before = over_before(kept, COUNTY_AS_OF, {})
        assert before is not None
        for statement in (
            "delete from import_problems where import_id = %s",
            "update imports set state = 'APPLIED', applied_at = '2026-11-20' where id = %s",
            "update imports set applied_at = '2026-02-01' where id = %s",
        ):
            assert remove_over(connection, kept, before) == 0, statement
            connection.execute(statement, made)
        assert remove_over(connection, kept, before) == 1
    assert door.state(f"StoredFile:{file_id}") is None


def test_a_sweep_is_queued_once_a_day(door: Door) -> None:
    with psycopg.connect(door.address) as connection:
        assert [queue_sweep(connection, COUNTY_AS_OF) for _ in range(2)] == [True, False]
        connection.rollback()
