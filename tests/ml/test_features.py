"""Features out of the snapshots: what they are, what they may know, and that building again changes nothing."""

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg import sql

from domain.shared.night import Night, silent
from ml.features import partitions, statement
from ml.features.build import build_day, build_features
from ml.features.columns import NAMES
from ml.features.dates import reach
from ml.features.reader import FeaturesOfAnotherForm, read_features
from tests.ml.books import DAY, OPEN, Books

SEPTEMBER, AUGUST, JULY, JUNE = date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31), date(2026, 6, 30)
MAY, APRIL = date(2026, 5, 31), date(2026, 4, 30)


def features_of(connection: psycopg.Connection[Any], customer_id: int, day: date = DAY) -> dict[str, float]:
    """Built now, by the night's own statement, and read back from its packed form."""
    build_day(connection, day, reach(connection))
    table = read_features(connection, day, customer_ids=[customer_id])
    assert table.customer_ids.tolist() == [customer_id]
    return dict(zip(NAMES, table.values[0].tolist(), strict=True))


def test_the_sql_makes_exactly_the_listed_columns_in_their_order(books: Books) -> None:
    query = statement.features(DAY, reach(books.connection), statement.EVERYBODY)
    cursor = books.connection.execute(sql.SQL("select * from ({}) f limit 0").format(query))
    assert [column.name for column in cursor.description or []] == ["customer_id", *NAMES]


def test_what_is_packed_is_what_the_columns_say(bank: psycopg.Connection[Any]) -> None:
    known = reach(bank)
    build_day(bank, DAY, known)
    packed = read_features(bank, DAY)
    rows = bank.execute(
        sql.SQL("select * from ({}) f order by customer_id").format(
            statement.features(DAY, known, statement.EVERYBODY)
        )
    ).fetchall()
    wide = np.array(
        [[math.nan if value is None else value for value in row] for row in rows], dtype=np.float64
    )
    assert packed.customer_ids.tolist() == wide[:, 0].astype(np.int64).tolist()
    assert len(rows) == 3_000
    np.testing.assert_array_equal(packed.values, wide[:, 1:].astype(np.float32))
    assert np.isnan(packed.values).any()


def test_balances_lags_and_ratios(books: Books) -> None:
    number = books.customer(7)
    for from_on, to_on, yuan in (
        (APRIL, MAY, 10_000), (MAY, JUNE, 20_000), (JUNE, JULY, 30_000), (JULY, AUGUST, 60_000),
        (AUGUST, SEPTEMBER, 50_000), (SEPTEMBER, DAY, 40_000), (DAY, OPEN, 30_000),
    ):  # fmt: skip
        books.deposit("A1", number, yuan, days=(from_on, to_on), average_yuan=yuan + 1_000)
    f = features_of(books.connection, 7)
    assert [f[f"balance_{lag}"] for lag in range(6)] == [30_000, 40_000, 50_000, 60_000, 30_000, 20_000]
    assert [f[f"average_3m_{lag}"] for lag in range(4)] == [31_000, 41_000, 51_000, 61_000]
    assert f["balance_to_1"] == pytest.approx(0.75)
    assert f["balance_to_3"] == pytest.approx(0.5)
    assert f["balance_to_highest"] == pytest.approx(0.5)
    assert f["balance_falls"] == 3
    assert f["balance_trend_3m"] == pytest.approx(-10_000 / 45_000)
    values = np.array([30, 40, 50, 60, 30, 20]) * 1e3
    assert f["balance_volatility"] == pytest.approx(values.std() / values.mean(), rel=1e-5)
    slope = np.polyfit(np.arange(6), values[::-1], 1)[0]
    assert f["balance_trend_5m"] == pytest.approx(slope / values.mean(), rel=1e-5)
    assert f["is_person"] == 1
    assert f["age_years"] == 46
    assert math.isnan(f["pos_0"])
    assert f["loans"] == 0


