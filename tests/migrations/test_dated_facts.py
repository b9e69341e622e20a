"""A database that had nights before keeps days from the day that its last night prepared."""

import psycopg
from alembic import command
from alembic.config import Config

AFTER = "da7edfac7527"
BEFORE = f"{AFTER}-1"

BANK = """
    insert into settings (name, value) values ('data_date', '"2026-11-20"');
    insert into org_units (id, code, name, kind) overriding system value values (1, 'A', '支行', 'OUTLET');
    insert into staff (id, number, name, role, org_unit_id, is_active) overriding system value
    values (5, 'M1', '甲', 'CUSTOMER_MANAGER', 1, true);
    insert into plans (id, name, state, version, from_on) overriding system value
    values (2, '方案', 'IN_FORCE', 1, '2026-01-01');
    insert into grids (id, plan_id, code, name, level, org_unit_id, town_code, area_m2) overriding system value
    values (3, 2, 'S1', '一', 'SMALL', 1, 't', 1), (4, 2, 'S2', '二', 'SMALL', 1, 't', 1);
    insert into atoms (id, code, name, village_code, village, town_code, town, is_urban, is_stand_in, lon_deg_wgs84,
                       lat_deg_wgs84, area_m2) overriding system value
    values (9, 'a', 'a', 'v', 'v', 't', 't', false, false, 119, 33, 1);
    insert into plan_atoms (plan_id, atom_id, grid_id) values (2, 9, 3);
    insert into customers (id, kind, tier, status, name, atom_id, grid_id, org_unit_id, owner_id)
    values (7, 'PERSON', 'KEY', 'ACTIVE', '某人', 9, 3, 1, 5);
    insert into visits (id, customer_id, recorded_for_id, staff_id, grid_id, started_at, outcome)
    values ('00000000-0000-0000-0000-000000000001', 7, 7, 5, 3, now(), 'INTERESTED'),
           ('00000000-0000-0000-0000-000000000002', 7, 7, 5, 4, now(), 'INTERESTED');
    insert into activities (kind, actor_kind, actor_id, customer_id, grid_id) values ('VISIT', 'STAFF', 5, 7, 3);
"""


def test_days_begin_and_atoms_are_filled(history: tuple[Config, list[str]], empty_database: str) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(BANK)
    command.upgrade(config, AFTER)
    with psycopg.connect(empty_database) as database:
        placed = database.execute(
            "select customer_id, plan_id, grid_id, org_unit_id, owner_id, from_on::text, to_on::text, cause"
            " from placements"
        ).fetchall()
        assert placed == [(7, 2, 3, 1, 5, "2026-11-21", "infinity", "FIRST")]
        tiers = database.execute("select tier, from_on::text from customer_tiers").fetchall()
        assert tiers == [("KEY", "2026-11-21")]
        # A visit that was noted in another grid than the customer's atom lies in has none.
        assert database.execute("select atom_id from visits order by id").fetchall() == [(9,), (None,)]
        assert database.execute("select atom_id from activities").fetchall() == [(9,)]
        trigger = "select tgenabled from pg_trigger where tgname = 'activities_are_append_only'"
        assert database.execute(trigger).fetchone() == ("O",)
