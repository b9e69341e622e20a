"""Features read month-ends from the table that keeps them, and say the same as the snapshots do."""

from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.products.month_ends import of_a_month_end
from domain.shared.calendar import month_end_before
from ml.features.build import build_day
from ml.features.columns import POSITION
from ml.features.dates import reach
from ml.features.reader import FeatureTable, read_features
from tests.ml.books import DAY

JUNE = date(2026, 6, 30)
NEWEST = month_end_before(DAY)
HELD = 5
"""Month-ends in the table, so that a day in summer needs older ones besides."""


def keep_month_ends(connection: psycopg.Connection[Any]) -> None:
    months = [month_end_before(DAY, back) for back in range(1, HELD + 1)]
    for month_on in months:
        connection.execute(
            "insert into month_ends (customer_id, month_on, deposit_fen, loan_fen, pos_volume_fen)"
            f" {of_a_month_end(month_on)}".encode()
        )
    connection.execute(
        "insert into settings (name, value) values ('month_ends', %s)",
        [Jsonb([str(month) for month in months])],
    )


def features(connection: psycopg.Connection[Any], day: date) -> FeatureTable:
    build_day(connection, day, reach(connection))
    return read_features(connection, day)


@pytest.mark.parametrize("day", [DAY, NEWEST, JUNE])
def test_the_table_says_what_the_snapshots_say(bank: psycopg.Connection[Any], day: date) -> None:
    """To the last bit, whether all month-ends of the day are kept, some of them, or none."""
    from_snapshots = features(bank, day)
    keep_month_ends(bank)
    from_the_table = features(bank, day)
    assert from_the_table.customer_ids.tolist() == from_snapshots.customer_ids.tolist()
    assert from_the_table.values.tobytes() == from_snapshots.values.tobytes()
    assert len(from_snapshots.customer_ids) == 3_000


def test_it_is_the_table_that_is_read(bank: psycopg.Connection[Any]) -> None:
    keep_month_ends(bank)
    bank.execute(
        "update month_ends set deposit_fen = 12345678 where customer_id = 7 and month_on = %s", [NEWEST]
    )
    table = features(bank, DAY)
    row = table.values[table.customer_ids.tolist().index(7)]
    assert row[POSITION["balance_1"]] == pytest.approx(123_456.78)
