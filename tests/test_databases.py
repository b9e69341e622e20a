"""Databases of tests: lent again only where nothing was left behind, dropped only where their run is gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.databases import PREFIX, Lending, drop, drop_abandoned
from tests.servers import database_server_url

COUNT = "select count(*) from org_units"
OPEN = "insert into org_units (code, name, kind) values ('A', 'A', 'OUTLET') returning id"


@pytest.fixture
def lent(make_database: Callable[..., str]) -> Iterator[Lending]:
    lending = Lending(make_database)
    yield lending
    lending.end()


def one(connection: psycopg.Connection, statement: str) -> object:
    found = connection.execute(statement.encode()).fetchone()
    assert found is not None
    return found[0]


def test_what_is_rolled_back_leaves_the_database_to_the_next(lent: Lending) -> None:
    with lent.connection() as first:
        name, number = first.info.dbname, one(first, OPEN)
        for _ in range(first.prepare_threshold or 0):
            first.execute("select 1")
    with lent.connection() as after_rows:
        assert (after_rows.info.dbname, one(after_rows, COUNT)) == (name, 0)
        assert one(after_rows, OPEN) == number
        with pytest.raises(psycopg.errors.UniqueViolation):
            after_rows.execute(OPEN)
    with lent.connection() as after_a_refusal:
        assert after_a_refusal.info.dbname == name


@pytest.mark.parametrize("how", ["commit", "block", "autocommit"])
def test_whoever_ended_his_transaction_is_not_followed_on_the_same_database(lent: Lending, how: str) -> None:
    with lent.connection() as first:
        name = first.info.dbname
        if how == "autocommit":
            first.autocommit = True
        if how == "block":
            with first.transaction():
                first.execute(OPEN)
        else:
            first.execute(OPEN)
        if how == "commit":
            first.commit()
    with lent.connection() as second:
        assert second.info.dbname != name
        assert one(second, COUNT) == 0


@contextmanager
def left_behind(run: str) -> Iterator[str]:
    name = f"{PREFIX}{run}_template"
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute(f"create database {name} template template0".encode())
        yield name
        drop(server, name)


def test_databases_of_a_run_that_is_gone_are_dropped_and_no_others(template_database: str, run: str) -> None:
    with (
        left_behind(f"gone{run}") as of_nobody,
        left_behind(f"living{run}") as of_another,
        psycopg.connect(database_server_url(), autocommit=True) as other,
        psycopg.connect(database_server_url(), autocommit=True) as server,
    ):
        other.execute("select pg_advisory_lock_shared(hashtext(%s))", [f"{PREFIX}living{run}"])
        dropped = drop_abandoned(server)
        there = {name for (name,) in server.execute("select datname from pg_database").fetchall()}
    assert of_nobody in dropped
    assert of_nobody not in there
    assert {of_another, template_database} <= there
