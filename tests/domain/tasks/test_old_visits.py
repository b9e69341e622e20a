"""What a former system kept: found by certificate, number or account, known to cadence, counted in nobody's figures."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.shared.followers import follow_records
from domain.shared.night import Night, silent
from domain.shared.retention import RETENTION
from domain.shared.rooms import followers_of
from domain.shared.tidying import over_before, remove_over
from domain.tasks.due import find_due_visits
from schema.house import HOUSE
from tests.domain.shared.imports.conftest import Importing
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

HEADINGS = "来源系统,日期,证件号码,客户号,账号,类别,走访结果,走访人,内容,流水号\n"
CITIZEN, FIRM = "320923198003070018", "91320923MA1MABCD5T"


def record(connection: psycopg.Connection, customer: int, key: str, **values: Any) -> int:
    usual = {"feed": "core_customer", "kind": "PERSON", "data_date": DATA_DATE, "row_hash": 1, "name": "甲"}
    row = (
        usual
        | {"name_norm": "甲", "status": "ACTIVE", "evidence": "", "key": key, "customer_id": customer}
        | values
    )
    return insert(connection, "source_records", **row)


@pytest.fixture(scope="module")
def old_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        bank = SmallBank(connection)
        first, second = (bank.customer(grid_id=bank.north, owner_id=bank.manager_a) for _ in range(2))
        record(connection, first, "C1", cert_norm=CITIZEN, cert_type="10")
        record(connection, second, "C2", uscc_norm=FIRM)
        connection.execute(
            """insert into src_core_deposit (acct_no, cust_no, product, currency, balance_fen, status, from_on, to_on,
                                             batch_id, row_hash)
               values ('6217001', 'C2', '活期储蓄', 'CNY', 1, '1', %s, 'infinity', 1, 1)""",
            [DATA_DATE],
        )
    return url


@pytest.fixture
def importing(old_url: str, tmp_path: Path) -> Iterator[Importing]:
    with psycopg.connect(old_url) as connection:
        bank = SmallBank.__new__(SmallBank)
        bank.connection = connection
        yield Importing(bank, tmp_path)
        connection.rollback()


def seen(importing: Importing) -> list[tuple]:
    return importing.bank.connection.execute(
        "select id, last_visit_on::text, visited_here_on::text from customers order by id"
    ).fetchall()


def test_each_way_leads_to_the_customer_and_all_of_it_is_taken_back(importing: Importing) -> None:
    before = importing.snapshot("old_visits", "customers")
    importing.bank.visit(
        2, importing.bank.connection.execute("select id from staff").fetchone()[0], "2026-01-05"
    )
    importing.applied(
        "visits",
        HEADINGS
        + f"旧系统,2026-03-01,{CITIZEN},,,,有意向,王五,谈了贷款,V1\n"
        + "旧系统,2026-03-02,,C1,,走访,未见到,,,V2\n"
        + "旧系统,2026-04-01,,,6217 001,,,,,V3\n"
        + f"旧系统,2026-05-01,{FIRM},,,档案,,,做建材,V4\n",
        is_whole=True,
    )
    kept = importing.bank.connection.execute(
        "select number, customer_id, kind, outcome, content from old_visits order by number"
    ).fetchall()
    assert kept == [
        ("V1", 1, "VISIT", "INTERESTED", "谈了贷款"),
        ("V2", 1, "VISIT", "NOT_FOUND", None),
        ("V3", 2, "VISIT", None, None),
        ("V4", 2, "FILE", None, "做建材"),
    ]
    assert seen(importing) == [(1, "2026-03-01", None), (2, "2026-04-01", "2026-01-05")]
    importing.bank.connection.execute("delete from visits")
    importing.undone("visits")
    assert importing.snapshot("old_visits", "customers") == before


def test_the_same_file_changes_nothing_and_a_later_one_only_what_changed(importing: Importing) -> None:
    text = HEADINGS + f"旧系统,2026-03-01,{CITIZEN},,,,,,,V1\n旧系统,2026-03-02,,C2,,,,,无编号,\n"
    importing.applied("visits", text)
    same = importing.tried("visits", text, is_whole=True)
    assert (same.changes, same.problems, same.same) == ((), (), 2)
    (changed,) = importing.applied("visits", HEADINGS + "旧系统,2026-02-01,,C2,,,,,,V1\n", is_whole=True)
    assert (changed.act, seen(importing)) == ("CHANGED", [(1, None, None), (2, "2026-03-02", None)])
    importing.undone("visits")
    assert seen(importing)[0] == (1, "2026-03-01", None)


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("旧系统,2026-03-01,,,,,,,,", "A2", "ROW_CUSTOMER_NOT_SAID"),
        ("旧系统,2026-03-01,320923198003070017,,,,,,,", "A2", "ROW_CUSTOMER_NOT_FOUND"),
        ("旧系统,2026-03-01,,C9,,,,,,", "A2", "ROW_CUSTOMER_NOT_FOUND"),
        (f"旧系统,2026-03-01,{CITIZEN},C2,,,,,,", "A2", "ROW_CUSTOMERS_SEVERAL"),
        ("旧系统,2199-03-01,,C1,,,,,,", "B2", "ROW_DAY_NOT_YET"),
        ("旧系统,去年,,C1,,,,,,", "B2", "ROW_NOT_A_DAY"),
        ("旧系统,2026-03-01,,C1,,电话,,,,", "F2", "ROW_NOT_ONE_OF"),
        (",2026-03-01,,C1,,,,,,", "A2", "ROW_VALUE_MISSING"),
    ],
)
def test_a_bad_row_is_told_with_its_place(importing: Importing, line: str, place: str, code: str) -> None:
    tried = importing.tried("visits", HEADINGS + line + "\n")
    assert [(str(one.place), one.said.code) for one in tried.problems] == [(place, code)]
    assert tried.changes == ()


def test_a_certificate_of_two_customers_names_nobody(importing: Importing) -> None:
    record(importing.bank.connection, 2, "C3", cert_norm=CITIZEN)
    (said,) = importing.tried("visits", HEADINGS + f"旧系统,2026-03-01,{CITIZEN},,,,,,,V1\n").problems
    assert said.said.code == "ROW_CUSTOMERS_SEVERAL"


def test_the_night_knows_when_a_customer_was_seen_and_counts_no_work_of_ours(importing: Importing) -> None:
    importing.applied(
        "visits", HEADINGS + "旧系统,2026-11-10,,C1,,,有意向,,,V1\n旧系统,2026-11-25,,C1,,,,,,V2\n"
    )
    night = Night(1, DATA_DATE, Path("/nowhere"))
    find_due_visits(importing.bank.connection, night, silent, language=HOUSE.language)
    reasons = importing.bank.connection.execute("select customer_id, reason from due_visits").fetchall()
    assert reasons == [(2, "NEVER_VISITED")], "whom the old system saw is not unknown to us"
    assert seen(importing)[0] == (1, "2026-11-25", None), (
        "what lies after the night's morning counts for today"
    )
    assert importing.bank.connection.execute("select count(*) from activities").fetchone() == (0,)


def test_records_go_where_their_record_goes(importing: Importing) -> None:
    importing.applied("visits", HEADINGS + f"旧系统,2026-03-01,{CITIZEN},,,,,,,V1\n")
    connection = importing.bank.connection
    connection.execute("update source_records set customer_id = 2 where key = 'C1'")
    connection.execute("create temp table identity_scope on commit drop as select id from source_records")
    follow_records(importing.rows, followers_of(HOUSE.rooms))
    assert connection.execute("select customer_id from old_visits").fetchall() == [(2,)]
    same = importing.tried("visits", HEADINGS + "旧系统,2026-03-01,,C2,,,,,,V1\n")
    assert (same.changes, same.same) == ((), 1), "the same customer by another of his records"


def test_what_is_over_goes(importing: Importing) -> None:
    importing.applied("visits", HEADINGS + "旧系统,2019-03-01,,C1,,,,,,V1\n旧系统,2026-03-01,,C1,,,,,,V2\n")
    (kept,) = (one for one in RETENTION if one.table == "old_visits")
    before = over_before(kept, DATA_DATE, {})
    assert before is not None
    remove_over(importing.bank.connection, kept, before)
    assert importing.bank.connection.execute("select number from old_visits").fetchall() == [("V2",)]
