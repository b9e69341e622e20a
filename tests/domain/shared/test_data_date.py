"""The data date in force is read in one way."""

import re
from datetime import date

import psycopg

from domain.shared.data_date import data_date_in_force
from domain.shared.rows import NightRows
from tests.conftest import ROOT

_ASKED = re.compile(r"""\bname\s*==?\s*["']data_date["']""")


def test_it_is_none_before_the_first_night_and_its_day_afterwards(connection: psycopg.Connection) -> None:
    assert data_date_in_force(connection) is None
    connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
    assert data_date_in_force(connection) == data_date_in_force(NightRows(connection)) == date(2026, 11, 20)


def test_its_sql_stands_in_one_file() -> None:
    files = (
        file for room in ("domain", "geo", "ml", "schema", "api") for file in (ROOT / room).rglob("*.py")
    )
    found = [str(file.relative_to(ROOT)) for file in files if _ASKED.search(file.read_text())]
    assert sorted(found) == ["domain/shared/data_date.py"]
