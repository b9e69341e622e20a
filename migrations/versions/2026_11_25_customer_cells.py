"""counts of customers by cells of the map, kept by the table of points itself; what tiles need of shapes"""

import sqlalchemy as sa
from alembic import op

revision = "ce11a5c0de25"
down_revision = "5c04e5a11001"
branch_labels = None
depends_on = None

# Whole numbers, so that a cell lies in one tile and a tile in one of the next zoom, whatever the fractions were:
# columns from the west and rows from the north of the map of the world, 2^24 each, 64 to a side of a tile of zoom 18.
# A body that is parsed here and now and not at each call: pg_restore makes indexes under an empty search path, where a
# text's `st_x` is not found, and a backup came back without the indexes of places.
MERCATOR = """
create function mercator_{name}(point geometry) returns integer language sql immutable strict parallel safe
return floor(({metres}) * (16777216 / 40075016.685578488))::integer
"""
COLUMN = MERCATOR.format(name="column", metres="st_x(point) + 20037508.342789244")
ROW = MERCATOR.format(name="row", metres="20037508.342789244 - st_y(point)")

# Instead of an index of places and one of the scope each: a tile asks for both at once, and within a scope only.
SCOPES = {"org_unit_id": "org", "grid_id": "grid"}
PLACES = """
create index ix_customer_points_{name} on customer_points
       ({column}, mercator_row(point_3857), mercator_column(point_3857))
"""

ADDED = "select point_3857, org_unit_id, grid_id, 1 as customers from added"
REMOVED = "select point_3857, org_unit_id, grid_id, -1 as customers from removed"

# From the finest zoom that is kept, 14, to the coarsest, 6: only cells whose count is another one now, and in order, so
# that two transactions that touch the same cells wait for each other and do not deadlock.
SHIFT = """
    with shifted as (
        select mercator_column(point_3857) >> 4 as x, mercator_row(point_3857) >> 4 as y, org_unit_id, grid_id,
               sum(customers) as customers
          from ({moved}) as moved
         group by 1, 2, 3, 4 having sum(customers) <> 0),
    pyramid as (
        select zoom::smallint, x >> (14 - zoom) as x, y >> (14 - zoom) as y, org_unit_id, grid_id, customers
          from shifted, generate_series(6, 14) as zoom)
    insert into customer_cells as kept (zoom, tile_x, tile_y, cell, org_unit_id, grid_id, customers)
    select zoom, x >> 6, y >> 6, ((y & 63) << 6) | (x & 63), org_unit_id, grid_id, sum(customers)
      from pyramid
     group by 1, 2, 3, 4, 5, 6 having sum(customers) <> 0
     order by 1, 2, 3, 4, 5, 6
        on conflict (zoom, tile_x, tile_y, cell, org_unit_id, grid_id)
        do update set customers = kept.customers + excluded.customers;
"""
FUNCTION = """
create function count_{event}_points() returns trigger language plpgsql as $$
begin{body}
    delete from customer_cells where customers = 0;
    return null;
end $$
"""
EVENTS = {
    "insert": ("referencing new table as added", ADDED),
    "update": ("referencing old table as removed new table as added", f"{ADDED} union all {REMOVED}"),
    "delete": ("referencing old table as removed", REMOVED),
}


def upgrade() -> None:
    op.execute(COLUMN)
    op.execute(ROW)
    op.create_table(
        "customer_cells",
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("tile_x", sa.Integer(), nullable=False),
        sa.Column("tile_y", sa.Integer(), nullable=False),
        sa.Column("cell", sa.SmallInteger(), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger()),
        sa.Column("grid_id", sa.BigInteger()),
        sa.Column("customers", sa.Integer(), nullable=False),
    )
    op.create_index(
        "ix_customer_cells_place",
        "customer_cells",
        ["zoom", "tile_x", "tile_y", "cell", "org_unit_id", "grid_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "ix_customer_cells_empty", "customer_cells", ["zoom"], postgresql_where=sa.text("customers = 0")
    )
    for event, (transition, moved) in EVENTS.items():
        op.execute(FUNCTION.format(event=event, body=SHIFT.format(moved=moved)))
        op.execute(
            f"create trigger cells_follow_{event} after {event} on customer_points {transition}"
            f" for each statement execute function count_{event}_points()"
        )
    op.execute(FUNCTION.format(event="truncate", body="\n    update customer_cells set customers = 0;"))
    op.execute(
        "create trigger cells_follow_truncate after truncate on customer_points"
        " for each statement execute function count_truncate_points()"
    )
    # Tiles read the cells from this day on, so they are filled before the next night.
    op.execute(SHIFT.format(moved=ADDED.replace("from added", "from customer_points")))
    for column, name in SCOPES.items():
        op.execute(PLACES.format(column=column, name=name))
        op.drop_index(f"ix_customer_points_{column}", "customer_points")
    op.drop_index("idx_customer_points_point_3857", "customer_points")
    op.execute(
        "alter table grid_boundaries add centre_3857 geometry(point, 3857) not null"
        " generated always as (st_pointonsurface(boundary_3857)) stored"
    )
    op.execute(
        "alter table county_outlines add limit_3857 geometry(multilinestring, 3857) not null"
        " generated always as (st_multi(st_transform(st_boundary(boundary_wgs84), 3857))) stored"
    )


def downgrade() -> None:
    op.drop_column("county_outlines", "limit_3857")
    op.drop_column("grid_boundaries", "centre_3857")
    for event in (*EVENTS, "truncate"):
        op.execute(f"drop trigger cells_follow_{event} on customer_points")
        op.execute(f"drop function count_{event}_points()")
    op.drop_table("customer_cells")
    op.create_index(
        "idx_customer_points_point_3857", "customer_points", ["point_3857"], postgresql_using="gist"
    )
    for column, name in SCOPES.items():
        op.create_index(f"ix_customer_points_{column}", "customer_points", [column])
        op.drop_index(f"ix_customer_points_{name}", "customer_points")
    op.execute("drop function mercator_column(geometry)")
    op.execute("drop function mercator_row(geometry)")
