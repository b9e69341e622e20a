"""Columns that a room adds to another room's table, and who may write which.

`customers` is wide on purpose: a page of customers is one index walk. What a room finds out of every customer it
declares beside its own models as columns of its own on that row, and nobody else's code writes them.
"""

from typing import Any

from sqlalchemy import Column, Index, Table

_OWNER = "room"


def add_columns(table: Table, room: str, *columns: Column[Any], indexes: tuple[Index, ...] = ()) -> None:
    """Columns of `room` on a table of another room. The other inserts rows, so each is nullable or has a default."""
    for column in columns:
        if column.name in table.c:
            raise ValueError(f"{room}: {table.name}.{column.name} belongs to {owner_of(table, column.name)}")
        if not column.nullable and column.server_default is None:
            raise ValueError(f"{room}: {table.name}.{column.name} needs a default of the database")
        column.info[_OWNER] = room
        table.append_column(column)
    for index in indexes:
        table.append_constraint(index)


def owner_of(table: Table, column: str) -> str:
    """The room that writes the column: the one that added it, else the one whose table it is."""
    return str(table.c[column].info.get(_OWNER, "the table's own room"))


def added_columns(table: Table) -> dict[str, str]:
    """The columns that other rooms added, with their rooms."""
    return {column.name: column.info[_OWNER] for column in table.c if _OWNER in column.info}
