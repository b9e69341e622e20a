"""Packed features out of the database into one float32 array.

PostgreSQL's cost of a binary COPY is per column, and Python's is per row. So the numbers of a customer come as one
packed column, several hundred customers come as one row, and the whole answer is one structured array
(docs/benchmarks.md has it beside the same numbers read as columns).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from psycopg import sql

from domain.shared.errors import DomainError
from domain.shared.night import Connection
from domain.shared.statements import DATE
from ml.features.columns import NAMES

CUSTOMERS_A_ROW = 500
"""Enough for the cost of a row to vanish, few enough for a row to stay a few hundred kilobytes."""


class FeaturesOfAnotherForm(DomainError):
    code = "FEATURES_OF_ANOTHER_FORM"
    takes: ClassVar = {"day_on": DATE}

    def __init__(self, day: date) -> None:
        super().__init__(day_on=day)


@dataclass(frozen=True)
class FeatureTable:
    """Customers in ascending order and their features, one row a customer, columns as in `columns.py`."""

    customer_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]


RECORD = np.dtype([("customer_id", ">i8"), ("packed", ">f4", (len(NAMES),))])
"""A customer as `int8send` and `float4send` write it."""


def read_features(
    connection: Connection, day: date, *, customer_ids: list[int] | None = None
) -> FeatureTable:
    """The features of a day: of all its customers, or of those asked for that have any."""
    width = connection.execute(
        "select octet_length(packed) from customer_features where data_date = %s limit 1", [day]
    ).fetchone()
    if width is not None and width[0] != 4 * len(NAMES):
        raise FeaturesOfAnotherForm(day)
    records = np.frombuffer(_read(connection, day, customer_ids), dtype=RECORD)
    customers = records["customer_id"].astype(np.int64)
    order = np.argsort(customers, kind="stable")
    values = np.empty((len(customers), len(NAMES)), dtype=np.float32)
    values[:] = records["packed"][order]
    return FeatureTable(customers[order], values)


def _read(connection: Connection, day: date, customer_ids: list[int] | None) -> bytes:
    """Records of a day, one after the other in no order."""
    asked: sql.Composable = sql.SQL("")
    if customer_ids is not None:
        asked = sql.SQL("and customer_id = any({})").format(sql.Literal(customer_ids))
    query = sql.SQL(
        "copy (select string_agg(int8send(customer_id) || packed, '') from customer_features"
        " where data_date = {day} {asked} group by customer_id / {size}) to stdout (format binary)"
    ).format(day=sql.Literal(day), asked=asked, size=sql.Literal(CUSTOMERS_A_ROW))
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(["bytea"])
        return b"".join(row[0] for row in copy.rows())
