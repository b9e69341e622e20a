"""`./yunge leave`: entered, listed with who walks, taken back; what cannot be is said."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.shared.calendar import bank_day
from tests.api.cli.conftest import Desk
from tests.domain.shared.sheets.books import workbook


def test_a_leave_is_entered_listed_and_taken_back(desk: Desk) -> None:
    today = bank_day(datetime.now(UTC))
    back = today + timedelta(days=4)
    assert "没有进行中" in desk("leave", "list")[1]
    code, said = desk("leave", "add", "M1", "--from", str(today), "--back", str(back), "--by", "H1")
    assert (code, f"M1 从 {today} 起休假，返岗日：{back}。" in said) == (0, True), said
    code, said = desk("leave", "list")
    assert (code, "M2" in said, "进行中" in said, str(back) in said) == (0, True, True, True), said
    code, said = desk("leave", "add", "M1", "--from", str(today + timedelta(days=1)), "--by", "H1")
    assert (code, "已有休假" in said) == (1, True), said
    assert desk("leave", "add", "M77", "--from", str(today), "--by", "H1")[0] == 1
    yesterday = str(today - timedelta(days=1))
    assert "最早从今天起" in desk("leave", "add", "M2", "--from", yesterday, "--by", "H1")[1]
    assert desk("leave", "add", "M2", "--from", str(today), "--by", "A1")[0] == 1, "no right to"
    assert desk("leave", "end", "M1", "--by", "H1")[1].endswith("M1 已销假。\n")
    assert desk.rows("select count(*) from staff_leaves") == [(0,)]
    assert "没有找到" in desk("leave", "end", "M1", "--by", "H1")[1]
    assert desk.rows("select action from audit where action like 'leave%' order by id") == [
        ("leave.entered",),
        ("leave.ended",),
    ]


def test_a_sheet_of_leaves_is_tried_carried_out_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    today = bank_day(datetime.now(UTC))
    rows = [["工号", "请假起", "返岗日"], ["M1", today.isoformat(), ""], ["M77", today.isoformat(), ""]]
    path = workbook(tmp_path / "休假.xlsx", ("休假", rows))
    code, said = desk("import", "leave", str(path), "--part", "--dry-run")
    assert (code, "找不到“M77”" in said) == (3, True), said
    assert desk("import", "leave", str(path), "--part")[0] == 3
    assert "M1" in desk("leave", "list")[1]
    assert desk("import", "undo", "1")[0] == 0
    assert "没有进行中" in desk("leave", "list")[1]
