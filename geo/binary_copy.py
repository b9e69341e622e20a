"""Numpy columns in and out of PostgreSQL by binary COPY: no Python object a row.

The format: a header of 19 bytes, then for each row its number of fields and each field with its length, a trailer of
two bytes. With fixed-width columns and no nulls a row is a record of known size, so a whole table is one array.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from domain.shared.night import Connection

_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_TRAILER = b"\xff\xff"
_CHUNK_ROWS = 200_000


def read_rows(
    connection: Connection, query: sql.Composed | sql.SQL, columns: Sequence[tuple[str, str]]
) -> NDArray[np.void]:
    """Rows of a query whose columns are 8 bytes wide and never null, as a big-endian record array.

    `columns` are names with "i8" (bigint) or "f8" (double precision).
    """
    statement = sql.SQL("copy ({}) to stdout (format binary)").format(query)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        data = b"".join(copy)
    fields: list[tuple[str, str]] = [("fields_", ">i2")]
    for name, kind in columns:
        fields += [(f"{name}_length_", ">i4"), (name, f">{kind}")]
    record = np.dtype(fields)
    count = (len(data) - len(_HEADER) - len(_TRAILER)) // record.itemsize
    rows = np.frombuffer(data, dtype=record, count=count, offset=len(_HEADER))
    if count and not all((rows[f"{name}_length_"] == 8).all() for name, _kind in columns):
        raise ValueError("the query gave a null or a column that is not 8 bytes wide")
    return rows


def write_rows(connection: Connection, table: str, columns: Sequence[NDArray[np.generic]]) -> None:
    """Appends columns of equal length to a table: (n,) int64 and float64, or (n, width) bytes for anything else."""
    arrays = [np.asarray(column) for column in columns]
    statement = sql.SQL("copy {} from stdin (format binary)").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(_HEADER)
        for start in range(0, len(arrays[0]), _CHUNK_ROWS):
            copy.write(_packed([array[start : start + _CHUNK_ROWS] for array in arrays]))
        copy.write(_TRAILER)


def _packed(arrays: Sequence[NDArray[np.generic]]) -> bytes:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for i, array in enumerate(arrays):
        kind = f"V{array.shape[1]}" if array.ndim == 2 else f">{array.dtype.kind}{array.dtype.itemsize}"
        fields += [(f"length{i}", ">i4"), (f"value{i}", kind)]
    rows = np.empty(len(arrays[0]), dtype=np.dtype(fields))
    rows["fields"] = len(arrays)
    for i, array in enumerate(arrays):
        rows[f"length{i}"] = array.shape[1] if array.ndim == 2 else array.dtype.itemsize
        as_bytes = array.ndim == 2
        rows[f"value{i}"] = (
            np.ascontiguousarray(array).view(f"V{array.shape[1]}")[:, 0] if as_bytes else array
        )
    return rows.tobytes()
