"""Scores as a table of their own, written by binary COPY from one numpy array of records."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from psycopg import sql

from domain.shared.night import Connection
from ml.features.partitions import put_in_place

POSTGRES_EPOCH = date(2000, 1, 1)
HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
CHUNK_ROWS = 1 << 15


@dataclass(frozen=True)
class Scores:
    """One row a customer, in ascending order of customers."""

    model: str
    model_version_id: int
    data_date: date
    customer_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    bands: npt.NDArray[np.int16]


def record_type(model_bytes: int) -> np.dtype[np.void]:
    """A record of a binary COPY of `scores`: every value after its length, all numbers big-endian."""
    return np.dtype(
        [
            ("columns", ">i2"),
            ("model_bytes", ">i4"),
            ("model", f"S{model_bytes}"),
            ("customer_bytes", ">i4"),
            ("customer_id", ">i8"),
            ("version_bytes", ">i4"),
            ("model_version_id", ">i8"),
            ("date_bytes", ">i4"),
            ("data_date", ">i4"),
            ("value_bytes", ">i4"),
            ("value", ">f8"),
            ("band_bytes", ">i4"),
            ("band", ">i2"),
        ]
    )


def records(scores: Scores) -> npt.NDArray[np.void]:
    name = scores.model.encode()
    rows = np.empty(len(scores.customer_ids), dtype=record_type(len(name)))
    rows["columns"] = 6
    rows["model_bytes"], rows["model"] = len(name), name
    rows["customer_bytes"], rows["customer_id"] = 8, scores.customer_ids
    rows["version_bytes"], rows["model_version_id"] = 8, scores.model_version_id
    rows["date_bytes"], rows["data_date"] = 4, (scores.data_date - POSTGRES_EPOCH).days
    rows["value_bytes"], rows["value"] = 8, scores.values
    rows["band_bytes"], rows["band"] = 2, scores.bands
    return rows


def partition_of(model: str) -> str:
    return f"scores_{model}"


def fresh_of(model: str) -> str:
    return f"{partition_of(model)}_new"


def write_fresh(connection: Connection, scores: Scores) -> int:
    """Fill a table beside the scores in force, with its key and statistics; gives its rows."""
    fresh = fresh_of(scores.model)
    names = {
        "fresh": sql.Identifier(fresh),
        "key": sql.Identifier(f"{fresh}_pkey"),
        "model": sql.Literal(scores.model),
    }
    for statement in (
        "drop table if exists {fresh}",
        # The check lets the partition be attached without being read again.
        "create table {fresh} (like scores including defaults, check (model = {model}))",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    # The table is of this transaction, so its rows can be written as settled (freeze).
    load = sql.SQL(
        "copy {fresh} (model, customer_id, model_version_id, data_date, value, band)"
        " from stdin (format binary, freeze)"
    ).format(**names)
    rows = records(scores)
    with connection.cursor() as cursor, cursor.copy(load) as copy:
        copy.write(HEADER)
        for start in range(0, len(rows), CHUNK_ROWS):
            copy.write(rows[start : start + CHUNK_ROWS].tobytes())
        copy.write(TRAILER)
    connection.execute(
        sql.SQL("alter table {fresh} add constraint {key} primary key (customer_id, model)").format(**names)
    )
    connection.execute(sql.SQL("analyze {fresh}").format(**names))
    return len(rows)


def put_fresh_in_place(connection: Connection, model: str) -> None:
    """The fresh scores become those in force. Whoever reads scores waits from here to the commit."""
    put_in_place(connection, "scores", fresh_of(model), partition_of(model), model)
