"""A list of staff, units or atoms is undone by deleting them, and each that goes is looked for behind every key."""

from sqlmodel import SQLModel

import schema.house  # noqa: F401 (all tables)

FEW = {
    "feed_adapters",
    "feed_trials",
    "imports",
    "night_runs",
    "ownership_rules",
    "parameter_versions",
    "plan_balances",
    "plans",
    "proposals",
    "scope_grants",
    "sources",
}
"""Tables of some hundred rows: reading them whole is as quick as an index."""


def test_a_key_onto_people_or_places_has_an_index_unless_its_table_stays_small() -> None:
    without = set()
    for table in SQLModel.metadata.tables.values():
        leading = (next(iter(one.columns), None) for one in (table.primary_key, *table.indexes))
        led = {column.name for column in leading if column is not None}
        for key in table.foreign_keys:
            if key.target_fullname in ("staff.id", "org_units.id", "atoms.id") and key.parent.name not in led:
                without.add((table.name, key.parent.name))
    assert {table for table, _ in without} == FEW
