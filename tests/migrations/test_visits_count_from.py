"""Visits of before count when they began by the device's clock, but never after they were received."""

import psycopg
from alembic import command
from alembic.config import Config

AFTER = "c04e7ed47a27"
BEFORE = f"{AFTER}-1"

VISITS = """
    insert into org_units (id, code, name, kind) overriding system value values (1, 'A', '支行', 'OUTLET');
    insert into staff (id, number, name, role, org_unit_id, is_active) overriding system value
    values (5, 'M1', '甲', 'CUSTOMER_MANAGER', 1, true);
    insert into visits (id, customer_id, recorded_for_id, staff_id, started_at, received_at, outcome)
    values ('00000000-0000-0000-0000-000000000001', 7, 7, 5, '2026-11-20T01:00Z', '2026-11-22T01:00Z', 'INTERESTED'),
           ('00000000-0000-0000-0000-000000000002', 7, 7, 5, '2026-11-22T01:04Z', '2026-11-22T01:00Z', 'INTERESTED');
"""


def test_visits_of_before_count_by_their_device_up_to_the_receipt(
    history: tuple[Config, list[str]], empty_database: str
) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(VISITS)
    command.upgrade(config, AFTER)
    counted = "select to_char(counted_at at time zone 'UTC', 'DD HH24:MI') from visits order by id"
    with psycopg.connect(empty_database) as database:
        assert database.execute(counted).fetchall() == [("20 01:00",), ("22 01:00",)]
