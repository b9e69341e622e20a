"""how long ago the last visit was, on points, cells and grids of the map"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b11d5b07d427"
down_revision = "1eaf0ff0e027"
branch_labels = None
depends_on = None

COUNTS = ("visited_180d", "visited_365d", "visited_ever")
SEEN = ("visited_90d", *COUNTS)
DAY = "(select cast(value #>> '{}' as date) from settings where name = 'data_date')"

# Before the first night there is no day to count from, and nobody on the map.
MARK = f"""
update customer_points p
   set visit_class = case when c.last_visit_on > d.day - 90 then 0 when c.last_visit_on > d.day - 180 then 1
                          when c.last_visit_on > d.day - 365 then 2 else 3 end
  from customers c, (select {DAY} as day) d
 where c.id = p.customer_id and c.last_visit_on is not null and d.day is not null
"""
COUNT_CELLS = """
insert into visit_cells
with finest as (
    select mercator_column >> 10 as x, mercator_row >> 10 as y, coalesce(org_unit_id, 0) as org_unit_id,
           coalesce(grid_id, 0) as grid_id, count(*) as customers,
           count(*) filter (where visit_class <= 0) as d90, count(*) filter (where visit_class <= 1) as d180,
           count(*) filter (where visit_class <= 2) as d365, count(*) filter (where visit_class <= 3) as ever
      from customer_points group by 1, 2, 3, 4),
cells as (
    select zoom, x >> (14 - zoom) as x, y >> (14 - zoom) as y, org_unit_id, grid_id, sum(customers)::int as customers,
           sum(d90)::int as d90, sum(d180)::int as d180, sum(d365)::int as d365, sum(ever)::int as ever
      from finest, generate_series(6, 14) as zoom group by 1, 2, 3, 4, 5)
select zoom, x >> 6, y >> 6, org_unit_id, grid_id, array_agg(cell order by cell), array_agg(customers order by cell),
       array_agg(d90 order by cell), array_agg(d180 order by cell), array_agg(d365 order by cell),
       array_agg(ever order by cell)
  from (select *, ((y & 63) << 6 | (x & 63))::smallint as cell from cells) as placed
 group by 1, 2, 3, 4, 5
"""
COUNT_GRIDS = f"""
update grid_statistics s
   set visited_180d = f.d180, visited_365d = f.d365, visited_ever = f.ever, median_days_unvisited = f.median
  from (select g.id, count(*) filter (where c.last_visit_on > d.day - 180) as d180,
               count(*) filter (where c.last_visit_on > d.day - 365) as d365, count(*) as ever,
               percentile_disc(0.5) within group (order by greatest(d.day - c.last_visit_on, 0)) as median
          from customers c
          join grids own on own.id = c.grid_id
          cross join (select {DAY} as day) d
          cross join lateral (values (own.id), (own.parent_id)) as g (id)
         where c.status = 'ACTIVE' and c.last_visit_on is not null and d.day is not null
         group by g.id) f
 where f.id = s.grid_id
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "customer_points", sa.Column("visit_class", sa.SmallInteger(), nullable=False, server_default="4")
    )
    for name in COUNTS:
        op.add_column("grid_statistics", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("grid_statistics", sa.Column("median_days_unvisited", sa.Integer()))
    op.create_table(
        "visit_cells",
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("tile_x", sa.Integer(), nullable=False),
        sa.Column("tile_y", sa.Integer(), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.Column("cells", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("counts", postgresql.ARRAY(sa.Integer()), nullable=False),
        *(sa.Column(name, postgresql.ARRAY(sa.Integer()), nullable=False) for name in SEEN),
        sa.PrimaryKeyConstraint("zoom", "tile_x", "tile_y", "org_unit_id", "grid_id"),
    )
    # The map can be coloured by visits from this day on, so all is filled before the next night.
    op.execute(MARK)
    op.execute(COUNT_CELLS)
    op.execute(COUNT_GRIDS)
    # What browsers keep under the version in force lacks the figures.
    op.execute(
        "update settings set value = to_jsonb(concat(value #>> '{}', '.1')) where name = 'tile_version'"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("visit_cells")
    for name in (*COUNTS, "median_days_unvisited"):
        op.drop_column("grid_statistics", name)
    op.drop_column("customer_points", "visit_class")
