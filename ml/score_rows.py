"""Scores as a table of their own, written by binary COPY from one numpy array of records.

A row is a customer, a value and a band. What all rows of a run have in common is either the partition's own (the
model) or stands once in `score_runs` (night, version, data date). Rows lie in the order of their customers and are
never changed, so a block range index finds one; that each customer stands once is proven here, before they are written.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from psycopg import sql

from domain.shared.night import Connection
from ml.features.partitions import put_in_place

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
CHUNK_ROWS = 1 << 14

RECORD = np.dtype(
    [
        ("columns", ">i2"),
        ("customer_bytes", ">i4"),
        ("customer_id", ">i8"),
        ("value_bytes", ">i4"),
        ("value", ">f8"),
        ("band_bytes", ">i4"),
        ("band", ">i2"),
    ]
)
"""A record of a binary COPY: every value after its length, all numbers big-endian."""

BY_CUSTOMER = "by_customer"
PAGES_OF_A_RANGE = 16
"""Some two thousand rows to look through for one customer: a fifth of a millisecond."""


@dataclass(frozen=True)
class Scores:
    """The scores of a run, one a customer, in ascending order of customers; ValueError for any other order."""

    model: str
    night_run_id: int
    model_version_id: int
    data_date: date
    customer_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    bands: npt.NDArray[np.int16]

    def __post_init__(self) -> None:
        if not (self.customer_ids[1:] > self.customer_ids[:-1]).all():
            raise ValueError("a customer stands twice or out of order among the scores of a run")


def records(scores: Scores, part: slice) -> npt.NDArray[np.void]:
    """A part at a time: PostgreSQL reads one while the next is made, and neither leaves the processor's cache."""
    customer_ids = scores.customer_ids[part]
    rows = np.empty(len(customer_ids), dtype=RECORD)
    rows["columns"] = 3
    rows["customer_bytes"], rows["customer_id"] = 8, customer_ids
    rows["value_bytes"], rows["value"] = 8, scores.values[part]
    rows["band_bytes"], rows["band"] = 2, scores.bands[part]
    return rows


def partition_of(model: str) -> str:
    return f"scores_{model}"


def fresh_of(model: str) -> str:
    return f"{partition_of(model)}_new"


def write_fresh(connection: Connection, scores: Scores) -> int:
    """Fill a table beside the scores in force, with its index and statistics; gives its rows."""
    fresh = fresh_of(scores.model)
    names = {
        "fresh": sql.Identifier(fresh),
        "index": sql.Identifier(f"{fresh}_{BY_CUSTOMER}"),
        "pages": sql.Literal(PAGES_OF_A_RANGE),
        "model": sql.Literal(scores.model),
    }
    for statement in (
        "drop table if exists {fresh}",
        # The check lets the partition be attached without being read again.
        "create table {fresh} (like scores, check (model = {model}))",
        "alter table {fresh} alter model set default {model}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    # The table is of this transaction, so its rows can be written as settled (freeze).
    load = sql.SQL("copy {fresh} (customer_id, value, band) from stdin (format binary, freeze)").format(
        **names
    )
    count = len(scores.customer_ids)
    with connection.cursor() as cursor, cursor.copy(load) as copy:
        copy.write(HEADER)
        for start in range(0, count, CHUNK_ROWS):
            copy.write(records(scores, slice(start, start + CHUNK_ROWS)).tobytes())
        copy.write(TRAILER)
    for statement in (
        "create index {index} on {fresh} using brin (customer_id) with (pages_per_range = {pages})",
        # Scores are read by customer or whole: three thousand of them tell the planner all it asks.
        "set local default_statistics_target = 10",
        "analyze {fresh}",
        "set local default_statistics_target to default",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    return count


def put_fresh_in_place(connection: Connection, scores: Scores) -> None:
    """The fresh scores and their run become those in force. Whoever reads scores waits from here to the commit."""
    connection.execute(
        "insert into score_runs (model, night_run_id, model_version_id, data_date) values (%s, %s, %s, %s)"
        " on conflict (model) do update set night_run_id = excluded.night_run_id,"
        " model_version_id = excluded.model_version_id, data_date = excluded.data_date, made_at = excluded.made_at",
        [scores.model, scores.night_run_id, scores.model_version_id, scores.data_date],
    )
    fresh, partition = fresh_of(scores.model), partition_of(scores.model)
    put_in_place(connection, "scores", fresh, partition, scores.model, index=BY_CUSTOMER)


def remove(connection: Connection, model: str) -> None:
    """Leave the model without scores, and without a run that could have made any."""
    connection.execute("delete from scores where model = %s", [model])
    connection.execute("delete from score_runs where model = %s", [model])
