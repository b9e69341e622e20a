"""Posts from a list: who has which post of the plan in force, and which grids are left without anybody."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from domain.grids.importing import tell_grids_without_anybody
from tests.domain.shared.imports.conftest import TODAY, Importing
from tests.domain.small_bank import SmallBank

HEADINGS = "网格编号,A/B岗,员工号,上岗日期,离岗日期\n"
NOW = HEADINGS + "N,A,M1,,\nN,B,M2,,\nS,A岗,M3,,\n"


@pytest.fixture(scope="module")
def posts_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        SmallBank(connection)
    return url


@pytest.fixture
def importing(posts_url: str, tmp_path: Path) -> Iterator[Importing]:
    with psycopg.connect(posts_url) as connection:
        bank = SmallBank.__new__(SmallBank)
        bank.connection = connection
        yield Importing(bank, tmp_path)
        connection.rollback()


def posts(importing: Importing) -> list[tuple]:
    return importing.bank.connection.execute(
        """select g.code, p.role, s.number, p.from_on::text, p.to_on::text from posts p join grids g on g.id = p.grid_id
             join staff s on s.id = p.staff_id order by 1, 2, 4, 3"""
    ).fetchall()


def test_the_list_as_it_is_changes_nothing(importing: Importing) -> None:
    tried = importing.tried("posts", NOW, is_whole=True)
    assert (tried.changes, tried.problems, tried.same) == ((), (), 3)


def test_another_comes_one_goes_and_all_of_it_is_taken_back(importing: Importing) -> None:
    before = posts(importing)
    text = HEADINGS + "N,A,O1,2026-12-01,\nN,B,,,\nS,A,M3,,2027-03-01\nS,B,M2,,\n"
    importing.applied("posts", text)
    assert posts(importing) == [
        ("N", "A", "M1", "2026-01-01", "2026-12-01"),
        ("N", "A", "O1", "2026-12-01", None),
        ("N", "B", "M2", "2026-01-01", TODAY.isoformat()),
        ("S", "A", "M3", "2026-01-01", "2027-03-01"),
        ("S", "B", "M2", TODAY.isoformat(), None),
    ]
    importing.undone("posts")
    assert posts(importing) == before


def test_a_whole_list_without_lists_leaves_their_posts(importing: Importing) -> None:
    """Another system knows nothing of them, and a rule gives to nobody any more once they have ended."""
    connection, bank = importing.bank.connection, importing.bank
    grid = connection.execute(
        """insert into grids (plan_id, code, name, level, org_unit_id, town_code, area_m2)
           select plan_id, '@M3', 'M3', 'LIST', org_unit_id, '', 0 from grids where code = 'N' returning id"""
    ).fetchone()
    staff = connection.execute("select id from staff where number = 'M3'").fetchone()
    assert grid is not None
    assert staff is not None
    bank.post(grid[0], staff[0], "A")
    assert importing.tried("posts", NOW, is_whole=True).changes == ()
    (named,) = importing.tried("posts", NOW + "@M3,A,,,\n", is_whole=True).changes
    assert (named.act.value, named.key) == ("ENDED", ("@M3", "A")), "by its own row it ends"


def test_a_change_on_the_first_day_leaves_no_empty_days(importing: Importing) -> None:
    before = posts(importing)
    importing.applied("posts", HEADINGS + "N,A,O1,,\n", day=date(2026, 1, 1))
    assert posts(importing)[0] == ("N", "A", "O1", "2026-01-01", None)
    importing.undone("posts")
    assert posts(importing) == before


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("L1,A,M1,,", "A2", "ROW_NOT_KNOWN"),
        ("N,C,M1,,", "B2", "ROW_NOT_ONE_OF"),
        ("N,A,M9,,", "C2", "ROW_NOT_KNOWN"),
        ("N,B,M1,,", "A2", "ROW_BOTH_POSTS"),
        ("N,A,O2,,", "C2", "ROW_NAMES_WHO_ENDED"),
    ],
)
def test_a_bad_row_is_told_with_its_place(importing: Importing, line: str, place: str, code: str) -> None:
    importing.bank.connection.execute("update staff set to_on = '2026-11-01' where number = 'O2'")
    tried = importing.tried("posts", HEADINGS + line + "\n")
    assert [(str(one.place), one.said.code) for one in tried.problems] == [(place, code)]


def test_grids_without_anybody_are_named(importing: Importing) -> None:
    assert tell_grids_without_anybody(importing.rows, "staff", TODAY) == []
    importing.bank.connection.execute("update staff set to_on = '2026-11-01' where number = 'M3'")
    (told,) = tell_grids_without_anybody(importing.rows, "staff", TODAY)
    assert dict(told.values) == {"grids": 1, "first": "S"}
