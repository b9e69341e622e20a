"""Loans that are not the bank's own money in yuan are shown and are in no sum. One night for all of it."""

from collections.abc import Callable

import psycopg
import pytest

from domain.customers.fields import CUSTOMER
from domain.shared.rules.finding import listed
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import rendered
from ml.features.build import build_day
from ml.features.columns import POSITION
from ml.features.dates import reach
from ml.features.reader import read_features
from ml.features.statement import EVERYBODY
from schema.rules.language import LANGUAGE
from tests.domain.customers.identity.county import LI, WANG, core, customers, drop, night
from tests.domain.feeds.files import DAY

APART = {
    "W": ({"written_off": "Y", "transferred": "Y"}, "WRITTEN_OFF", "CNY"),
    "T": ({"transferred": "Y"}, "TRANSFERRED", "CNY"),
    "E": ({"entrusted": "Y", "currency": "RMB"}, "ENTRUSTED", "CNY"),
    "F": ({"currency": "840"}, "BOOKS", "USD"),
}


def loan(number: str, balance: str, **values: str) -> dict[str, str]:
    day = {"start_on": "20250101", "end_on": "20290101"}
    return {"loan_no": number, "cust_no": "C1", "amount": balance, "balance": balance} | day | values


def secured(number: str, contract_no: str, **values: str) -> dict[str, str]:
    return {"guarantee_no": number, "contract_no": contract_no, "amount": "1.00", "status": "1"} | values


@pytest.fixture(scope="module")
def lent(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, int, int]:
    """The database, 王磊 with one loan of each kind, 李秀兰 with none."""
    landing = tmp_path_factory.mktemp("apart")
    line = {"cust_no": "C1", "start_on": "20250101", "end_on": "20290101", "used": "1.00"}
    drop(
        landing,
        {
            "core_customer": [core("C1", "王磊", cert_no=WANG), core("C2", "李秀兰", cert_no=LI)],
            "core_deposit": [{"acct_no": "A1", "cust_no": "C1", "balance": "1.00"}],
            "loan": [
                loan(
                    "L1",
                    "1000.00",
                    contract_no="K1",
                    guarantee="保证",
                    farmer_at_drawdown="Y",
                    reported_farm="N",
                    farm_use="05",
                ),
                *(loan(key, "777.00", **values) for key, (values, *_) in APART.items()),
            ],
            # L1's contract is secured twice, that of an entrusted loan stands apart, and K9 has no loan.
            "guarantee": [
                secured("G1", "K1", kind="1", guarantor_name="李秀兰", amount="600.00"),
                secured(
                    "G2",
                    "K1",
                    kind="2",
                    collateral="住宅",
                    amount="400.00",
                    value="900.00",
                    valued_on="20250101",
                ),
                secured("G3", "K1", kind="3", end_on="20260101"),
                secured("G4", "K1", kind="3", status="0"),
                secured("G5", "K9", kind="2"),
            ],
            "credit_line": [
                line | {"contract_no": "X1", "line": "50.00"},
                line | {"contract_no": "X2", "line": "9000000.00", "currency": "USD"},
            ],
        },
    )
    address = make_database()
    with psycopg.connect(address) as connection:
        night(connection, landing)
        who = customers(connection)
    return address, who["core_customer/C1"], who["core_customer/C2"]


def test_sums_are_of_the_bank_own_yuan(lent: tuple[str, int, int]) -> None:
    address, wang, _ = lent
    with psycopg.connect(address) as connection:
        held = connection.execute(
            "select loan_fen, line_fen, tier from customers where id = %s", [wang]
        ).fetchone()
        assert held == (100_000, 5_000, "GENERAL")
        assert connection.execute("select loan_fen from month_ends").fetchall() == [(100_000,)]
        build_day(connection, DAY, reach(connection), EVERYBODY)
        found = read_features(connection, DAY)
        for name, value in (("loans", 1), ("loan_balance", 1000), ("line", 50)):
            assert found.values[0][POSITION[name]] == value
        connection.rollback()


def test_the_others_say_why_they_stand_apart(lent: tuple[str, int, int]) -> None:
    with psycopg.connect(lent[0]) as connection:
        found = connection.execute(
            "select number, standing, currency, balance_hundredths from loans_apart order by number"
        ).fetchall()
        assert found == [(key, standing, of, 77_700) for key, (_, standing, of) in sorted(APART.items())]
        lines = connection.execute("select contract_no, currency, line_hundredths from foreign_credit_lines")
        assert lines.fetchall() == [("X2", "USD", 900_000_000)]


def test_a_loan_keeps_what_its_file_said_of_it(lent: tuple[str, int, int]) -> None:
    """What the file does not say is not known, which is another thing than no."""
    with psycopg.connect(lent[0]) as connection:
        found = connection.execute(
            "select number, guarantee, farm_use, was_farmer, reported_farm, reported_inclusive_small from loans"
        ).fetchall()
        assert found == [("L1", "保证", "05", True, False, None)]


def test_what_secures_a_loan_stands_beside_it_and_is_asked_by_rules(lent: tuple[str, int, int]) -> None:
    address, wang, _ = lent
    with psycopg.connect(address) as connection:
        held = connection.execute(
            "select loan_number, guarantee_no, kind, amount_fen, guarantor_name, collateral, value_fen"
            " from loan_guarantees where customer_id = %s order by 2",
            [wang],
        ).fetchall()
        assert held == [
            ("L1", "G1", "1", 60_000, "李秀兰", None, None),
            ("L1", "G2", "2", 40_000, None, "住宅", 90_000),
        ]
        for field, value, expected in (("guaranteedFen", 100_000, [wang]), ("collateralFen", 90_001, [])):
            where = {"field": field, "operator": "gte", "value": value}
            rule = LANGUAGE.read({"some": "loans", "where": where}, CUSTOMER)
            part = rendered(listed(rule, AsOf(DAY), most=9))
            found = connection.execute(part.text, part.parameters).fetchall()
            assert [key for (key,) in found] == expected, field
