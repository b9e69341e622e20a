"""A contract grows at its end: files of the form before are taken as they always were."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from domain.feeds.checks import header_complaint
from domain.feeds.contracts import DELIMITER, FEEDS, LOAN, Column, Feed
from tests.domain.feeds.files import DAY, batches, reasons, row, take, write_batch

OLD = LOAN.grown_from[0]


def loan(number: int, **values: str) -> str:
    return row("loan", {"loan_no": f"L{number}", "cust_no": f"C{number}", "balance": "5.00"} | values)


def older(line: str) -> str:
    return DELIMITER.join(line.split(DELIMITER)[:OLD])


def told(connection: psycopg.Connection) -> list[tuple[str, int, str | None, str | None]]:
    return connection.execute(
        "select loan_no, balance_fen, currency, written_off from src_loan where to_on = 'infinity' order by 1"
    ).fetchall()


def test_a_file_of_the_form_before_says_nothing_of_what_came_later(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """And the file that tells more is an ordinary change of every row, even if it comes to an older day later on."""
    lines = [older(loan(n)) for n in range(3)]
    write_batch(tmp_path, "loan", lines, amount_sum="15.00")
    take(connection, tmp_path)
    assert batches(connection, "loan") == [("LOADED", 3, 3, 0, 0)]
    assert told(connection) == [(f"L{n}", 500, None, None) for n in range(3)]
    after = DAY + timedelta(days=1)
    write_batch(tmp_path, "loan", [loan(n, currency="美元", written_off="y") for n in range(3)], day=after)
    take(connection, tmp_path, day=after)
    assert batches(connection, "loan")[-1] == ("LOADED", 3, 3, 0, 0)
    assert told(connection) == [(f"L{n}", 500, "USD", "Y") for n in range(3)]


def test_a_line_that_lost_its_end_is_no_older_line(connection: psycopg.Connection, tmp_path: Path) -> None:
    whole, cut = [loan(n) for n in range(4)], older(loan(9))
    write_batch(tmp_path, "loan", [cut, *whole], amount_sum="25.00")
    take(connection, tmp_path)
    assert batches(connection, "loan") == [("LOADED", 5, 4, 0, 1)]
    assert f"列数应为 {len(LOAN.columns)}，实为 {OLD}" in reasons(connection, "loan")
    assert len(told(connection)) == 4


def test_a_file_with_any_other_number_of_columns_is_another_layout(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    lines = [DELIMITER.join(loan(n).split(DELIMITER)[: OLD + 2]) for n in range(3)]
    write_batch(tmp_path, "loan", lines, amount_sum="15.00")
    take(connection, tmp_path)
    assert [state for state, *_ in batches(connection, "loan")] == ["REFUSED"]


def test_a_header_of_either_form_is_a_header() -> None:
    names = [column.name for column in LOAN.columns]
    for form in LOAN.forms:
        complaint = header_complaint(LOAN, DELIMITER.join(names[:form]), DELIMITER)
        assert complaint is not None
        assert complaint.code == "FILE_HEADER"


def test_what_came_later_cannot_be_required() -> None:
    assert all(len(feed.columns) == feed.forms[0] for feed in FEEDS.values())
    with pytest.raises(ValueError, match="required"):
        Feed("x", "x", "utf-8", (Column("a"), Column("b", required=True)), ("a",), grown_from=(1,))
