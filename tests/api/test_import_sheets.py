"""Templates and what imports found, as workbooks over HTTP: made by a process of its own, for whoever sees imports."""

import io
import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from tests.api.conftest import Serve, sign_in

SAID = {"code": "ROW_NOT_KNOWN", "values": {"given": "Z99"}}


@pytest.fixture(scope="module")
def served(begin: Serve, shared_address: str) -> Iterator[TestClient]:
    with psycopg.connect(shared_address) as database:
        made = database.execute(
            """insert into imports (kind, state, file_name, file_sha256, from_on, is_whole, new_rows, changed_rows,
                                    ended_rows, same_rows, refused_rows, notes, actor_kind)
               values ('staff', 'TRIED', '员工.csv', '', '2026-11-27', true, 0, 1, 0, 0, 1, '[]', 'SYSTEM')
               returning id"""
        ).fetchone()
        assert made is not None
        database.execute(
            """insert into import_changes (import_id, position, act, key, before, after, sheet, row)
               values (%s, 0, 'CHANGED', '{N1}', %s, %s, '', 2)""",
            [
                made[0],
                json.dumps({"name": "王磊", "phone": "13800000000"}),
                json.dumps({"name": "=王磊", "phone": "13800000001"}),
            ],
        )
        database.execute(
            """insert into import_problems (import_id, position, sheet, row, sheet_column, heading, said)
               values (%s, 0, '', 3, 'C', '机构号', %s)""",
            [made[0], json.dumps(SAID)],
        )
    client = begin(address=shared_address)
    client.__dict__["import_id"] = made[0]
    yield client
    client.__exit__(None, None, None)


@pytest.fixture
def client(served: TestClient) -> Iterator[TestClient]:
    yield served
    served.cookies.clear()


def sheets(answer: Any) -> dict[str, list[list[str]]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; ")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_template_holds_what_is_there_without_what_is_hidden(client: TestClient) -> None:
    sign_in(client, "admin")
    made = sheets(client.get("/imports/templates/staff.xlsx"))
    assert list(made) == ["员工", "说明"]
    heading, *people = made["员工"]
    assert "手机" not in heading, (
        "the administrator's role hides telephones, and a column left out changes nothing"
    )
    assert heading[:3] == ["员工号", "姓名", "机构号"]
    assert len(people) > 5
    assert list(sheets(client.get("/imports/templates/staff.xlsx?language=en"))) == ["Staff", "Explanations"]


def test_what_an_import_found_names_changes_and_problems(client: TestClient) -> None:
    sign_in(client, "admin")
    made = sheets(client.get(f"/imports/{client.__dict__['import_id']}/found.xlsx"))
    assert made["变更"][1:] == [
        ["变更", "N1", "姓名", "王磊", "=王磊", "", "2"],
        ["变更", "N1", "手机", "****", "****", "", "2"],
    ]
    ((*place, said),) = made["问题"][1:]
    assert place == ["", "3", "C", "机构号"]
    assert "Z99" in said


def test_the_audit_has_who_took_which_away(client: TestClient, shared_address: str) -> None:
    """And nothing of what stands in it; who got nothing is not noted."""
    number = client.__dict__["import_id"]
    noted = """select action, subject, detail, actor_id is not null from audit where action = 'import.saved'
                order by id"""
    with psycopg.connect(shared_address, autocommit=True) as database:
        before = len(database.execute(noted).fetchall())
        sign_in(client, "admin")
        people = len(sheets(client.get("/imports/templates/staff.xlsx"))["员工"]) - 1
        assert client.get(f"/imports/{number}/found.xlsx").status_code == 200
        assert client.get("/imports/999999/found.xlsx").status_code == 404
        assert database.execute(noted).fetchall()[before:] == [
            ("import.saved", "ImportKind:staff", {"rows": people}, True),
            ("import.saved", f"Import:{number}", {"rows": 3}, True),
        ]


@pytest.mark.parametrize(
    "path", ["templates/none.xlsx", "templates/..%2fx.xlsx", "999999/found.xlsx", "x", ""]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    sign_in(client, "admin")
    assert client.get(f"/imports/{path}").status_code == 404


def test_nobody_else_gets_one(client: TestClient) -> None:
    address = f"/imports/{client.__dict__['import_id']}/found.xlsx"
    assert client.get(address).status_code == 404
    sign_in(client, "a1")
    assert client.get(address).status_code == 404
    assert client.get("/imports/templates/staff.xlsx").status_code == 404
