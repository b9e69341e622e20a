"""Rows that a list brought are taken away again."""

from collections.abc import Sequence

from domain.shared.rows import Rows

ROWS_A_STATEMENT = 500
"""A row that goes is looked for behind each key onto its table, thirty and more of them onto staff: a third of a
millisecond a row on a quiet machine, and a statement of the API ends after five seconds."""


def take_away(rows: Rows, table: str, column: str, keys: Sequence[int]) -> None:
    """Delete the rows of a table whose column is one of `keys`, so many at a time that no statement takes long."""
    for first in range(0, len(keys), ROWS_A_STATEMENT):
        some = list(keys[first : first + ROWS_A_STATEMENT])
        rows.execute(
            f"delete from {table} where {column} = any(cast(%(keys)s as bigint[]))",  # noqa: S608
            {"keys": some},
        )
