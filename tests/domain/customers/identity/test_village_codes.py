"""A code of another year's list of villages: kept and told, and neither evidence nor contradiction."""

from pathlib import Path

import psycopg

from tests.domain.customers.identity.county import core, customers, drop, night
from tests.domain.feeds.files import reasons

THIS_YEAR, ANOTHER_VILLAGE, LAST_YEAR = "320999101201", "320999101202", "320999101001"


def people(code: str, phone: str) -> tuple[dict[str, str], dict[str, str]]:
    """One person in the core and as the head of a surveyed household, without certificates."""
    return (
        core(f"C{phone}", "周晓梅", cert_type="", phone=phone, village_code=THIS_YEAR),
        {
            "file_no": f"Y{phone}",
            "head_name": "周晓梅",
            "phone": phone,
            "village_code": code,
            "pre_line": "1.00",
        },
    )


def test_a_code_that_is_on_no_list_in_force(connection: psycopg.Connection, tmp_path: Path) -> None:
    for number, code in enumerate((THIS_YEAR, ANOTHER_VILLAGE)):
        connection.execute(
            "insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,"
            " lon_deg_wgs84, lat_deg_wgs84, area_m2) values (%s, '一组', %s, %s, '320999101', '河东镇', false, false,"
            " 119.8, 33.7, 1000)",
            [f"A{number}", code, f"河东{number}村"],
        )
    pairs = [people(LAST_YEAR, "13951230001"), people(ANOTHER_VILLAGE, "13951230002")]
    drop(tmp_path, {"core_customer": [a for a, _ in pairs], "sunshine_credit": [b for _, b in pairs]})
    night(connection, tmp_path)
    who = customers(connection)
    assert who["core_customer/C13951230001"] == who["sunshine_credit.head/Y13951230001"]
    assert who["core_customer/C13951230002"] != who["sunshine_credit.head/Y13951230002"]
    kept = connection.execute("select village_code from src_sunshine_credit order by 1").fetchall()
    assert kept == [(LAST_YEAR,), (ANOTHER_VILLAGE,)]
    assert "1 个新增或变更行的村级代码不在现行名录（第 1 行）" in reasons(connection, "sunshine_credit")
    assert "名录" not in reasons(connection, "core_customer")
