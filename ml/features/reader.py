"""Packed features out of the database into one float32 array.

PostgreSQL's cost of a binary COPY is per column, so one column of packed numbers is read several times faster than
sixty columns (docs/benchmarks.md). Every record has the same length, so the whole answer is one structured array.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from psycopg import sql

from domain.shared.errors import DomainError
from domain.shared.night import Connection
from ml.features.columns import NAMES

HEADER_BYTES = 19
"""Signature (11), flags (4) and length of the header extension (4) of a binary COPY."""

TRAILER_BYTES = 2


class FeaturesOfAnotherForm(DomainError):
    code = "FEATURES_OF_ANOTHER_FORM"

    def __init__(self, day: date) -> None:
        super().__init__(f"{day} 的特征与当前特征清单不一致，未读取；请用完整方式重跑该日的“特征”步骤。")


@dataclass(frozen=True)
class FeatureTable:
    """Customers in ascending order and their features, one row a customer, columns as in `columns.py`."""

    customer_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]


def record_type(features: int) -> np.dtype[np.void]:
    """A record of a binary COPY with a bigint and a bytea of `features` big-endian float32."""
    return np.dtype(
        [
            ("columns", ">i2"),
            ("id_bytes", ">i4"),
            ("customer_id", ">i8"),
            ("packed_bytes", ">i4"),
            ("packed", ">f4", (features,)),
        ]
    )


def read_records(
    connection: Connection, query: sql.Composable, record: np.dtype[np.void]
) -> npt.NDArray[np.void]:
    """All records of a query whose rows have one length in the binary form."""
    chunks = bytearray()
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("copy ({}) to stdout (format binary)").format(query)) as copy,
    ):
        for chunk in copy:
            chunks += chunk
    body = memoryview(chunks)[HEADER_BYTES:-TRAILER_BYTES]
    return np.frombuffer(body, dtype=record)


def read_features(
    connection: Connection, day: date, *, customer_ids: list[int] | None = None
) -> FeatureTable:
    """The features of a day: of all its customers, or of those asked for that have any."""
    query = sql.SQL("select customer_id, packed from customer_features where data_date = {}").format(
        sql.Literal(day)
    )
    if customer_ids is not None:
        query += sql.SQL(" and customer_id = any({})").format(sql.Literal(customer_ids))
    width = connection.execute(
        "select octet_length(packed) from customer_features where data_date = %s limit 1", [day]
    ).fetchone()
    if width is not None and width[0] != 4 * len(NAMES):
        raise FeaturesOfAnotherForm(day)
    records = read_records(connection, query, record_type(len(NAMES)))
    customers = records["customer_id"].astype(np.int64)
    order = np.argsort(customers, kind="stable")
    values = np.empty((len(customers), len(NAMES)), dtype=np.float32)
    values[:] = records["packed"][order]
    return FeatureTable(customers[order], values)
