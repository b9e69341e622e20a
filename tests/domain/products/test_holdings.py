"""Holdings as of the data date, totals, and the tier that follows."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import Date, literal

from domain.products.holdings import move_holdings, refresh_holdings
from domain.products.tiers import tier_sql
from domain.shared.night import Night, silent
from domain.shared.parameters import parameters_on
from domain.shared.rows import NightRows
from schema.rules.language import LANGUAGE
from tests.domain.customers.identity.county import county, drop, night
from tests.domain.feeds.files import DAY
from tests.domain.shared.rules.vectors import judged
from tests.domain.shared.test_parameters import decided
from tests.domain.small_bank import SmallBank, insert

VECTORS = (
    ("PERSON", 20_000_000, 0, 0, "KEY"),
    ("PERSON", 19_999_999, 0, 0, "GENERAL"),
    ("PERSON", 0, 30_000_000, 0, "KEY"),
    ("PERSON", 0, 29_999_999, 29_999_999, "GENERAL"),
    ("PERSON", 0, 0, 30_000_000, "KEY"),
    ("ENTERPRISE", 0, 0, 0, "KEY"),
    ("SOLE_TRADER", 0, 0, 0, "GENERAL"),
)
NAMES = ("kind", "deposit_fen", "loan_fen", "line_fen")


def tiers_of(rows: Iterable[tuple[Any, ...]], decided: dict[str, Any]) -> list[str]:
    tier = tier_sql(LANGUAGE, "t", literal(DAY, Date), decided)
    vectors = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return judged(tier, vectors, t="kind text, deposit_fen bigint, loan_fen bigint, line_fen bigint")


def test_tiers() -> None:
    assert tiers_of((vector[:4] for vector in VECTORS), {}) == [vector[4] for vector in VECTORS]


def test_thresholds_are_the_banks() -> None:
    decided = {"products.key_deposit_fen": 5, "products.key_kinds": ["HOUSEHOLD", "SOLE_TRADER"]}
    rows = [("PERSON", 5, 0, 0), ("PERSON", 4, 0, 0), ("ENTERPRISE", 0, 0, 0), ("SOLE_TRADER", 0, 0, 0)]
    assert tiers_of(rows, decided) == ["KEY", "GENERAL", "GENERAL", "KEY"]


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
    assert [row[4] for row in found] == tiers_of([row[:4] for row in found], {})
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


def test_who_is_key_follows_the_parameters_in_the_night_and_in_a_cut(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """The night takes them as of its data date, a cut as of the one in force."""
    drop(tmp_path, county())
    run_id, _ = night(connection, tmp_path)
    tiers = "select tier, count(*) from customers group by tier order by tier"
    before = connection.execute(tiers).fetchall()
    decided(SmallBank(connection), "products.key_deposit_fen", 20_010_001, str(DAY + timedelta(days=1)))
    everybody = [id_ for (id_,) in connection.execute("select id from customers")]
    for day, is_moved in ((DAY, False), (DAY + timedelta(days=1), True)):
        # A night whose files touched nobody.
        values = parameters_on(connection, day)
        run = Night(run_id + 1, day, tmp_path, parameters=values)
        refresh_holdings(connection, run, silent, language=LANGUAGE)
        found = connection.execute(tiers).fetchall()
        assert (found != before) == is_moved
        connection.execute("delete from settings where name = 'data_date'")
        insert(connection, "settings", name="data_date", value=Jsonb(str(day)))
        move_holdings(NightRows(connection), everybody, language=LANGUAGE)
        assert connection.execute(tiers).fetchall() == found
        connection.commit()
