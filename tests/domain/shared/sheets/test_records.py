"""Rows under their headings: in any order, below a title, on several sheets; and the template that is filled in."""

from pathlib import Path

import pytest

from domain.shared.sheets.columns import Column, Words, check_columns
from domain.shared.sheets.errors import HeadingNotFound, HeadingTwice
from domain.shared.sheets.records import read_records
from domain.shared.sheets.templates import TemplateWords, write_template
from tests.domain.shared.sheets.books import workbook

COLUMNS = (
    Column(
        "code", Words("机构号", "Unit"), Words("行内编号", "its number"), "0301", True, ("机构代码", "网点号")
    ),
    Column("name", Words("名称", "Name"), Words("全称", "in full"), "城北支行", True),
    Column("from_on", Words("开业日期", "From"), Words("年月日", "ISO 8601"), "2020-01-01"),
)
WORDS = TemplateWords("说明", "列", "必填", "填法", "示例", "是", "否", "例：", ("一行一个机构。",))


def test_columns_in_another_order_below_a_title_on_two_sheets(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        (
            "城区",
            [
                ["机构表"],
                [],
                ["电话", "名 称*", "机构代码（必填）"],
                ["1", "城北支行", "0301"],
                [],
                ["2", "", ""],
            ],
        ),
        ("乡镇", [["网点号", "名称", "开业日期"], ["0401", "东乡支行", "2021-05-01"]]),
        ("备注", [["随便写的"]]),
    )
    reading = read_records(path, COLUMNS)
    records = list(reading.records)
    assert [(one.row, dict(one.values)) for one in records] == [
        (4, {"name": "城北支行", "code": "0301"}),
        (2, {"code": "0401", "name": "东乡支行", "from_on": "2021-05-01"}),
    ]
    assert (str(records[0].place("code")), records[0].place("code").heading) == (
        "城区!C4",
        "机构代码（必填）",
    )
    assert str(records[0].place("from_on")) == "城区!4"
    assert [(note.code, dict(note.values)) for note in reading.notes] == [
        ("SHEET_COLUMN_NOT_USED", {"place": "城区!A3", "column": "电话"}),
        ("SHEET_WITHOUT_HEADING", {"sheet": "备注"}),
    ]


def test_a_file_without_the_headings_says_which_and_what_is_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("甲", [["某某银行"], ["机构号", "电话"], ["0301", "1"]]))
    with pytest.raises(HeadingNotFound) as refused:
        list(read_records(path, COLUMNS).records)
    assert refused.value.statement.values == {"file": "a.xlsx", "missing": "名称", "found": "机构号 电话"}


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("甲", [["机构号", "名称", "机构代码"], ["0301", "城北", "0302"]]))
    with pytest.raises(HeadingTwice) as refused:
        list(read_records(path, COLUMNS).records)
    assert refused.value.statement.values["place"] == "甲!C1"


def test_a_problem_in_a_column_that_nobody_reads_is_none(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("甲", [["机构号", "名称", "账号"], [10**17, "城北", 10**17]]))
    (record,) = read_records(path, COLUMNS).records
    assert [(str(one.place), one.place.heading) for one in record.problems] == [("甲!A2", "机构号")]


def test_a_template_comes_back_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [
        {"code": "0301", "name": "=1+1", "from_on": "2020-01-01"},
        {"code": "320923198001010011", "name": "@"},
    ]
    assert write_template(path, "机构", COLUMNS, WORDS, rows) == 2
    reading = read_records(path, COLUMNS)
    assert [{key: value for key, value in one.values.items() if value} for one in reading.records] == rows
    assert reading.notes == []


def test_an_example_that_was_left_in_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert write_template(path, "机构", COLUMNS, WORDS) == 0
    reading = read_records(path, COLUMNS)
    assert list(reading.records) == []
    assert [note.code for note in reading.notes] == ["SHEET_EXAMPLE_LEFT_OUT"]


def test_columns_of_one_name_are_a_mistake_at_start() -> None:
    twice = Column("other", Words("机构号", "Other"), Words("", ""), "")
    with pytest.raises(ValueError, match="both called"):
        check_columns([*COLUMNS, twice])
