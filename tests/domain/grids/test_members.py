"""Members of lists from a file: by the core's number, a certificate or a credit code, and kept without certificates."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.shared.imports.carrying_out import undo_import
from domain.shared.principal import SYSTEM
from tests.domain.shared.imports.conftest import TODAY, Importing
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

HEADINGS = "名单编号,客户号,到期日\n"
NUMBER, PAPER, OTHER_PAPER = "100200300", "320923198801011234", "91320923MA1ABCDE2X"
WHO = f"@MK,{NUMBER},\n"


@pytest.fixture(scope="module")
def members_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        bank = SmallBank(connection)
        known = bank.customer(certificate=PAPER, certificate_type="10")
        bank.customer(certificate=OTHER_PAPER, certificate_type="20", kind="ENTERPRISE")
        usual = {"kind": "PERSON", "data_date": DATA_DATE, "row_hash": 1, "name": "甲", "name_norm": "甲"}
        given = {
            "feed": "core_customer",
            "key": NUMBER,
            "status": "ACTIVE",
            "evidence": "",
            "customer_id": known,
        }
        insert(connection, "source_records", **usual, **given)
        usual = {"kind": "MARKET", "org_unit_id": bank.outlet_a, "from_on": date(2026, 1, 1)}
        insert(connection, "list_grids", code="@MK", name="市场", **usual)
    return url


@pytest.fixture
def importing(members_url: str, tmp_path: Path) -> Iterator[Importing]:
    with psycopg.connect(members_url) as connection:
        bank = SmallBank.__new__(SmallBank)
        bank.connection = connection
        yield Importing(bank, tmp_path)
        connection.rollback()


def members(importing: Importing) -> list[tuple]:
    return importing.bank.connection.execute(
        "select customer_id, from_on, to_on from list_grid_members order by 1, 2"
    ).fetchall()


def test_a_customer_who_is_named_in_two_ways_is_one_member(importing: Importing) -> None:
    importing.applied("members", HEADINGS + WHO + f"@MK,{PAPER},\n")
    assert members(importing) == [(1, TODAY, None)]
    for said in (NUMBER, PAPER):
        tried = importing.tried("members", HEADINGS + f"MK,{said},\n", is_whole=True)
        assert (tried.changes, tried.same, tried.problems) == ((), 1, ()), said
    tried = importing.tried("members", HEADINGS + WHO + f"@MK,{PAPER},2027-01-01\n")
    assert [(one.said.code, one.place.row) for one in tried.problems] == [("ROW_TWICE", 3)]


def test_whom_nobody_knows_stands_in_the_column_of_customers(importing: Importing) -> None:
    tried = importing.tried("members", HEADINGS + WHO + "@MK,999,\n@NONE,999,\n")
    found = [(one.said.code, str(one.place), one.place.heading) for one in tried.problems]
    assert found == [("ROW_NOT_KNOWN", "B3", "客户号"), ("ROW_NOT_KNOWN", "A4", "名单编号")]


def test_no_certificate_is_kept_or_shown(importing: Importing) -> None:
    unknown = "320923199901011239"
    importing.applied("members", HEADINGS + f"@MK,{PAPER},\n@MK,{OTHER_PAPER},\n@MK,{unknown},\n")
    connection = importing.bank.connection
    kept = connection.execute(
        """select to_jsonb(t)::text from import_changes t union all select to_jsonb(t)::text from import_problems t
           union all select to_jsonb(t)::text from list_grid_members t"""
    ).fetchall()
    shown = str(importing.kind("members").present(importing.rows, TODAY))
    for paper in (PAPER, OTHER_PAPER, unknown):
        assert paper not in str(kept) + shown
    assert set(importing.kind("members").present(importing.rows, TODAY)) == {("@MK", NUMBER), ("@MK", "#2")}
    again = importing.tried("members", HEADINGS + WHO + "@MK,#2,\n", is_whole=True)
    assert (again.changes, again.same) == ((), 2), "what a template says can be read again"


def test_a_row_that_is_refused_ends_nobody(importing: Importing) -> None:
    importing.applied("members", HEADINGS + WHO)
    tried = importing.tried("members", HEADINGS + f"@MK,{PAPER},昨天\n", is_whole=True)
    assert (len(tried.problems), tried.changes) == (1, ())


def test_a_whole_list_speaks_of_the_lists_that_it_names(importing: Importing) -> None:
    """A market's file comes from the market; whoever is on another list stays there."""
    importing.bank.connection.execute(
        """insert into list_grids (code, name, kind, org_unit_id, from_on)
           select '@CH', '商会', 'CHAMBER', org_unit_id, from_on from list_grids where code = '@MK'"""
    )
    importing.applied("members", HEADINGS + WHO + f"@MK,{OTHER_PAPER},\n@CH,{NUMBER},\n")
    tried = importing.tried("members", HEADINGS + WHO, is_whole=True)
    assert [(one.act.value, one.key) for one in tried.changes] == [("ENDED", ("@MK", "#2"))]


@pytest.mark.parametrize("later", [0, 1])
def test_an_import_that_is_undone_leaves_nobody_on_the_list(importing: Importing, later: int) -> None:
    importing.applied("members", HEADINGS + WHO)
    day = TODAY + timedelta(days=later)
    undo_import(importing.rows, importing.kind("members"), importing.last, by=SYSTEM, today=day)
    assert [one for one in members(importing) if one[2] is None or one[2] > day] == []
    importing.applied("members", HEADINGS + WHO, day=day)
    importing.applied("members", HEADINGS + f"@MK,{NUMBER},2027-01-01\n", day=day)
    importing.undone("members")
    assert members(importing)[-1] == (1, day, None), "the end that was noted is taken back"
