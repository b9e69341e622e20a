"""A table is filled as a whole: emptied and written in one transaction, kept out of the log, keys made last."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from tests.bench.copies.columns import Table


@dataclass(frozen=True)
class Foreign:
    table: str
    name: str
    definition: str


def set_aside_foreign_keys(connection: psycopg.Connection, tables: Sequence[Table]) -> list[Foreign]:
    """Drop the foreign keys from and to these tables, and say what they were."""
    rows = connection.execute(
        """select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
            where contype = 'f' and conparentid = 0
              and (conrelid = any(%(names)s::regclass[]) or confrelid = any(%(names)s::regclass[]))""",
        {"names": sorted({name for table in tables for name in (table.name, table.family)})},
    ).fetchall()
    keys = [Foreign(*row) for row in rows]
    for key in keys:
        connection.execute(f'alter table {key.table} drop constraint "{key.name}"'.encode())
    return keys


def put_back_foreign_keys(connection: psycopg.Connection, keys: Sequence[Foreign]) -> None:
    for key in keys:
        connection.execute(f'alter table {key.table} add constraint "{key.name}" {key.definition}'.encode())


def detach(connection: psycopg.Connection, tables: Sequence[Table]) -> None:
    """Take partitions out of their parents, whose indexes would otherwise hold theirs."""
    for table in tables:
        if table.parent is not None:
            connection.execute(f"alter table {table.parent} detach partition {table.name}".encode())


def attach(connection: psycopg.Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        if table.parent is not None:
            connection.execute(
                f"alter table {table.parent} attach partition {table.name} {table.bound}".encode()
            )


@contextmanager
def emptied(connection: psycopg.Connection, table: str) -> Iterator[psycopg.Connection]:
    """The table without rows and keys, to be filled in this transaction; its keys are made when the block ends."""
    connection.execute("set local maintenance_work_mem = '1GB'")
    connection.execute(f"truncate {table}".encode())
    indexes, constraints = _take_indexes(connection, table)
    yield connection
    for statement in (*indexes, *constraints):
        connection.execute(statement.encode())
    connection.execute(f"analyze {table}".encode())


def refill(connection: psycopg.Connection, table: str, select: str, columns: Sequence[str]) -> int:
    """Put the rows of `select`, which reads the old ones as `base`, in the place of the table's; how many."""
    connection.execute(f"create temp table base on commit drop as table {table}".encode())
    connection.execute("analyze base")
    names = ", ".join(f'"{column}"' for column in columns)
    with emptied(connection, table):
        return connection.execute(
            f"insert into {table} ({names}) overriding system value {select}".encode()
        ).rowcount


def _take_indexes(connection: psycopg.Connection, table: str) -> tuple[list[str], list[str]]:
    """Drop them, and give the statements that make them again."""
    constraints = connection.execute(
        """select conname, pg_get_constraintdef(oid) from pg_constraint
            where conrelid = %s::regclass and contype in ('p', 'u', 'x')""",
        [table],
    ).fetchall()
    for name, _ in constraints:
        connection.execute(f'alter table {table} drop constraint "{name}"'.encode())
    indexes = connection.execute(
        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index where indrelid = %s::regclass",
        [table],
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"drop index {name}".encode())
    return (
        [definition for _, definition in indexes],
        [f'alter table {table} add constraint "{name}" {definition}' for name, definition in constraints],
    )
