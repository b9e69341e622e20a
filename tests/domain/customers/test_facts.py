"""What feeds tell of firms and people: whose it is, of which day, gone with its basis. One county, two nights."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.customers.facts_of_the_night import move_facts, refresh_facts
from domain.customers.fields import CUSTOMER
from domain.customers.tellings import TELLINGS
from domain.feeds.landing import find_batches
from domain.shared.night import Night, silent
from domain.shared.rows import NightRows
from domain.shared.rules.errors import UnknownOperator
from domain.shared.rules.finding import listed
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import rendered
from schema.rules.language import LANGUAGE
from tests.domain.customers.identity.county import LI, WANG, core, customers, drop, night
from tests.domain.feeds.files import DAY, batches, begin_night, reasons

CODE, OTHER, UNKNOWN = "91110000101623741K", "91350100M000100Y43", "92320923MA1ABCDE1X"
NEXT = DAY + timedelta(days=1)


def insured(record_no: str, cert_no: str, **values: str) -> dict[str, str]:
    return {"record_no": record_no, "cert_no": cert_no, "paid_to_on": "20260531", "status": "1"} | values


CONTENT = {
    "core_customer": [
        core(
            "C1",
            "瑞丰机械有限公司",
            kind="E",
            cert_type="20",
            uscc=CODE,
            size_class="CS03",
            registered_place="R",
        ),
        core("C2", "宏远纺织有限公司", kind="E", cert_type="20", uscc=OTHER),
        core("C3", "王磊", cert_no=WANG),
        core("C4", "李秀兰", cert_no=LI),
    ],
    "firm_year": [
        {"uscc": CODE, "year": "2025", "staff": "48", "revenue": "12000000.00"},
        {"uscc": CODE, "year": "2024", "staff": "40", "revenue": "10000000.00"},
        {"uscc": CODE, "year": "2099", "staff": "9999", "revenue": "1.00"},
        {"uscc": UNKNOWN, "year": "2025", "staff": "7"},
    ],
    "registry": [
        # As another office writes the code.
        {"uscc": "９１110000-101623741k", "state": "2", "representative": "王磊", "updated_on": "20260601"},
    ],
    "tax_power": [{"uscc": OTHER, "tax_grade": "M", "month_on": "20260531", "power_kwh": "50"}],
    "channel": [
        {
            "cust_no": "C3",
            "channel": "MB",
            "opened_on": "20210105",
            "last_used_on": "20260620",
            "status": "1",
        },
        {"cust_no": "C3", "channel": "WX", "opened_on": "20220105", "status": "0"},
        {"cust_no": "C404", "channel": "MB", "opened_on": "20210105", "status": "1"},
    ],
    "social_security": [
        # As the office writes them: full width, a small x, and fifteen digits of long ago.
        insured("S1", "３20923196305152407", payer_uscc=CODE, payer_name="瑞丰机械有限公司", months="40"),
        insured("S2", WANG, paid_to_on="20240331", status="3", months="9", base="1.00", payer_name="旧厂"),
        insured("S3", "320923660823737", payer_uscc=CODE, base="4200.00"),
        insured("S4", "320923196411099857", payer_uscc=CODE, status="2"),
        # An old one of which the office does not know until when it was paid, and one that was paid for as long.
        insured("S5", WANG, paid_to_on="", since_on="20100101", status="3", payer_name="早年的厂"),
        insured("S0", WANG, status="3", payer_name="同月离开的厂", months="7"),
    ],
    "facts": [
        {
            "about": "P",
            "about_no": WANG,
            "told_by": "农业局",
            "what": "主体",
            "said": "家庭农场",
            "as_of": "20260401",
        },
        {"about": "C", "about_no": "C2", "told_by": "专利局", "what": "专利数", "number": "7"},
        {"about": "F", "about_no": CODE, "told_by": "专利局", "what": "专利数"},
        {
            "about": "F",
            "about_no": CODE,
            "told_by": "专利局",
            "what": "标的",
            "number": "1",
            "amount": "1.00",
        },
    ],
    "application": [
        {
            "application_no": "Q1",
            "cust_no": "C4",
            "product": "旧贷",
            "amount": "1.00",
            "applied_on": "20250101",
            "state": "4",
        },
        {
            "application_no": "Q2",
            "cert_no": LI,
            "product": "惠农快贷",
            "amount": "50000.00",
            "applied_on": "20260601",
            "state": "3",
        },
    ],
    "guarantee": [
        {"guarantee_no": "G1", "contract_no": "K1", "kind": "1", "guarantor_no": "C3", "amount": "100.00"},
        {
            "guarantee_no": "G2",
            "contract_no": "K2",
            "kind": "1",
            "guarantor_no": "C3",
            "amount": "20.00",
            "end_on": "20260629",
        },
        {"guarantee_no": "G3", "contract_no": "K3", "kind": "2", "guarantor_no": "C3", "amount": "9.00"},
    ],
    "property": [
        {"room_no": "F1", "owner_cert_no": WANG, "since_on": "20150301", "use": "1", "is_mortgaged": "Y"},
        {"room_no": "F2", "owner_cert_no": WANG, "since_on": "20190301", "use": "2", "is_mortgaged": "N"},
        {"room_no": "F3", "owner_cert_no": WANG, "since_on": "20250301", "use": "1", "status": "0"},
        {"room_no": "F4", "owner_cert_no": OTHER.lower(), "since_on": "20100301", "use": "3"},
    ],
}

Told = dict[tuple[int, str], tuple[object, date]]


def facts(connection: psycopg.Connection) -> Told:
    """(customer, name) → value, its day."""
    found = connection.execute(
        "select customer_id, name, coalesce(fen::text, number::text, said, day_on::text), as_of from customer_facts"
    )
    return {(customer, name): (value, as_of) for customer, name, value, as_of in found}


def gathered(connection: psycopg.Connection, landing: Path, day: date) -> None:
    """A night with its facts, as its list has them: after identity."""
    run, _ = night(connection, landing, day)
    refresh_facts(connection, Night(run, day, landing), silent)
    connection.commit()


@pytest.fixture(scope="module")
def told(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    address, landing = make_database(), tmp_path_factory.mktemp("facts")
    with psycopg.connect(address) as connection:
        connection.execute(
            "insert into sources (feed, told_by, basis, purpose, document, from_on, until_on)"
            " select feed, told_by, 'PUBLIC', 'x', 'x', '2020-01-01', '2099-12-31' from (values ('firm_year', null),"
            " ('registry', null), ('tax_power', null), ('social_security', null), ('property', null),"
            " ('facts', '农业局'), ('facts', '专利局')) held (feed, told_by)"
        )
        drop(landing, CONTENT)
        gathered(connection, landing, DAY)
    return address, landing


def test_facts_are_the_customers_with_their_days(told: tuple[str, Path]) -> None:
    with psycopg.connect(told[0]) as connection:
        who = customers(connection)
        one, other, wang, li = (who[f"core_customer/C{n}"] for n in (1, 2, 3, 4))
        found = facts(connection)
        assert found == {
            (one, "sizeClass"): ("CS03", DAY),
            (one, "registeredPlace"): ("R", DAY),
            (one, "firmStaff"): ("48", date(2025, 12, 31)),
            (one, "firmRevenueFen"): ("1200000000", date(2025, 12, 31)),
            (one, "firmRevenueChangePercent"): ("20", date(2025, 12, 31)),
            (one, "registryState"): ("2", date(2026, 6, 1)),
            (one, "registryRepresentative"): ("王磊", date(2026, 6, 1)),
            (other, "taxGrade"): ("M", date(2026, 5, 31)),
            (other, "powerKwh"): ("50", date(2026, 5, 31)),
            (wang, "mobileBankOpenedOn"): ("2021-01-05", DAY),
            (wang, "mobileBankUsedOn"): ("2026-06-20", DAY),
            (wang, "insuredState"): ("1", date(2026, 5, 31)),
            (wang, "insuredBy"): ("瑞丰机械有限公司", date(2026, 5, 31)),
            (wang, "insuredMonths"): ("40", date(2026, 5, 31)),
            (wang, "insuredSince"): ("2010-01-01", date(2010, 1, 1)),
            # What the later record leaves open the earlier one tells, with its own day.
            (wang, "insuredBaseFen"): ("100", date(2024, 3, 31)),
            (li, "insuredState"): ("1", date(2026, 5, 31)),
            (li, "insuredBaseFen"): ("420000", date(2026, 5, 31)),
            (one, "insuredStaff"): ("2", date(2026, 5, 31)),
            (wang, "农业局/主体"): ("家庭农场", date(2026, 4, 1)),
            (other, "专利局/专利数"): ("7", DAY),
            # Of whom there is no customer number yet by the certificate; what waits is counted by either.
            (li, "appliedOn"): ("2026-06-01", date(2026, 6, 1)),
            (li, "appliedFor"): ("惠农快贷", date(2026, 6, 1)),
            (li, "appliedFen"): ("5000000", date(2026, 6, 1)),
            (li, "applicationState"): ("3", date(2026, 6, 1)),
            (li, "applicationsWaiting"): ("1", date(2026, 6, 1)),
            (wang, "standsForContracts"): ("1", DAY),
            (wang, "standsForFen"): ("10000", DAY),
            (wang, "propertyRooms"): ("2", DAY),
            (wang, "propertyShops"): ("1", DAY),
            (wang, "propertyMortgaged"): ("1", DAY),
            (wang, "propertySince"): ("2019-03-01", DAY),
            (other, "propertyRooms"): ("1", DAY),
            (other, "propertySince"): ("2010-03-01", DAY),
        }
        assert {feed for feed in who if feed.split("/")[0] not in ("core_customer",)} == set(), (
            "nobody became a customer by what others tell of him"
        )
        touched = connection.execute("select count(distinct customer_id) from night_changes").fetchone()
        assert touched == (4,)
        # After a cut the same statement gives the same rows.
        move_facts(NightRows(connection), [one, other, wang, li])
        assert facts(connection) == found
        connection.rollback()


def test_growth_is_that_of_one_year_and_a_number_that_rules_can_ask(connection: psycopg.Connection) -> None:
    years = [(CODE, 2025, 1_500), (CODE, 2022, 1_000), (OTHER, 2025, -900_000_000_000_000), (OTHER, 2024, 1)]
    for code, year, fen in years:
        connection.execute(
            """insert into src_firm_year (uscc, year, revenue_fen, row_hash, batch_id, from_on, to_on)
               values (%s, %s, %s, 1, 1, %s, 'infinity')""",
            [code, year, fen, DAY],
        )
    told = next(one for one in TELLINGS if one.feed == "firm_year")
    found = connection.execute(
        f"select code, growth from ({told.rows}) s order by 1".encode(), {"on": DAY}
    ).fetchall()
    assert found == [(CODE, None), (OTHER, -100_000)]


def test_a_row_that_tells_nothing_or_two_things_is_set_aside(told: tuple[str, Path]) -> None:
    with psycopg.connect(told[0]) as connection:
        assert batches(connection, "facts") == [("LOADED", 4, 2, 0, 2)]
        assert "amount/number/said/day 中应恰好填一项" in reasons(connection, "facts")


def test_what_third_parties_name_themselves_is_asked_by_its_name(told: tuple[str, Path]) -> None:
    for more, expected in ((6, ["C2"]), (7, [])):
        where = {
            "all": [
                {"field": "name", "operator": "eq", "value": "专利局/专利数"},
                {"field": "number", "operator": "gt", "value": more},
            ]
        }
        rule = LANGUAGE.read({"some": "knownFacts", "where": where}, CUSTOMER)
        part = rendered(listed(rule, AsOf(DAY), most=9))
        with psycopg.connect(told[0]) as connection:
            who = customers(connection)
            found = connection.execute(part.text, part.parameters).fetchall()
        assert [key for (key,) in found] == [who[f"core_customer/{key}"] for key in expected]


def test_names_and_words_of_others_cannot_be_found_out_by_asking() -> None:
    one = {"field": "text", "operator": "eq", "value": "家庭农场"}
    for asked in (
        {"field": "registryRepresentative", "operator": "eq", "value": "王磊"},
        {"some": "knownFacts", "where": one},
    ):
        with pytest.raises(UnknownOperator):
            LANGUAGE.read(asked, CUSTOMER)


def test_rules_ask_for_facts(told: tuple[str, Path]) -> None:
    """Every fact is a field, and one that stands in its own statement."""
    with psycopg.connect(told[0]) as connection:
        for field, operator, value, expected in (
            ("firmStaff", "gte", 48, ["C1"]),
            ("registryState", "in", ["2", "3"], ["C1"]),
            ("firmRevenueChangePercent", "gt", 20, []),
            ("taxGrade", "known", True, ["C2"]),
            ("mobileBankUsedOn", "lt", "2026-06-21", ["C3"]),
            ("insuredBy", "eq", "瑞丰机械有限公司", ["C3"]),
            ("insuredStaff", "gte", 2, ["C1"]),
            ("propertyRooms", "gte", 2, ["C3"]),
        ):
            rule = LANGUAGE.read({"field": field, "operator": operator, "value": value}, CUSTOMER)
            part = rendered(listed(rule, AsOf(DAY), most=9))
            found = connection.execute(part.text, part.parameters).fetchall()
            who = customers(connection)
            assert [key for (key,) in found] == [who[f"core_customer/{key}"] for key in expected], field


def test_a_source_whose_basis_ended_is_gone_with_that_night(told: tuple[str, Path]) -> None:
    """And a night in which nothing came looks at those alone whom it touched."""
    address, landing = told
    with psycopg.connect(address) as connection:
        connection.execute(
            "update sources set ended_on = %s, ended_reason = 'x' where feed in ('firm_year', 'social_security')",
            [NEXT],
        )
        later = {feed: rows for feed, rows in CONTENT.items() if feed != "registry"}
        drop(landing, later, NEXT)
        gathered(connection, landing, NEXT)
        names = {name for _, name in facts(connection)}
        assert names == {
            "sizeClass", "registeredPlace", "registryState", "registryRepresentative", "taxGrade", "powerKwh",
            "mobileBankOpenedOn", "mobileBankUsedOn", "propertyRooms", "propertyShops", "propertyMortgaged",
            "propertySince", "农业局/主体", "专利局/专利数", "appliedOn", "appliedFor", "appliedFen",
            "applicationState", "applicationsWaiting", "standsForContracts", "standsForFen",
        }  # fmt: skip
        actions = connection.execute("select action, subject from audit order by 2").fetchall()
        assert actions == [("source.closed", f"Source:{feed}") for feed in ("firm_year", "social_security")]


def test_feeds_that_a_bank_does_not_have_are_not_missed(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """From the day of a first file on one is."""
    missed = "select feed from batches where state = 'WAITING' and feed in ('registry', 'loan') order by 1"
    drop(tmp_path, {"core_customer": CONTENT["core_customer"]})
    find_batches(connection, begin_night(connection, tmp_path), silent)
    assert connection.execute(missed.encode()).fetchall() == [("loan",)]
    connection.execute(
        "insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused, quarantined, changed)"
        " values ('registry', %s, 1, 'x', 'LOADED', 1, 1, 0, 0, 1)",
        [DAY - timedelta(days=1)],
    )
    find_batches(connection, begin_night(connection, tmp_path), silent)
    assert connection.execute(missed.encode()).fetchall() == [("loan",), ("registry",)]
