"""Features out of the database into numpy: packed in one column against as many columns, both by binary COPY.

    ./yunge bench features [ROWS]

Rows are drawn, a million of them when none are named; no county is read.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
from psycopg import sql

from ml.features.columns import NAMES
from ml.features.reader import FeatureTable, read_features
from tests.bench.figures import Figure, at_least, machine, print_figures, rows_asked
from tests.bench.progress import told
from tests.bench.scratch import scratch

DAY = date(2026, 6, 30)
ROUNDS = 3

COLUMN_RECORD = np.dtype(
    [("columns", ">i2"), ("id_bytes", ">i4"), ("customer_id", ">i8")]
    + [field for name in NAMES for field in ((f"{name}_bytes", ">i4"), (name, ">f4"))]
)
"""The peer's record: a bigint and one real a feature, each after its length."""


def fill(connection: psycopg.Connection[Any], rows: int) -> None:
    """The same random numbers twice: as columns, and packed. One in a hundred is unknown."""
    value = "case when random() < 0.01 then 'NaN'::real else (random() * 1e6)::real end"
    columns = sql.SQL(", ").join(sql.SQL(value + " as {}").format(sql.Identifier(name)) for name in NAMES)
    packed = sql.SQL(" || ").join(sql.SQL("float4send({})").format(sql.Identifier(name)) for name in NAMES)
    connection.execute(
        sql.SQL(
            "create table wide as select i::bigint as customer_id, {} from generate_series(1, {}) i"
        ).format(columns, sql.Literal(rows))
    )
    connection.execute("create table customer_features (data_date date, customer_id bigint, packed bytea)")
    connection.execute(
        sql.SQL("insert into customer_features select {}, customer_id, {} from wide").format(
            sql.Literal(DAY), packed
        )
    )
    connection.commit()
    for table in ("wide", "customer_features"):
        connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table)))
    connection.commit()


HEADER_BYTES, TRAILER_BYTES = 19, 2


def read_columns(connection: psycopg.Connection[Any]) -> FeatureTable:
    """The peer, as well as we can: binary COPY of the columns, one structured array, one float32 array in order."""
    query = sql.SQL("select customer_id, {} from wide").format(sql.SQL(", ").join(map(sql.Identifier, NAMES)))
    chunks = bytearray()
    copied = sql.SQL("copy ({}) to stdout (format binary)").format(query)
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        for chunk in copy:
            chunks += chunk
    records = np.frombuffer(memoryview(chunks)[HEADER_BYTES:-TRAILER_BYTES], dtype=COLUMN_RECORD)
    customers = records["customer_id"].astype(np.int64)
    order = np.argsort(customers, kind="stable")
    # Length and value of a column alternate, so every second of the 4-byte words after the id is a value.
    words = records.view(np.uint8).reshape(len(records), COLUMN_RECORD.itemsize)[:, 14:].view(">f4")
    values: npt.NDArray[np.float32] = np.empty((len(records), len(NAMES)), dtype=np.float32)
    values[:] = words[:, 1::2][order]
    return FeatureTable(customers[order], values)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def figures(server_url: str, rows: int = 1_000_000) -> list[Figure]:
    """Medians of three rounds, the two ways taking turns; both must give the same array."""
    with scratch(server_url) as connection:
        with told(f"{rows:,} rows of features, twice"):
            fill(connection, rows)
        ours, theirs = read_features(connection, DAY), read_columns(connection)
        same = ours.values.tobytes() == theirs.values.tobytes()
        if not (same and np.array_equal(ours.customer_ids, theirs.customer_ids)):
            raise SystemExit("the two ways do not give the same features: no figure is worth anything")
        del ours, theirs
        packed, columns = [], []
        for round_ in range(1, ROUNDS + 1):
            with told(f"round {round_} of {ROUNDS}"):
                packed.append(seconds(lambda: read_features(connection, DAY)))
                columns.append(seconds(lambda: read_columns(connection)))
    return [
        Figure(f"features to numpy, {rows:,} × {len(NAMES)}, packed", median(packed), "s"),
        Figure("the same as columns, psycopg binary COPY", median(columns), "s"),
        at_least("columns / packed", median(columns) / median(packed), "×", 2.5),
    ]


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 1_000_000)
    print_figures(
        f"Features of {wanted:,} customers ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted)
    )