def test_a_month_end_before_the_first_file_is_unknown_and_a_missing_account_is_zero(books: Books) -> None:
    first, second = books.customer(1), books.customer(2)
    books.deposit("A1", first, 10_000, days=(AUGUST, OPEN))
    books.deposit("A2", second, 10_000, days=(DAY, OPEN), opened_on=DAY)
    f = features_of(books.connection, 2)
    assert f["balance_1"] == 0
    assert f["balance_2"] == 0
    assert math.isnan(f["balance_3"])
    assert math.isnan(f["balance_to_1"])
    assert math.isnan(f["accounts_closed_3m"])
    assert f["accounts_opened_90d"] == 1


def test_terms_accounts_loans_shops_and_lines(books: Books) -> None:
    number = books.customer(3)
    books.record("pos_merchant", "M1", 3)
    books.deposit("A1", number, 40_000)
    books.deposit("T1", number, 50_000, product="定期储蓄", matures_on=DAY + timedelta(days=30))
    books.deposit("T2", number, 10_000, product="定期储蓄", matures_on=DAY + timedelta(days=90))
    books.deposit("T3", number, 70_000, product="定期储蓄", matures_on=AUGUST, days=(JUNE, AUGUST))
    books.deposit("T3", number, 0, product="定期储蓄", matures_on=AUGUST, days=(AUGUST, OPEN), average_yuan=20_000,
                  status="0")  # fmt: skip
    books.loan(
        "L1", number, 30_000, days=(JUNE, SEPTEMBER), start_on=date(2025, 9, 1), end_on=date(2026, 9, 1)
    )
    books.loan("L2", number, 20_000, start_on=date(2025, 12, 1), end_on=DAY + timedelta(days=40))
    books.shop("M1", 9_000, days=(JULY, DAY))
    books.shop("M1", 3_000, days=(DAY, OPEN))
    books.line("K1", number, 100_000, 25_000, days=(DAY, OPEN))
    f = features_of(books.connection, 3)
    assert (f["accounts"], f["term_accounts"], f["accounts_closed_3m"]) == (3, 2, 1)
    assert (f["demand_0"], f["term_0"], f["term_change_3m"]) == (40_000, 60_000, -70_000)
    assert (f["term_maturing_30d"], f["term_maturing_90d"]) == (50_000, 60_000)
    assert f["term_matured_3m"] == 70_000
    assert f["average_3m_0"] == 120_000  # the closed account's money was there in the last three months
    assert (f["loans"], f["loans_settled_3m"], f["loan_change_3m"]) == (1, 1, -30_000)
    assert f["loan_ending_90d"] == 20_000
    assert f["loan_rate"] == pytest.approx(4.35)
    assert (f["merchants"], f["pos_0"], f["pos_1"], f["pos_3"]) == (1, 3_000, 9_000, 9_000)
    assert f["pos_to_mean_3m"] == pytest.approx(1 / 3)
    assert (f["line"], f["line_usage"]) == (100_000, 0.25)


def test_only_what_was_in_force_on_the_day_counts(books: Books) -> None:
    number = books.customer(4, since=DAY - timedelta(days=1))
    books.deposit("A1", number, 10_000, days=(SEPTEMBER, DAY))
    books.deposit("A1", number, 99_000, days=(DAY, DAY))  # superseded on the same day by a correction
    books.deposit("A1", number, 12_000, days=(DAY, OPEN))
    assert features_of(books.connection, 4, DAY)["balance_0"] == 12_000
    assert features_of(books.connection, 4, DAY - timedelta(days=1))["balance_0"] == 10_000
    assert features_of(books.connection, 4, SEPTEMBER)["balance_0"] == 10_000


def test_features_of_a_day_do_not_know_what_came_later(bank: psycopg.Connection[Any]) -> None:
    """The books of later days are taken away; what is said of the day stays the same to the last bit."""
    for day in (JUNE, AUGUST):
        build_day(bank, day, reach(bank))
        knowing = read_features(bank, day)
        with bank.transaction(force_rollback=True):
            for table in ("src_core_deposit", "src_loan", "src_pos_merchant", "src_credit_line"):
                bank.execute(f"delete from {table} where from_on > %s", [day])
                bank.execute(f"update {table} set to_on = 'infinity' where to_on > %s", [day])
            build_day(bank, day, reach(bank))
            ignorant = read_features(bank, day)
        assert knowing.customer_ids.tolist() == ignorant.customer_ids.tolist()
        assert knowing.values.tobytes() == ignorant.values.tobytes()


