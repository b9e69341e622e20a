"""The number that a compiled statement compares rises with every change of rights, whoever makes it."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from domain.shared.organisation import ACTOR_OF_SESSION
from tests.schema.bank import Bank

_BEHIND = {"plan_in_force": "plans", "units_below": "org_units"}
"""The tables under what the statement names."""
_SELF_GUARDED = {"sessions", "rights_version", "below", "granted", "lateral"}
"""The guard looks at the session itself; the others are no tables of rights."""

CHANGES = {
    "accounts": "update accounts set staff_id = staff_id",
    "staff": "update staff set is_active = is_active",
    "roles": "update roles set permissions = permissions",
    "scope_grants": "delete from scope_grants",
    "org_units": "update org_units set to_on = to_on",
    "posts": "update posts set to_on = to_on",
    "grids": "update grids set parent_id = parent_id",
    "plans": "update plans set state = state",
}
OF_NO_RIGHT = (
    "update accounts set failed_attempts = failed_attempts + 1",
    "update staff set phone = '13800000000'",
    "update roles set name = name",
    "update grids set name = name",
)


_WATCHED = """
select c.relname, array(select a.attname::text from pg_attribute a
                         where a.attrelid = c.oid and (t.tgattr = '' or a.attnum = any(t.tgattr)))
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
 where p.proname = 'raise_rights_version'
"""
"""Each table with the columns whose change raises the version."""


def aliases_of(sql: str) -> dict[str, str]:
    """Tables by the names under which a statement reads them."""
    pairs: list[tuple[str, str]] = re.findall(r"(?:from|join) (\w+) (\w+)\b", sql)
    return {alias: table for table, alias in pairs}


@pytest.fixture
def bank(small_bank: tuple[str, Bank]) -> Iterator[psycopg.Connection]:
    with psycopg.connect(small_bank[0]) as connection:
        yield connection
        connection.rollback()


def version(connection: psycopg.Connection) -> int:
    row = connection.execute("select version from rights_version").fetchone()
    assert row is not None
    return int(row[0])


def test_every_table_that_rights_are_read_from_raises_the_version() -> None:
    named = set(re.findall(r"(?:from|join) ([a-z_]+)", ACTOR_OF_SESSION))
    tables = {_BEHIND.get(name, name) for name in named} - _SELF_GUARDED
    assert tables == set(CHANGES)


def test_every_column_that_rights_are_read_from_is_watched(bank: psycopg.Connection) -> None:
    named = {
        alias: _BEHIND.get(table, table)
        for alias, table in {**aliases_of(ACTOR_OF_SESSION), "staff": "staff"}.items()
    }
    watched = dict(bank.execute(_WATCHED).fetchall())
    read = {
        (named[alias], column)
        for alias, column in re.findall(r"\b(\w+)\.(\w+)", ACTOR_OF_SESSION)
        if alias in named and named[alias] in watched
    }
    assert len(read) > 15
    not_watched = {(table, column) for table, column in read if column not in watched[table]}
    assert {one for one in not_watched if one[1] != "id"} == {("roles", "code")}, "keys alone never change"


@pytest.mark.parametrize("table", CHANGES)
def test_a_change_of_rights_raises_it(bank: psycopg.Connection, table: str) -> None:
    before = version(bank)
    bank.execute(CHANGES[table])
    assert version(bank) > before


@pytest.mark.parametrize("statement", OF_NO_RIGHT)
def test_what_changes_nobodys_rights_leaves_it(bank: psycopg.Connection, statement: str) -> None:
    before = version(bank)
    bank.execute(statement)
    assert version(bank) == before
