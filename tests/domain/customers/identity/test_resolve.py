"""From the feeds to golden customers, on a real database: who is one, what is kept, and that any way leads there."""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from tests.domain.customers.identity.county import (
    LI,
    WANG,
    ZHAO,
    core,
    county,
    customers,
    drop,
    everything,
    night,
)
from tests.domain.feeds.files import DAY

NEXT_DAY = DAY + timedelta(days=1)


def test_who_is_one(connection: psycopg.Connection, tmp_path: Path) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    who = customers(connection)
    wang, li, shop, household = (
        who["core_customer/C1"], who["core_customer/C3"], who["core_customer/C4"], who["sunshine_credit/Y1"],
    )  # fmt: skip
    assert len({wang, li, shop, household}) == 4
    same = {
        customer: {record for record, its in who.items() if its == customer} for customer in set(who.values())
    }
    assert same[wang] == {
        "core_customer/C1", "core_customer/C2", "household/H1/01", "sunshine_credit.head/Y1",
        "pos_merchant.operator/M1",
    }  # fmt: skip
    assert same[li] == {"core_customer/C3", "household/H1/02", "crm_legacy/K1"}
    assert same[shop] == {"core_customer/C4", "pos_merchant/M1"}
    assert same[household] == {"sunshine_credit/Y1", "household.household/H1"}
    assert connection.execute("select reason from match_reviews").fetchall() == [("NUMBER_OF_ANOTHER_NAME",)]


