"""A county of a handful of people: what each feed says of them, and a night's identity over it."""

from datetime import date
from pathlib import Path

import psycopg

from domain.feeds.contracts import FEEDS
from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.products.holdings import refresh_holdings
from domain.products.month_ends import refresh_month_ends
from domain.shared.night import StepResult, silent
from domain.shared.rooms import Rooms, followers_of, language_of
from geo.identity import resolve_identity_with_datums
from schema.house import ROOMS
from tests.domain.feeds.files import DAY, begin_night, row, write_batch

WANG, LI, ZHAO = "320923196305152407", "320923196608237379", "320923196411099857"
SHOP_CODE = "92320923MA1ABCDE1X"

County = dict[str, list[dict[str, str]]]


def core(cust_no: str, name: str, **values: str) -> dict[str, str]:
    return {"cust_no": cust_no, "kind": "P", "name": name, "cert_type": "10", "org_no": "320901"} | values


def county() -> County:
    """Two people, one of them twice in the core, a household and a shop."""
    return {
        "core_customer": [
            core("C1", "王磊", cert_no=WANG, phone="13912345678"),
            core("C2", "王雷", cert_no="320923630515240", phone=""),
            core("C3", "李秀兰", cert_no=LI, phone="13987654321"),
            core("C4", "建国超市", kind="S", cert_type="20", uscc=SHOP_CODE, legal_rep_cert_no=WANG),
        ],
        "household": [
            {
                "hukou_no": "H1",
                "person_no": "01",
                "name": "王磊",
                "cert_no": WANG,
                "relation": "户主",
                "status": "1",
            },
            {
                "hukou_no": "H1",
                "person_no": "02",
                "name": "李秀兰",
                "cert_no": LI,
                "relation": "配偶",
                "status": "1",
            },
        ],
        "sunshine_credit": [
            {"file_no": "Y1", "head_name": "王 磊", "head_cert_no": WANG, "pre_line": "10000.00"}
        ],
        "pos_merchant": [
            {
                "merchant_no": "M1",
                "name": "建国超市",
                "operator_name": "王磊",
                "operator_cert_no": WANG,
                "settle_acct_no": "A4",
                "lon_deg": "119.805120",
                "lat_deg": "33.758576",
                "datum": "GCJ02",
                "month_volume": "5.00",
            }
        ],
        "crm_legacy": [
            {"crm_id": "K1", "name": "李秀兰", "phone": "139 8765 4321", "manager_no": "M07"},
            {"crm_id": "K2", "name": "赵红", "phone": "13911112222", "cust_no": "C3"},
        ],
        "core_deposit": [
            {"acct_no": "A1", "cust_no": "C1", "balance": "100.00", "average_3m": "90.00"},
            {"acct_no": "A2", "cust_no": "C2", "balance": "200000.00"},
            {"acct_no": "A4", "cust_no": "C4", "balance": "7.00"},
        ],
        "loan": [{"loan_no": "L1", "cust_no": "C3", "amount": "500.00", "balance": "300.00"}],
        "credit_line": [
            {"contract_no": "X1", "cust_no": "C3", "line": "1000.00", "used": "300.00", "end_on": "20300101"}
        ],
    }


def drop(landing: Path, content: County, day: date = DAY, sequence: int = 1) -> None:
    for feed, rows in content.items():
        write_batch(landing, feed, [row(feed, values) for values in rows], day=day, sequence=sequence)


def night(
    connection: psycopg.Connection,
    landing: Path,
    day: date = DAY,
    *,
    is_full: bool = False,
    rooms: Rooms = ROOMS,
) -> tuple[int, StepResult]:
    """Everything from the files to holdings and month-ends, committed. Returns the run and what identity said."""
    run = begin_night(connection, landing, day, is_full=is_full)
    find_batches(connection, run, silent)
    for feed in FEEDS:
        take_feed(connection, run, silent, feed=feed)
    result = resolve_identity_with_datums(connection, run, silent, followers=followers_of(rooms))
    refresh_holdings(connection, run, silent, language=language_of(rooms))
    refresh_month_ends(connection, run, silent)
    connection.commit()
    return run.run_id, result


def customers(connection: psycopg.Connection) -> dict[str, int]:
    """feed/key → customer."""
    return {
        f"{feed}/{key}": customer
        for feed, key, customer in connection.execute("select feed, key, customer_id from source_records")
    }


TABLES = {
    "source_records": "id, feed, key, row_hash, name_norm, cert_norm, phone_norm, status, customer_id, evidence",
    "match_keys": "record_id, rule, key_hash",
    "match_reviews": "record_a_id, record_b_id, rule, reason, state",
    "customers": "*",
    "disagreements": "*",
    "relations": "*",
    "deposits": "*",
    "foreign_deposits": "*",
    "loans": "*",
    "loans_apart": "*",
    "credit_lines": "*",
    "foreign_credit_lines": "*",
    "month_ends": "*",
}


def everything(connection: psycopg.Connection) -> dict[str, list[str]]:
    """All that identity and holdings made, as text that can be compared."""
    return {
        table: [
            found
            for (found,) in connection.execute(
                f"select t::text from (select {columns} from {table}) t order by 1"
            )
        ]
        for table, columns in TABLES.items()
    }
