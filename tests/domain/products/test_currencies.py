"""What is not yuan is in no sum, whatever the core calls the currency. One night for all of it."""

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest

from domain.feeds.currencies import SPELLINGS
from ml.features.build import build_day
from ml.features.columns import POSITION
from ml.features.dates import reach
from ml.features.reader import read_features
from ml.features.statement import EVERYBODY, outcomes
from tests.domain.customers.identity.county import LI, WANG, core, customers, drop, night
from tests.domain.feeds.files import DAY, reasons

YUAN = {
    "CNY": "1000.00",
    "RMB": "1.00",
    "156": "2.00",
    "cny ": "4.00",
    "": "8.00",
    "ＣＮＹ": "16.00",
    "人民币": "32.00",
    "01": "64.00",
}
FOREIGN = {"USD": "5000.00", "840": "16.00", "ｕｓｄ": "32.00", "14": "64.00", "港币": "7.00", "978": "0.50"}
UNKNOWN = ("QQQ", "1", "???", "USD/CNY")


def account(number: str, cust_no: str, currency: str, balance: str) -> dict[str, str]:
    return {
        "acct_no": number,
        "cust_no": cust_no,
        "currency": currency,
        "balance": balance,
        "average_3m": balance,
    }


@pytest.fixture(scope="module")
def counted(
    make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, int, int]:
    """The database, 王磊 with yuan and dollars, 李秀兰 with yen alone."""
    landing = tmp_path_factory.mktemp("currencies")
    written = [*YUAN.items(), *FOREIGN.items(), *((code, "1000000.00") for code in UNKNOWN)]
    content = {
        "core_customer": [core("C1", "王磊", cert_no=WANG), core("C2", "李秀兰", cert_no=LI)],
        "core_deposit": [
            *(account(f"A{n}", "C1", code, balance) for n, (code, balance) in enumerate(written)),
            account("J1", "C2", "JPY", "300000.00"),
            account("G1", "C2", "GBP", "2.00"),
            account("H1", "C2", "CHF", "9000000000.00"),
        ],
        # Euros were last quoted long ago, dollars of Hong Kong tomorrow; of yen there is no rate at all.
        "fx": [
            {"currency": "美元", "rate_on": "20260626", "units": "100", "rate": "712.34"},
            {"currency": "EUR", "rate_on": "20260619", "units": "100", "rate": "775.06"},
            {"currency": "HKD", "rate_on": "20260701", "units": "100", "rate": "91.52"},
            # Slips of somebody's hand, which no night may stop for.
            {"currency": "GBP", "rate_on": "20260626", "units": "100000000", "rate": "900000000.00"},
            {"currency": "CHF", "rate_on": "20260626", "units": "1", "rate": "9000000000000.00"},
        ],
    }
    drop(landing, content)
    address = make_database()
    with psycopg.connect(address) as connection:
        night(connection, landing)
        who = customers(connection)
    return address, who["core_customer/C1"], who["core_customer/C2"]


def one(connection: psycopg.Connection, query: str, customer: int) -> tuple:
    row = connection.execute(query.encode(), [customer]).fetchone()
    assert row is not None
    return row


def test_only_yuan_are_added_up(counted: tuple[str, int, int]) -> None:
    address, wang, li = counted
    with psycopg.connect(address) as connection:
        held = "select deposit_fen, tier from customers where id = %s"
        assert one(connection, held, wang) == (112_700, "GENERAL")
        assert one(connection, held, li) == (0, "GENERAL"), "300,000 yen are no key customer's"
        month_end = "select deposit_fen from month_ends where customer_id = %s"
        assert one(connection, month_end, wang) == (112_700,)
        assert connection.execute(month_end.encode(), [li]).fetchall() == []


def test_other_currencies_stand_by_themselves(counted: tuple[str, int, int]) -> None:
    address, wang, li = counted
    kept = """select currency, sum(balance_hundredths) from foreign_deposits where customer_id = %s
               group by 1 order by 1"""
    with psycopg.connect(address) as connection:
        assert connection.execute(kept.encode(), [wang]).fetchall() == [
            ("EUR", 50),
            ("HKD", 700),
            ("USD", 511_200),
        ]
        assert connection.execute(kept.encode(), [li]).fetchall() == [
            ("CHF", 900_000_000_000),
            ("GBP", 200),
            ("JPY", 30_000_000),
        ]


def test_what_foreign_money_is_worth_is_said_by_a_rate_of_these_days_alone(
    counted: tuple[str, int, int],
) -> None:
    address, wang, li = counted
    worth = "select currency, sum(worth_fen), max(rate_on) from foreign_deposits where customer_id = %s group by 1"
    with psycopg.connect(address) as connection:
        assert sorted(connection.execute(worth.encode(), [wang]).fetchall()) == [
            ("EUR", None, None),
            ("HKD", None, None),
            (
                "USD",
                3_641_482,
                DAY - timedelta(days=4),
            ),  # 5,112.00 dollars at 7.1234 and no sum of the product
        ]
        assert sorted(connection.execute(worth.encode(), [li]).fetchall()) == [
            ("CHF", None, DAY - timedelta(days=4)),
            ("GBP", 1_800, DAY - timedelta(days=4)),
            ("JPY", None, None),
        ]


def test_a_currency_that_nobody_knows_is_set_aside_with_a_word(counted: tuple[str, int, int]) -> None:
    with psycopg.connect(counted[0]) as connection:
        rows, loaded, quarantined = connection.execute(
            "select rows, loaded, quarantined from batches where feed = 'core_deposit'"
        ).fetchall()[0]
        assert (rows, loaded, quarantined) == (loaded + len(UNKNOWN), rows - len(UNKNOWN), len(UNKNOWN))
        assert "currency 的币种认不出" in reasons(connection, "core_deposit")


def test_models_see_yuan(counted: tuple[str, int, int]) -> None:
    """Who has no yuan has no features of the model of deposits, and no outcome."""
    address, wang, _ = counted
    with psycopg.connect(address) as connection:
        build_day(connection, DAY, reach(connection), EVERYBODY)
        found = read_features(connection, DAY)
        assert found.customer_ids.tolist() == [wang]
        for name in ("balance_0", "average_3m_0"):
            assert found.values[0][POSITION[name]] == 1127
        assert found.values[0][POSITION["accounts"]] == len(YUAN)
        assert connection.execute(outcomes(DAY, DAY)).fetchall() == [(wang, 112_700, 112_700)]
        connection.rollback()


def test_letters_and_digits_lead_to_letters() -> None:
    assert {SPELLINGS[written] for written in ("USD", "840", "14", "美元")} == {"USD"}
    assert {SPELLINGS[written] for written in ("CNY", "RMB", "156", "01")} == {"CNY"}
    assert all(len(letters) == 3 and letters.isupper() for letters in SPELLINGS.values())
    assert len(set(SPELLINGS.values())) == 161
