"""Whoever is entered gets a duty of his own: the one that is named, else what people of his role's scope answer for."""

import psycopg
import pytest

from api.local.accounts import Person, add_account
from tests.domain.small_bank import SmallBank


@pytest.mark.parametrize(
    ("role", "named", "expected"),
    [
        ("CUSTOMER_MANAGER", None, "CUSTOMERS"),
        ("OUTLET_MANAGER", None, "UNIT"),
        ("HEAD_OFFICE", None, None),
        ("HEAD_OFFICE", "UNIT", "UNIT"),
        ("CUSTOMER_MANAGER", "NONE", None),
    ],
)
def test_a_new_member_of_staff_has_a_duty(
    connection: psycopg.Connection, database_url: str, role: str, named: str | None, expected: str | None
) -> None:
    SmallBank(connection)
    connection.commit()
    add_account(database_url, "new", Person("N1", "新人", role, "A01", named), "hash")
    assert connection.execute("select duty from staff where number = 'N1'").fetchone() == (expected,)