def test_a_later_change_of_the_person_is_not_known_either(books: Books) -> None:
    number = books.customer(5, since=JUNE)
    books.deposit("A1", number, 10_000)
    before = features_of(books.connection, 5, AUGUST)
    books.connection.execute("update src_core_customer set to_on = %s where cust_no = %s", [DAY, number])
    books.person(number, days=(DAY, OPEN), birth_on=date(1950, 1, 1), phone=None)
    assert features_of(books.connection, 5, AUGUST) == pytest.approx(before, nan_ok=True)
    assert features_of(books.connection, 5, DAY)["has_phone"] == 0
    # Before the feed began the first birthday known serves; whether there was a phone is unknown.
    assert features_of(books.connection, 5, MAY)["age_years"] == 46
    assert math.isnan(features_of(books.connection, 5, MAY)["has_phone"])


def test_several_numbers_of_one_customer_are_added_up(books: Books) -> None:
    first = books.customer(1)
    books.record("core_customer", "C-OLD", 1)
    books.deposit("A1", first, 10_000)
    books.deposit("A2", "C-OLD", 5_000)
    assert features_of(books.connection, 1)["balance_0"] == 15_000


def test_nobody_without_a_deposit_in_force_has_features(books: Books) -> None:
    gone, household = books.customer(1), books.customer(2, kind="HOUSEHOLD")
    books.customer(3)
    books.deposit("A1", gone, 0, status="0")
    books.deposit("A2", household, 10_000)
    assert build_day(books.connection, DAY, reach(books.connection)) == 0


def snapshot(connection: psycopg.Connection[Any], day: date) -> list[Any]:
    return connection.execute(
        "select customer_id, packed from customer_features where data_date = %s order by customer_id", [day]
    ).fetchall()


def test_a_correction_of_the_same_day_ends_as_a_full_run(bank: psycopg.Connection[Any], night: Night) -> None:
    build_features(bank, night, silent)
    before = snapshot(bank, DAY)
    bank.execute(
        "update src_core_deposit set balance_fen = 777 where cust_no = 'C00000010' and to_on = 'infinity'"
    )
    bank.execute("delete from src_core_deposit where cust_no = 'C00000011'")
    bank.execute("delete from customers where id = 12")
    bank.execute("update source_records set customer_id = 9 where key = 'C00000012'")
    Books(bank).changed(2, 9, 10, 11, 12)
    second = replace(night, run_id=2)
    assert build_features(bank, second, silent).rows == 2
    incremental = snapshot(bank, DAY)
    build_features(bank, replace(second, is_full=True), silent)
    assert snapshot(bank, DAY) == incremental
    differing = {row[0] for row in set(before) ^ set(incremental)}
    assert differing == {9, 10, 11, 12}


def test_the_same_night_twice_changes_nothing(bank: psycopg.Connection[Any], night: Night) -> None:
    build_features(bank, night, silent)
    before = {day: snapshot(bank, day) for day in (DAY, JUNE, MAY)}
    build_features(bank, night, silent)
    assert {day: snapshot(bank, day) for day in (DAY, JUNE, MAY)} == before
    assert len(before[JUNE]) == 3_000


def test_a_new_day_drops_the_day_before_and_keeps_what_is_trained_on(
    bank: psycopg.Connection[Any], night: Night
) -> None:
    build_features(bank, night, silent)
    tomorrow = DAY + timedelta(days=1)
    build_features(bank, replace(night, data_date=tomorrow), silent)
    assert partitions.signature_of(bank, DAY) is None
    assert partitions.signature_of(bank, tomorrow) == statement.signature()
    assert partitions.signature_of(bank, JUNE) == statement.signature()


def test_another_statement_of_month_ends_makes_features_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = statement.signature()
    assert statement.signature() == before
    monkeypatch.setattr("domain.products.month_ends._OF_A_MONTH_END", "select 1")
    assert statement.signature() != before


def test_a_sample_is_the_same_customers_in_every_month(bank: psycopg.Connection[Any]) -> None:
    known = reach(bank)
    everybody = {row[0] for row in bank.execute("select id from customers")}
    samples = []
    for day in (MAY, JUNE):
        build_day(bank, day, known, statement.sampled(0.3))
        samples.append(set(read_features(bank, day).customer_ids.tolist()))
    assert samples[0] == samples[1] < everybody
    assert len(samples[0]) == pytest.approx(0.3 * len(everybody), rel=0.15)


