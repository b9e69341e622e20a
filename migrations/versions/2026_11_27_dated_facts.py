"""facts with their days: placements, kinds, tiers, links of records; the atom of a visit and of an activity"""

from alembic import op

revision = "da7edfac7527"
down_revision = "f0110e450001"
branch_labels = None
depends_on = None

CAUSES = "'FIRST', 'FILES', 'CUT', 'PLAN', 'PLACE', 'POST', 'BOOKS'"
TABLES = {
    "customer_kinds": ("customer_id", "kind varchar not null", "select id, kind from customers"),
    "customer_tiers": ("customer_id", "tier varchar not null", "select id, tier from customers"),
    "record_links": (
        "record_id",
        "customer_id bigint not null",
        "select id, customer_id from source_records where customer_id is not null",
    ),
    "placements": (
        "customer_id",
        "plan_id bigint, grid_id bigint, org_unit_id bigint, owner_id bigint",
        "select c.id, g.plan_id, c.grid_id, c.org_unit_id, c.owner_id"
        " from customers c left join grids g on g.id = c.grid_id",
    ),
}

# From the day that the last night prepared; before the first night there is nobody to keep days of.
_DAY = "(select cast(value #>> '{}' as date) + 1 from settings where name = 'data_date')"

_ON = """
create function placements_on(day date) returns setof placements language sql stable parallel safe as $$
    select * from placements where from_on <= day and day < to_on
$$
"""

# Only where the customer's atom still lies in the grid that was noted at the time.
_ATOMS = """
update {table} t set atom_id = c.atom_id
  from customers c join plan_atoms pa on pa.atom_id = c.atom_id
 where c.id = t.customer_id and pa.grid_id = t.grid_id
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, (key, values, now) in TABLES.items():
        op.execute(f"""
            create table {table} (
                {key} bigint not null,
                to_on date not null,
                from_on date not null,
                {values},
                cause varchar not null,
                constraint {table}_pkey primary key ({key}, to_on),
                constraint {table}_cause_check check (cause in ({CAUSES})),
                constraint {table}_days_check check (from_on < to_on))
        """)
        names = ", ".join(value.split()[0] for value in values.split(", "))
        op.execute(f"""
            insert into {table} ({key}, {names}, from_on, to_on, cause)
            select now.*, {_DAY}, 'infinity', 'FIRST' from ({now}) now where {_DAY} is not null
        """)
    op.execute(_ON)
    for table in ("visits", "activities"):
        op.execute(f"alter table {table} add atom_id bigint")
    op.execute(_ATOMS.format(table="visits"))
    # Nothing that was said is changed: a column that was not there is filled.
    op.execute("alter table activities disable trigger activities_are_append_only")
    op.execute(_ATOMS.format(table="activities"))
    op.execute("alter table activities enable trigger activities_are_append_only")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("visits", "activities"):
        op.execute(f"alter table {table} drop atom_id")
    op.execute("drop function placements_on(date)")
    for table in TABLES:
        op.execute(f"drop table {table}")
