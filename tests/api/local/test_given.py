"""Servers that somebody else runs: looked at, and refused in a sentence."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from api.local.given import check_database, check_redis, check_version
from api.local.refusal import CannotGoOn
from tests.databases import url_of
from tests.servers import database_server_url


@pytest.fixture
def plain_database() -> Iterator[str]:
    """A database in which nothing is switched on, and a role that may not switch anything on."""
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        server.execute("drop database if exists yunge_plain with (force)")
        server.execute("create database yunge_plain template template0")
        server.execute("drop role if exists yunge_guest")
        server.execute("create role yunge_guest login password 'guest'")
        yield url_of("yunge_plain")
        server.execute("drop database yunge_plain with (force)")
        server.execute("drop role yunge_guest")


def test_a_database_that_will_do_gets_postgis_and_nothing_else(plain_database: str) -> None:
    check_database(plain_database)
    with psycopg.connect(plain_database) as database:
        found = {row[0] for row in database.execute("select extname from pg_extension")}
    assert found == {"plpgsql", "postgis"}


def test_no_rights_to_switch_on_extensions(plain_database: str) -> None:
    address = plain_database.rpartition("@")[2]
    with pytest.raises(CannotGoOn, match="create extension postgis"):
        check_database(f"postgresql://yunge_guest:guest@{address}")


def test_no_postgis(plain_database: str) -> None:
    """A real server whose list of extensions is narrowed to what one without PostGIS would offer."""
    with psycopg.connect(plain_database) as database:
        database.execute("create schema narrowed")
        database.execute(
            "create view narrowed.pg_available_extensions as"
            " select * from pg_catalog.pg_available_extensions where name <> 'postgis'"
        )
    with pytest.raises(CannotGoOn, match="PostGIS"):
        check_database(f"{plain_database}?options=-csearch_path%3Dnarrowed,pg_catalog")


def test_too_old() -> None:
    check_version(150018)
    with pytest.raises(CannotGoOn, match="14"):
        check_version(140012)


@pytest.mark.parametrize(
    ("check", "url", "name"),
    [
        (check_database, "postgresql://nobody@127.0.0.1:9/none", "DATABASE_URL"),
        (check_redis, "redis://127.0.0.1:9/0", "REDIS_URL"),
        (check_redis, "http://127.0.0.1:9/0", "REDIS_URL"),
    ],
)
def test_nobody_there(check: Callable[[str], None], url: str, name: str) -> None:
    with pytest.raises(CannotGoOn, match=name):
        check(url)