def test_features_of_another_form_are_refused(bank: psycopg.Connection[Any]) -> None:
    build_day(bank, DAY, reach(bank))
    bank.execute("update customer_features set packed = packed || '\\x00000000'")
    with pytest.raises(FeaturesOfAnotherForm, match="FEATURES_OF_ANOTHER_FORM"):
        read_features(bank, DAY)


def test_a_day_without_features_reads_as_nothing(bank: psycopg.Connection[Any]) -> None:
    table = read_features(bank, date(2020, 1, 1))
    assert table.values.shape == (0, len(NAMES))


TOLD = ("channels", "channel_unused_days", "mobile_unused_days", "insured_is_paid", "insured_months", "is_in_being",
        "firm_staff", "firm_revenue", "firm_revenue_to_before")  # fmt: skip


def _told(f: dict[str, float]) -> list[float | None]:
    return [None if math.isnan(f[name]) else f[name] for name in TOLD]


def test_channels_insurance_register_and_years_of_firms(books: Books) -> None:
    """Of a person and of a firm; a day before their first file knows nothing but the years that were out by then."""
    code, citizen = "91110000101623741K", "320923196305152407"
    person, firm = books.customer(7), books.customer(8, kind="ENTERPRISE")
    books.connection.execute(
        "update source_records set cert_type = '10', cert_norm = %s where key = %s", [citizen, person]
    )
    books.connection.execute("update source_records set uscc_norm = %s where key = %s", [code, firm])
    for number in (person, firm):
        books.deposit(f"A{number}", number, 1_000, days=(MAY, OPEN))
    since = (SEPTEMBER, OPEN)
    books.told("channel", {"cust_no": person, "channel": "MB", "last_used_on": JULY, "status": "1"}, since)
    books.told(
        "channel", {"cust_no": person, "channel": "QP", "last_used_on": SEPTEMBER, "status": "1"}, since
    )
    books.told("channel", {"cust_no": person, "channel": "WX", "last_used_on": DAY, "status": "0"}, since)
    insured = {"record_no": "S1", "cert_no": "320923630515240", "status": "1", "months": 40}
    books.told("social_security", insured, since)
    books.told("registry", {"uscc": code, "state": "2"}, since)
    for year, staff, fen in ((2024, 40, 100_00), (2025, 48, 150_00)):
        books.told("firm_year", {"uscc": code, "year": year, "staff": staff, "revenue_fen": fen}, since)
    other, gaps = "91350100M000100Y43", books.customer(9, kind="ENTERPRISE")
    books.connection.execute("update source_records set uscc_norm = %s where key = %s", [other, gaps])
    books.deposit("A9", gaps, 1_000, days=(MAY, OPEN))
    for year, fen in ((2022, 100_00), (2025, 150_00)):
        books.told("firm_year", {"uscc": other, "year": year, "staff": 1, "revenue_fen": fen}, since)
    assert _told(features_of(books.connection, 9))[-2:] == [150, None], "three years are not one"
    unknown = [None] * 6
    assert _told(features_of(books.connection, 7)) == [2, 20, 81, 1, 40, None, None, None, None]
    assert _told(features_of(books.connection, 8)) == [0, None, None, None, None, 0, 48, 150, 1.5]
    assert _told(features_of(books.connection, 8, AUGUST)) == [*unknown, 48, 150, 1.5]
    assert _told(features_of(books.connection, 8, JUNE)) == [*unknown, 40, 100, None]
    # A night without a basis closes what is in force (domain/feeds/outside.py): it is unknown then, of past days too.
    for feed in ("social_security", "registry", "firm_year"):
        books.connection.execute(
            sql.SQL("update {} set to_on = %s").format(sql.Identifier(f"src_{feed}")), [DAY]
        )
    assert _told(features_of(books.connection, 7)) == [2, 20, 81, *[None] * 6]
    assert _told(features_of(books.connection, 8)) == [0, *[None] * 8]
    assert _told(features_of(books.connection, 8, JULY)) == [None] * 9
