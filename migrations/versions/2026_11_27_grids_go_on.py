"""a grid keeps its id when another plan begins; days of ownership hold no plan, which follows from the day"""

from alembic import op

revision = "5b1f0c7d3e27"
down_revision = "5d3c1f0a9b62"
branch_labels = None
depends_on = None

# What waits while a change of plans gives ids, and what goes with the row of its grid by itself.
WAITS = "deferrable initially immediate"
KEYS = {
    ("plan_atoms", "grid_id"): ("", WAITS),
    ("posts", "grid_id"): ("", WAITS),
    ("grids", "parent_id"): ("", WAITS),
    ("grid_statistics", "grid_id"): ("on delete cascade", f"on delete cascade {WAITS}"),
    ("grid_boundaries", "grid_id"): ("on delete cascade", "on delete cascade on update cascade"),
}

# Between two plans customers hold the grids of the one that is over. One that had no day was never in force.
_UNDER = """
create function placed_under(day date) returns bigint language sql stable parallel safe
return (select id from plans
         where state in ('IN_FORCE', 'RETIRED') and from_on <= day and (to_on is null or to_on > from_on)
         order by from_on desc limit 1)
"""
_ON = """
create function placements_on(day date)
returns table (customer_id bigint, from_on date, to_on date, plan_id bigint, grid_id bigint, org_unit_id bigint,
               owner_id bigint, cause varchar) language sql stable parallel safe
begin atomic
    select p.customer_id, p.from_on, p.to_on, case when p.grid_id is not null then (select placed_under(day)) end,
           p.grid_id, p.org_unit_id, p.owner_id, p.cause
      from placements p where p.from_on <= day and day < p.to_on;
end
"""
_ON_BEFORE = """
create function placements_on(day date) returns setof placements language sql stable parallel safe as $$
    select * from placements where from_on <= day and day < to_on
$$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for (table, column), (_, after) in KEYS.items():
        _key(table, column, after)
    op.execute("drop function placements_on(date)")
    op.execute("alter table placements drop plan_id")
    op.execute(_UNDER)
    op.execute(_ON)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("drop function placements_on(date)")
    op.execute("alter table placements add plan_id bigint")
    op.execute("update placements set plan_id = placed_under(from_on) where grid_id is not null")
    op.execute("drop function placed_under(date)")
    op.execute(_ON_BEFORE)
    for (table, column), (before, _) in KEYS.items():
        _key(table, column, before)


def _key(table: str, column: str, kind: str) -> None:
    name = f"{table}_{column}_fkey"
    op.execute(f"alter table {table} drop constraint {name}")
    op.execute(
        f"alter table {table} add constraint {name} foreign key ({column}) references grids (id) {kind}"
    )
