"""Leave from a list: B has what is open of today's walk at once, and gives it back when the import is taken back."""

from datetime import date, timedelta

import pytest

from domain.shared.in_service import TODAY as TODAY_SQL
from tests.domain.shared.imports.conftest import Importing
from tests.domain.small_bank import insert

HEADINGS = "员工号,休假起,返岗日期\n"


@pytest.fixture
def today(importing: Importing) -> date:
    """The database's own: walks are moved on the day it is."""
    row = importing.bank.connection.execute(f"select {TODAY_SQL}".encode()).fetchone()
    assert row is not None
    return row[0]


def leaves(importing: Importing) -> list[tuple]:
    return importing.bank.connection.execute(
        "select s.number, l.from_on, l.to_on from staff_leaves l join staff s on s.id = l.staff_id order by 1, 2"
    ).fetchall()


def stops(importing: Importing) -> list[str]:
    """Who has the one stop of today's walks."""
    found = importing.bank.connection.execute(
        "select s.number from walk_stops w join staff s on s.id = w.staff_id"
    ).fetchall()
    return [number for (number,) in found]


def walking(importing: Importing, today: date) -> None:
    """M1, on A of grid N, has a customer of his on today's walk; M2 sits on B."""
    bank = importing.bank
    ids = dict(bank.connection.execute("select number, id from staff").fetchall())
    ((grid,),) = bank.connection.execute("select id from grids where code = 'N'").fetchall()
    bank._customer_id = 0
    customer = bank.customer(owner_id=ids["M1"], grid_id=grid)
    insert(bank.connection, "walks", staff_id=ids["M1"], walk_on=today, length_m=0)
    insert(
        bank.connection,
        "walk_stops",
        staff_id=ids["M1"],
        walk_on=today,
        position=1,
        customer_id=customer,
        planned_for_id=customer,
        reason="CADENCE",
        statement='{"code": "DUE_DOOR_ON_THE_WAY", "values": {}}',
    )


def test_it_holds_at_once_is_the_same_again_and_is_taken_back(importing: Importing, today: date) -> None:
    walking(importing, today)
    back, week = today + timedelta(days=3), today + timedelta(days=7)
    text = HEADINGS + f"M1,{today},{back}\nM3,{week},\n"
    assert [one.act for one in importing.tried("leave", text, day=today).changes] == ["NEW", "NEW"]
    assert (leaves(importing), stops(importing)) == ([], ["M1"]), "a dry run changes nothing"
    importing.applied("leave", text, day=today)
    assert leaves(importing) == [("M1", today, back), ("M3", week, None)]
    assert stops(importing) == ["M2"]
    assert importing.tried("leave", text, day=today, is_whole=True).changes == ()
    importing.undone("leave")
    assert (leaves(importing), stops(importing)) == ([], ["M1"])


def test_a_whole_list_ends_what_it_leaves_out_and_later_days_are_changes(
    importing: Importing, today: date
) -> None:
    walking(importing, today)
    monday, back, week = today - timedelta(days=3), today + timedelta(days=3), today + timedelta(days=7)
    over = today - timedelta(days=30), today - timedelta(days=20)
    importing.applied("leave", HEADINGS + f"M1,{monday},\nM1,{over[0]},{over[1]}\nM3,{week},\n", day=today)
    assert stops(importing) == ["M2"], "it began before the list came"
    importing.applied("leave", HEADINGS + f"M1,{monday},{back}\n", day=today)
    assert ("M1", monday, back) in leaves(importing)
    importing.applied("leave", HEADINGS + f"M2,{week},\n", day=today, is_whole=True)
    assert leaves(importing) == [("M1", *over), ("M1", monday, today), ("M2", week, None)]
    assert stops(importing) == ["M1"], "back today"
    importing.undone("leave")
    assert leaves(importing) == [("M1", *over), ("M1", monday, back), ("M3", week, None)]
    assert stops(importing) == ["M2"]


@pytest.mark.parametrize(
    ("lines", "place", "code"),
    [
        ("M9,2026-12-01,\n", "A2", "ROW_NOT_KNOWN"),
        ("M1,,2026-12-01\n", "B2", "ROW_VALUE_MISSING"),
        ("M1,2026-12-32,\n", "B2", "ROW_NOT_A_DAY"),
        ("M1,2026-12-05,2026-12-05\n", "C2", "ROW_DAYS_TURNED"),
        ("M1,2026-12-01,\nM1,2026-12-05,2026-12-09\n", "A3", "ROW_LEAVES_OVERLAP"),
        ("M1,2026-12-20,2026-12-25\nM1,2026-12-01,2026-12-21\n", "A2", "ROW_LEAVES_OVERLAP"),
        ("M2,2026-11-01,2027-01-01\n", "A2", "ROW_LEAVES_OVERLAP"),
        ("M2,2026-12-30,2027-01-02\n", "A2", "ROW_LEAVES_OVERLAP"),
    ],
)
def test_a_bad_row_is_told_with_its_place(importing: Importing, lines: str, place: str, code: str) -> None:
    importing.applied("leave", HEADINGS + "M2,2026-12-10,2026-12-31\n")
    tried = importing.tried("leave", HEADINGS + lines)
    assert [(str(one.place), one.said.code) for one in tried.problems] == [(place, code)]
    assert len(tried.changes) == lines.count("\n") - 1


def test_one_day_after_another_is_no_overlap(importing: Importing) -> None:
    lines = "M2,2026-12-10,2026-12-31\nM2,2026-12-31,\nM1,2026-12-01,2026-12-10\n"
    assert importing.tried("leave", HEADINGS + lines).problems == ()
