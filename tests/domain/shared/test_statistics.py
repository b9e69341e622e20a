"""A step tells the planner of rows that it wrote itself, when they are many beside those that were known."""

import psycopg
import pytest

from domain.shared.statistics import note_written

FILL = "insert into filled select n from generate_series(1, %s) n"


@pytest.fixture
def filled(connection: psycopg.Connection) -> psycopg.Connection:
    connection.autocommit = True
    connection.execute("create table filled (n bigint) with (autovacuum_enabled = off)")
    return connection


def expected_rows(connection: psycopg.Connection) -> int:
    """How many rows the planner thinks there are."""
    found = connection.execute("explain (format json) select from filled").fetchone()
    assert found is not None
    rows: int = found[0][0]["Plan"]["Plan Rows"]
    return rows


def test_what_an_undone_attempt_left_deceives_the_planner_until_the_next_attempt_says_what_it_wrote(
    filled: psycopg.Connection,
) -> None:
    with filled.transaction() as first_attempt:
        filled.execute(FILL, [10_000])
        raise psycopg.Rollback(first_attempt)
    filled.execute("vacuum (truncate off) filled")
    with filled.transaction():
        filled.execute(FILL, [10_000])
        assert expected_rows(filled) == 1
        assert note_written(filled, "filled", 10_000)
        assert expected_rows(filled) == 10_000


@pytest.mark.parametrize(("rows", "is_much"), [(1050, False), (1051, True)])
def test_a_tenth_and_fifty_rows_are_not_yet_much(
    filled: psycopg.Connection, rows: int, is_much: bool
) -> None:
    filled.execute(FILL, [10_000])
    filled.execute("analyze filled")
    assert note_written(filled, "filled", rows) is is_much


def test_a_table_that_was_never_looked_at_is_known_to_have_none(filled: psycopg.Connection) -> None:
    assert not note_written(filled, "filled", 50)
    assert note_written(filled, "filled", 51)