def test_the_id_is_the_lowest_record_and_fields_say_where_they_come_from(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    wrong = connection.execute(
        "select count(*) from customers c where id <> (select min(id) from source_records r where r.customer_id = c.id)"
    ).fetchone()
    assert wrong == (0,)
    found = connection.execute(
        "select name, phone, certificate, kept_from->>'phone', manager_number, deposit_fen, tier from customers"
        " order by id"
    ).fetchall()
    assert found[0] == ("王磊", "13912345678", WANG, "core_customer", None, 20010000, "KEY")
    assert found[1] == ("李秀兰", "13987654321", LI, "core_customer", "M07", 0, "GENERAL")


def test_a_point_is_brought_to_wgs84_and_keeps_its_datums_name(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    found = connection.execute(
        "select lon_deg_wgs84, lat_deg_wgs84, source_datum, location_method from customers where kind = 'SOLE_TRADER'"
    ).fetchone()
    assert found is not None
    assert found[:2] == pytest.approx((119.80, 33.76), abs=1e-5)
    assert found[2:] == ("GCJ02", "POS")


def test_relations_stand_in_both_directions(connection: psycopg.Connection, tmp_path: Path) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    names = dict(connection.execute("select id, name from customers").fetchall())
    found = {
        (names[a], kind, names[b])
        for a, b, kind in connection.execute("select customer_id, other_id, kind from relations")
    }
    assert found == {
        ("建国超市", "OPERATOR", "王磊"), ("王磊", "SHOP", "建国超市"),
        ("王磊户", "MEMBER", "王磊"), ("王磊", "HOUSEHOLD", "王磊户"),
        ("王磊户", "MEMBER", "李秀兰"), ("李秀兰", "HOUSEHOLD", "王磊户"),
    }  # fmt: skip


def test_the_same_night_twice_changes_nothing(connection: psycopg.Connection, tmp_path: Path) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    before = everything(connection)
    night(connection, tmp_path)
    assert everything(connection) == before
    night(connection, tmp_path, is_full=True)
    assert everything(connection) == before


def changes(content: dict) -> None:
    """A merge, a split, a death, another telephone, a row that ends, an account that moves."""
    content["core_customer"][1]["cert_no"] = ZHAO
    content["core_customer"][1]["name"] = "赵红"
    content["core_customer"][2]["phone"] = "13800001111"
    content["crm_legacy"][1]["cust_no"] = "C2"
    content["household"][1]["status"] = "3"
    content["core_customer"].append(core("C9", "王磊", cert_no=WANG, phone="13912345678"))
    content["core_deposit"][0]["cust_no"] = "C9"
    content["core_deposit"][2]["balance"] = "9.00"
    del content["loan"][0]
    content["loan"].append({"loan_no": "L2", "cust_no": "C2", "amount": "1.00", "balance": "1.00"})


def test_working_on_what_changed_equals_working_on_everything(lend_database, tmp_path: Path) -> None:
    after = deepcopy(county())
    changes(after)
    drop(tmp_path, county())
    drop(tmp_path, after, NEXT_DAY)
    found = []
    for is_full in (False, True):
        with psycopg.connect(lend_database()) as connection:
            night(connection, tmp_path, DAY)
            night(connection, tmp_path, NEXT_DAY, is_full=is_full)
            found.append(everything(connection))
    assert found[0] == found[1]
    assert "赵红" in str(found[0]["customers"])


def test_a_late_correction_equals_never_having_been_wrong(lend_database, tmp_path: Path) -> None:
    after = deepcopy(county())
    changes(after)
    with psycopg.connect(lend_database()) as connection:
        first = tmp_path / "first"
        first.mkdir()
        drop(first, county())
        night(connection, first)
        drop(first, after, sequence=2)
        night(connection, first)
        corrected = everything(connection)
        night(connection, first, is_full=True)
        assert everything(connection) == corrected


def test_only_those_whom_something_concerns_are_worked_on(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    connection.execute("update customers set atom_id = 1 where lon_deg_wgs84 is not null")
    connection.execute(
        "insert into customer_points (customer_id, point_3857)"
        " select id, st_point(0, 0, 3857) from customers where atom_id is not null"
    )
    after = county()
    after["core_customer"][2]["phone"] = "13800001111"
    drop(tmp_path, after, NEXT_DAY)
    run, result = night(connection, tmp_path, NEXT_DAY)
    who = customers(connection)
    touched = {
        id_
        for (id_,) in connection.execute(
            "select customer_id from night_changes where night_run_id = %s", [run]
        )
    }
    assert result.rows == 1
    assert touched == {who["core_customer/C3"], who["crm_legacy/K1"]}
    assert who["core_customer/C3"] != who["crm_legacy/K1"]


def test_a_merge_keeps_the_older_id_and_visits_follow(connection: psycopg.Connection, tmp_path: Path) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    lone = customers(connection)["crm_legacy/K2"]
    staff = connection.execute(
        "with o as (insert into org_units (code, name, kind) values ('1', '行', 'HEAD_OFFICE') returning id)"
        " insert into staff (number, name, role, org_unit_id, is_active)"
        " select '7', '员工', 'CUSTOMER_MANAGER', id, true from o returning id"
    ).fetchone()
    assert staff is not None
    connection.execute(
        "insert into visits (id, customer_id, recorded_for_id, staff_id, counted_at, started_at, outcome)"
        " values (gen_random_uuid(), %s, %s, %s, now(), now(), 'NOT_NOW')",
        [lone, lone, staff[0]],
    )
    after = county()
    after["core_customer"].append(core("C5", "赵红", cert_no=ZHAO, phone="13911112222"))
    drop(tmp_path, after, NEXT_DAY)
    night(connection, tmp_path, NEXT_DAY)
    who = customers(connection)
    assert who["crm_legacy/K2"] == who["core_customer/C5"] == lone
    assert connection.execute("select customer_id, recorded_for_id from visits").fetchall() == [(lone, lone)]


def test_a_row_that_is_gone_leaves_its_record_and_closes_its_customer(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    drop(tmp_path, county())
    night(connection, tmp_path)
    lone = customers(connection)["crm_legacy/K2"]
    after = county()
    del after["crm_legacy"][1]
    drop(tmp_path, after, NEXT_DAY)
    night(connection, tmp_path, NEXT_DAY)
    assert connection.execute("select status from source_records where key = 'K2'").fetchone() == ("GONE",)
    assert connection.execute("select status from customers where id = %s", [lone]).fetchone() == ("CLOSED",)


def test_somebody_elses_id_is_found_out_by_the_day_of_birth(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    content = county()
    content["core_customer"].append(core("C8", "王小磊", cert_no=WANG, birth_on="20010203"))
    drop(tmp_path, content)
    night(connection, tmp_path)
    who = customers(connection)
    assert who["core_customer/C8"] != who["core_customer/C1"]
    assert connection.execute("select certificate from customers where name = '王小磊'").fetchone() == (None,)
