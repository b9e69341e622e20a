"""A random bank with a year of month-ends in which some carry their money away, and it can be guessed who."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg

from domain.shared.calendar import month_end_before
from tests.ml.books import DAY, OPEN

MONTHS = 12
KINDS = ("PERSON", "PERSON", "PERSON", "PERSON", "SOLE_TRADER", "PERSON", "PERSON", "ENTERPRISE")


def copy_rows(
    connection: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[Sequence[Any]]
) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(f"analyze {table}")


def fill(connection: psycopg.Connection[Any], customers: int, *, day: date = DAY, seed: int = 7) -> None:
    random = np.random.default_rng(seed)
    ends = [month_end_before(day, back) for back in range(MONTHS, 0, -1)] + [day]
    balance, average = _books(random, customers, len(ends))
    ids = range(1, customers + 1)
    has_term = random.uniform(size=customers) < 0.4
    matures = random.integers(10, 400, customers).tolist()
    copy_rows(
        connection,
        "customers",
        "id, kind, tier, status, name, deposit_fen, loan_fen, line_fen",
        ((i, KINDS[i % 8], "GENERAL", "ACTIVE", "某某", 0, 0, 0) for i in ids),
    )
    copy_rows(
        connection,
        "source_records",
        "feed, key, kind, data_date, row_hash, name, name_norm, status, evidence, customer_id",
        (("core_customer", f"C{i:08d}", KINDS[i % 8], day, 1, "某某", "某某", "ACTIVE", "", i) for i in ids),
    )
    copy_rows(
        connection,
        "src_core_customer",
        "cust_no, kind, name, birth_on, org_no, opened_on, status, row_hash, batch_id, from_on, to_on",
        (
            (f"C{i:08d}", "P", "某某", date(1945 + i % 60, 1 + i % 12, 1 + i % 28), "001",
             date(2005 + i % 20, 1 + i % 11, 3), "1", 1, 1, day, OPEN)
            for i in ids
        ),
    )  # fmt: skip
    copy_rows(
        connection,
        "src_loan",
        "loan_no, cust_no, product, purpose, amount_fen, balance_fen, rate_bps, start_on, end_on, overdue_days,"
        " status, row_hash, batch_id, from_on, to_on",
        (
            (f"L{i:08d}", f"C{i:08d}", "农户贷款", "B", 8_000_000, 5_000_000, 435, date(2025, 6, 1),
             date(2027, 5, 31), 0, "1", 1, 1, ends[0], OPEN)
            for i in ids
            if i % 5 == 0
        ),
    )  # fmt: skip
    for position, from_on in enumerate(ends):
        days = (from_on, ends[position + 1] if position + 1 < len(ends) else OPEN)
        fen = np.rint(balance[:, position] * 100).astype(np.int64)
        mean = np.rint(average[:, position] * 100).astype(np.int64)
        term = np.where(has_term, fen // 2, 0)
        term_mean = np.where(has_term, mean // 2, 0)
        copy_rows(
            connection,
            "src_core_deposit",
            "acct_no, cust_no, product, balance_fen, average_3m_fen, opened_on, matures_on, status, row_hash,"
            " batch_id, from_on, to_on",
            (
                row
                for i, now, now_mean, fixed, fixed_mean in zip(
                    ids, fen.tolist(), mean.tolist(), term.tolist(), term_mean.tolist(), strict=True
                )
                for row in (
                    (f"A{i:08d}", f"C{i:08d}", "活期储蓄", now - fixed, now_mean - fixed_mean,
                     date(2019, 4, 1), None, "1", 1, 1, *days),
                    (f"T{i:08d}", f"C{i:08d}", "定期储蓄", fixed, fixed_mean,
                     date(2024, 4, 1), day + timedelta(days=matures[i - 1]), "1", 1, 1, *days),
                )
                if row[3] > 0 or row[0][0] == "A"
            ),
        )  # fmt: skip


def _books(
    random: np.random.Generator, customers: int, months: int
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """Balance and three-month average in yuan, one column a day. Who is uneasy drifts down before leaving."""
    level = np.exp(random.normal(10.6, 1.0, customers))
    unease = random.normal(0, 1, customers)
    chance = 0.05 / (1 + np.exp(-2.5 * unease + 1.0))
    leaves = random.uniform(size=(customers, months)) < chance[:, None]
    since = np.cumsum(np.cumsum(leaves, axis=1) > 0, axis=1)
    keeps = np.where(since == 0, 1.0, np.where(since == 1, 0.6, 0.08))
    drift = np.maximum(1 - 0.02 * np.maximum(unease, 0)[:, None] * np.arange(months), 0.3)
    balance = level[:, None] * keeps * drift * np.exp(random.normal(0, 0.08, (customers, months)))
    padded = np.concatenate([balance[:, :1], balance[:, :1], balance], axis=1)
    return balance, (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
