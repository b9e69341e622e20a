"""Holdings as of the data date, totals, and the tier that follows."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from domain.products.tiers import DEFAULT_RULE, tier_of
from tests.domain.customers.identity.county import county, drop, night
from tests.domain.feeds.files import DAY


@pytest.mark.parametrize(
    ("kind", "deposit_fen", "loan_fen", "line_fen", "tier"),
    [
        ("PERSON", 20_000_000, 0, 0, "KEY"),
        ("PERSON", 19_999_999, 0, 0, "GENERAL"),
        ("PERSON", 0, 30_000_000, 0, "KEY"),
        ("PERSON", 0, 29_999_999, 29_999_999, "GENERAL"),
        ("PERSON", 0, 0, 30_000_000, "KEY"),
        ("ENTERPRISE", 0, 0, 0, "KEY"),
        ("SOLE_TRADER", 0, 0, 0, "GENERAL"),
    ],
)
def test_tiers(kind: str, deposit_fen: int, loan_fen: int, line_fen: int, tier: str) -> None:
    assert tier_of(kind, deposit_fen, loan_fen, line_fen, DEFAULT_RULE) == tier


def test_holdings_follow_the_files_and_the_steps_tier_is_the_rules(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    after = county()
    after["core_deposit"][1]["status"] = "0"
    after["core_deposit"][0]["balance"] = "150.00"
    after["credit_line"][0]["line"] = "300000.00"
    after["loan"][0]["balance"] = "0.00"
    drop(tmp_path, after, DAY + timedelta(days=1))
    night(connection, tmp_path, DAY + timedelta(days=1))
    found = connection.execute("select kind, deposit_fen, loan_fen, line_fen, tier from customers").fetchall()
    assert ("PERSON", 15000, 0, 0, "GENERAL") in found
    assert ("PERSON", 0, 0, 30_000_000, "KEY") in found
    assert all(tier == tier_of(kind, deposit, loan, line) for kind, deposit, loan, line, tier in found)
    assert connection.execute(
        "select account_no, balance_fen, average_3m_fen from deposits order by 1"
    ).fetchall() == [
        ("A1", 15000, 9000),
        ("A4", 700, 700),
    ]


def test_a_line_that_ran_out_is_no_line(connection: psycopg.Connection, tmp_path: Path) -> None:
    content = county()
    content["credit_line"][0]["end_on"] = f"{DAY - timedelta(days=1):%Y%m%d}"
    drop(tmp_path, content)
    night(connection, tmp_path)
    assert connection.execute("select count(*) from credit_lines").fetchone() == (0,)
