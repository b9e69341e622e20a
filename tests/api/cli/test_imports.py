"""`./yunge import`: a template goes out, comes back filled in, is tried, carried out, listed and taken back."""

from pathlib import Path

import pytest

from domain.shared.sheets.records import read_records
from schema.house import HOUSE
from tests.api.cli.conftest import Desk
from tests.domain.shared.sheets.books import workbook


def test_from_the_template_to_the_undoing(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "员工.xlsx"
    status, said = desk("import", "template", "staff", "--out", str(out))
    assert (status, "7" in said) == (0, True)
    columns = next(kind.columns for kind in HOUSE.imports if kind.name == "staff")
    rows = [dict(record.values) for record in read_records(out, columns).records]
    assert [row["number"] for row in rows] == ["A1", "H1", "M1", "M2", "M3", "O1", "O2"]

    status, said = desk("import", "staff", str(out))
    assert (status, "没有变化" in said) == (0, True)

    lists = [
        ["员工表"],
        ["工号", "姓名", "网点号", "职责"],
        ["M9", "王磊", "A01", "管户"],
        ["M8", "李某", "Z9", "管户"],
    ]
    path = workbook(tmp_path / "b.xlsx", ("新员工", lists))
    status, said = desk("import", "staff", str(path), "--part", "--dry-run")
    assert status == 3
    assert "新员工!C4" in said
    assert "找不到“Z9”" in said
    assert "试运行" in said
    assert desk.rows("select count(*) from imports") == [(0,)]

    status, said = desk("import", "staff", str(path), "--part")
    assert (status, "./yunge import undo 1" in said) == (3, True)
    assert desk.rows("select count(*) from accounts where account = 'M9'") == [(1,)]
    assert desk.rows("select action, actor_kind from audit") == [("import.applied", "SYSTEM")]
    assert "已执行" in desk("import", "list")[1]
    assert desk("import", "undo", "1")[0] == 0
    assert desk.rows("select count(*) from staff where number = 'M9'") == [(0,)]
    assert desk("import", "undo", "1")[0] == 1
    assert "已撤销" in desk("import", "list")[1]

    assert desk("import", "withdraw", "1")[0] == 1
    assert desk.rows("update imports set state = 'TRIED', undone_at = null returning id") == [(1,)]
    assert desk("import", "withdraw", "1")[0] == 0
    assert desk.rows("select action from audit order by id desc limit 1") == [("import.withdrawn",)]
    assert "已撤回" in desk("import", "list")[1]


def test_the_operator_is_not_locked_out_and_much_wants_a_reason(desk: Desk, tmp_path: Path) -> None:
    heading, one, another = (
        ["工号", "姓名", "网点号", "职责"],
        ["M9", "王磊", "A01", "管户"],
        ["M8", "李某", "A01", "管户"],
    )
    part = workbook(tmp_path / "a.xlsx", ("新员工", [heading, another]))
    assert desk("import", "staff", str(part), "--part")[0] == 0
    path = workbook(tmp_path / "b.xlsx", ("新员工", [heading, one]))
    status, said = desk("import", "staff", str(path))
    assert (status, "写明原因" in said) == (1, True)
    status, said = desk("import", "staff", str(path), "--yes", "合并")
    assert (status, "A1" in said, "现在无人" in said) == (0, True, True)
    assert desk.rows("select number from staff where is_active order by 1") == [("A1",), ("H1",), ("M9",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("staff", "nothing.xlsx"), "没有文件 nothing.xlsx"),
        (("template", "cows", "--out", "a.xlsx"), "没有“cows”这种导入"),
        (("template", "staff", "--out", "a.csv"), ".xlsx"),
        (("undo", "99"), "没有这次导入"),
        (("undo", "99999999999999999999"), "没有这次导入"),
    ],
)
def test_what_is_wrong_is_said(still_desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    status, answer = still_desk("import", *arguments)
    assert (status, said in answer) == (1, True)
