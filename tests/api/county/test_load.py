"""Loading the county into a database: complete, once, and never over what people changed since."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest
from argon2 import PasswordHasher

from api.county.load import load_county
from domain.shared.night import Connection, silent

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the first load reports."""
    return []


@pytest.fixture(scope="module")
def loaded_url(make_database: Callable[..., str], said: list[str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        load_county(connection, AS_OF, lambda _fraction, message=None: said.append(str(message)))
    return url


@pytest.fixture
def loaded(loaded_url: str) -> Iterator[Connection]:
    with psycopg.connect(loaded_url) as connection:
        yield connection
        connection.rollback()


TABLES = {
    "org_units": 36,
    "atoms": 1400,
    "atom_boundaries": 1400,
    "plans": 1,
    "grids": 490,
    "grid_boundaries": 490,
    "plan_atoms": 1400,
    "posts": 860,
    "accounts": 13,
    "county_outlines": 1,
}


def count(connection: Connection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_everything_is_there(loaded):
    assert {table: count(loaded, table) for table in TABLES} == TABLES


def test_twice_changes_nothing_even_for_another_day(loaded):
    def state() -> list[object]:
        return [
            loaded.execute(f"select xmin::text, t from {table} t order by 2").fetchall() for table in TABLES
        ]

    loaded.execute("update accounts set password_hash = 'changed by its owner' where account = 'head'")
    before = state()
    again: list[str] = []
    load_county(loaded, date(2027, 1, 1), lambda _fraction, message=None: again.append(str(message)))
    assert state() == before
    assert again == ["阜宁县已在库中，未作改动"]


def test_the_distance_from_the_source_is_said(loaded, said):
    assert "对称差" in said[-1]
    assert "豪斯多夫距离" in said[-1]


@pytest.mark.slow("install")
def test_a_load_in_a_transaction_that_is_rolled_back_leaves_nothing(lend_database):
    with psycopg.connect(lend_database()) as connection:
        connection.execute("select 1")
        load_county(connection, AS_OF, silent)
        connection.rollback()
        assert {count(connection, table) for table in TABLES} == {0}


def test_the_stored_outline_is_the_union_of_the_stored_atoms(loaded):
    differs = loaded.execute(
        "select st_area(st_symdifference(o.boundary_wgs84, (select st_union(boundary_wgs84) from atom_boundaries)))"
        " from county_outlines o"
    ).fetchone()
    assert differs == (0.0,)


def test_shapes_for_tiles_are_those_of_postgis(loaded):
    worst = loaded.execute(
        "select max(st_hausdorffdistance(boundary_3857, st_transform(boundary_wgs84, 3857))) from grid_boundaries"
    ).fetchone()
    assert worst[0] < 1e-5


def test_every_grid_has_an_a_and_a_b_from_the_first_day_of_the_history(loaded):
    rows = loaded.execute(
        "select g.id, array_agg(p.role order by p.role), min(p.from_on) from grids g"
        " left join posts p on p.grid_id = g.id where g.level = 'SMALL' group by g.id"
    ).fetchall()
    assert {(tuple(roles), from_on) for _grid, roles, from_on in rows} == {(("A", "B"), date(2024, 1, 1))}


def test_accounts_open_with_their_password_and_no_other(loaded):
    hashes = dict(loaded.execute("select account, password_hash from accounts").fetchall())
    assert PasswordHasher().verify(hashes["manager1"], "yunge-manager1")
    assert len(set(hashes.values())) == 13
    assert not any("yunge" in password for password in hashes.values())
