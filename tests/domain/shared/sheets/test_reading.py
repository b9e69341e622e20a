"""Sheets as people save them: every cell is the text that the person sees, at the row and column where he sees it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from domain.shared.sheets.errors import NotASheet, SheetEncodingNotKnown, SheetNotWhole, SheetQuotesNotClosed
from domain.shared.sheets.reading import read_sheets
from domain.shared.sheets.rows import column_letters, column_number
from tests.domain.shared.sheets.books import by_hand, sheet_of, workbook


def rows_of(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.row, row.cells) for sheet in read_sheets(path) for row in sheet.rows]


def problems_of(path: Path) -> list[tuple[int, str, str]]:
    return [
        (row.row, column_letters(problem.column), problem.said.code)
        for sheet in read_sheets(path)
        for row in sheet.rows
        for problem in row.problems
    ]


def test_every_kind_of_cell_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("员工")
        day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "h:mm"})
        sheet.write_row(
            2, 1, ["  王磊\u3000", 12, 12.5, True, False, 0.1 + 0.2, 0.00001, -7, 123456789012345]
        )
        sheet.write(3, 1, date(2024, 2, 29), day)
        sheet.write(3, 2, datetime.combine(date(2024, 2, 29), time(8, 5, 9)), day)
        sheet.write(3, 3, time(7, 5), clock)
        sheet.write(3, 4, timedelta(hours=30), book.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula(3, 5, "=1+1", None, 2)
        sheet.write_string(3, 6, "320923198001010011")
    texts = ("王磊", "12", "12.5", "TRUE", "FALSE", "0.3", "0.00001", "-7", "123456789012345")
    days = ("2024-02-29", "2024-02-29 08:05:09", "07:05", "30:00", "2", "320923198001010011")
    assert rows_of(path) == [(3, ("", *texts)), (4, ("", *days))]
    assert problems_of(path) == []


def test_a_number_that_lost_digits_is_no_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("甲", [[320923198001010011, "x"], [1e15, 999999999999999]]))
    assert rows_of(path) == [(1, ("", "x")), (2, ("", "999999999999999"))]
    assert problems_of(path) == [(1, "A", "CELL_DIGITS_LOST"), (2, "A", "CELL_DIGITS_LOST")]


def test_errors_and_formulas_without_a_value_are_not_empty(tmp_path: Path) -> None:
    cells = (
        '<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B2"><f>A1</f></c><c r="C2"><f>A1</f><v></v></c>'
        '<c r="D2" t="str"><f>""</f><v></v></c><c r="E2"><f>1+1</f><v>2</v></c></row>'
    )
    path = by_hand(tmp_path / "a.xlsx", sheet=sheet_of(cells))
    assert problems_of(path) == [
        (2, "A", "CELL_IS_ERROR"),
        (2, "B", "CELL_HAS_NO_VALUE"),
        (2, "C", "CELL_HAS_NO_VALUE"),
    ]
    assert rows_of(path) == [(2, ("", "", "", "", "2"))]


def test_merged_cells_hidden_sheets_and_an_empty_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("员工"), book.add_worksheet("旧")
        other.write(0, 0, "不读")
        other.hide()
        sheet.merge_range("A1:C1", "二〇二六年员工表")
        sheet.merge_range("A3:A5", "城北支行")
        sheet.write_column("B3", ["甲", "乙", "丙"])
        sheet.write("B6", "丁")
        for row in range(10, 500):
            sheet.write_blank(row, 0, None, book.add_format({"bold": True}))
    (only,) = list(read_sheets(path))
    assert {note.code for note in only.notes} == {"SHEET_HIDDEN", "SHEET_MERGED"}
    city = "城北支行"
    expected = [
        (1, ("二〇二六年员工表",)),
        (3, (city, "甲")),
        (4, (city, "乙")),
        (5, (city, "丙")),
        (6, ("", "丁")),
    ]
    assert rows_of(path) == expected


def test_cells_without_a_place_follow_one_another(tmp_path: Path) -> None:
    cells = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    path = by_hand(tmp_path / "a.xlsx", sheet=sheet_of(cells))
    assert rows_of(path) == [(1, ("1", "2")), (2, ("3",))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_as_it_was_saved(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    lines = [["机构号", "名称", "备注"], ["0301", "城北支行", "1,5"], ["0302", '"城;南"', ""]]
    quoted = [
        [f'"{cell}"' if set(cell) & set(",;") and cell[0] != '"' else cell for cell in line] for line in lines
    ]
    path.write_bytes("\r\n".join(separator.join(line) for line in quoted).encode(encoding))
    assert rows_of(path) == [
        (1, ("机构号", "名称", "备注")),
        (2, ("0301", "城北支行", "1,5")),
        (3, ("0302", "城;南")),
    ]


def test_what_spreadsheets_do_to_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=;\n="000123";3.20923E+17;\'=1+1;"第一行\n第二行"\n\n;;;\n王\x00磊;a\n', "utf-8")
    assert rows_of(path) == [(2, ("000123", "", "=1+1", "第一行\n第二行")), (5, ("", "a"))]
    assert problems_of(path) == [(2, "B", "CELL_DIGITS_LOST"), (5, "A", "CELL_HAS_CONTROL")]


def test_a_csv_that_is_no_text_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("机构号,名称\n".encode("gb18030") + b"0301,\xff\xff\n")
    with pytest.raises(SheetEncodingNotKnown) as refused:
        rows_of(path)
    assert refused.value.statement.values == {"file": "a.csv", "line": 2}


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + '1,"2\n' + "3,4\n" * 1000, "utf-8")
    with pytest.raises(SheetQuotesNotClosed) as refused:
        rows_of(path)
    assert refused.value.statement.values["row"] == 2


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"", "EMPTY"),
        (b" \r\n", "EMPTY"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "OLD_OFFICE"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PICTURE"),
        (b"\n<html><table>", "WEB_PAGE"),
        (b"\x1f\x8b\x08", "OTHER_ARCHIVE"),
        (b"a\0b", "BINARY"),
    ],
)
def test_what_is_no_sheet_is_told_as_what_it_is(tmp_path: Path, content: bytes, looks: str) -> None:
    path = tmp_path / "staff.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotASheet) as refused:
        read_sheets(path)
    assert refused.value.statement.values == {"file": "staff.xlsx", "looks": looks}


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", ("甲", [["x"] * 9] * 99)).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(SheetNotWhole):
        rows_of(path)


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16383)])
def test_letters_of_columns(letters: str, number: int) -> None:
    assert (column_letters(number), column_number(letters)) == (letters, number)
