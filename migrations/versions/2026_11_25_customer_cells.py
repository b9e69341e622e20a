"""counts of customers by cells of the map; places in whole numbers, kind, tier and band on the points of tiles"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "ce11a5c0de25"
down_revision = "5c04e5a11001"
branch_labels = None
depends_on = None

# Columns from the west and rows from the north of the map of the world, 2^30 each: a cell lies in one tile and a tile
# in one of the next zoom, whatever the fractions were.
STEPS = "integer not null generated always as (floor(({share}) * 1073741824)::integer) stored"
COLUMN, ROW = "st_x({point}) / 40075016.685578488 + 0.5", "0.5 - st_y({point}) / 40075016.685578488"
CENTRE = "st_pointonsurface(boundary_3857)"

# Instead of an index of places and one of the scope each: a tile asks for both at once, and within a scope only.
SCOPES = {"org_unit_id": "org", "grid_id": "grid"}

COUNT = """
insert into customer_cells
with finest as (
    select mercator_column >> 10 as x, mercator_row >> 10 as y, coalesce(org_unit_id, 0) as org_unit_id,
           coalesce(grid_id, 0) as grid_id, count(*) as customers
      from customer_points group by 1, 2, 3, 4),
cells as (
    select zoom, x >> (14 - zoom) as x, y >> (14 - zoom) as y, org_unit_id, grid_id, sum(customers)::int as customers
      from finest, generate_series(6, 14) as zoom group by 1, 2, 3, 4, 5)
select zoom, x >> 6, y >> 6, org_unit_id, grid_id, sum(customers),
       array_agg(cell order by cell), array_agg(customers order by cell)
  from (select *, ((y & 63) << 6 | (x & 63))::smallint as cell from cells) as placed
 group by 1, 2, 3, 4, 5
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _carry_marks()
    _place_in_steps()
    op.create_table(
        "customer_cells",
        sa.Column("zoom", sa.SmallInteger(), nullable=False),
        sa.Column("tile_x", sa.Integer(), nullable=False),
        sa.Column("tile_y", sa.Integer(), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("counts", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("zoom", "tile_x", "tile_y", "org_unit_id", "grid_id"),
    )
    # Tiles read the cells from this day on, so they are filled before the next night.
    op.execute(COUNT)
    # What browsers keep under the version in force has another picture.
    op.execute(
        "update settings set value = to_jsonb(concat(value #>> '{}', '.1'))"
        " where name = 'tile_version' and value #>> '{}' not like '%.%'"
    )
    op.execute(
        "alter table county_outlines add limit_3857 geometry(multilinestring, 3857) not null"
        " generated always as (st_multi(st_transform(st_boundary(boundary_wgs84), 3857))) stored"
    )


def _carry_marks() -> None:
    """Tiles show them from this day on too."""
    op.drop_index("idx_customer_points_point_3857", "customer_points")
    for column in SCOPES:
        op.drop_index(f"ix_customer_points_{column}", "customer_points")
    op.add_column("customer_points", sa.Column("kind", sa.String()))
    op.add_column("customer_points", sa.Column("tier", sa.String()))
    op.add_column("customer_points", sa.Column("attrition_band", sa.SmallInteger()))
    op.execute("""
        update customer_points p set kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
          from customers c where c.id = p.customer_id
    """)


def _place_in_steps() -> None:
    """Writes both tables anew, and with it clears away what the update has left behind."""
    op.execute("alter table customer_points set (fillfactor = 70)")
    for table, name, point in (
        ("customer_points", "mercator", "point_3857"),
        ("grid_boundaries", "centre", CENTRE),
    ):
        op.execute(
            f"alter table {table} add {name}_column {STEPS.format(share=COLUMN.format(point=point))},"
            f" add {name}_row {STEPS.format(share=ROW.format(point=point))}"
        )
    for column, name in SCOPES.items():
        op.create_index(
            f"ix_customer_points_{name}", "customer_points", [column, "mercator_row", "mercator_column"]
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("county_outlines", "limit_3857")
    op.drop_table("customer_cells")
    for name in ("centre_column", "centre_row"):
        op.drop_column("grid_boundaries", name)
    for name in SCOPES.values():
        op.drop_index(f"ix_customer_points_{name}", "customer_points")
    for name in ("mercator_column", "mercator_row", "attrition_band", "tier", "kind"):
        op.drop_column("customer_points", name)
    op.create_index(
        "idx_customer_points_point_3857", "customer_points", ["point_3857"], postgresql_using="gist"
    )
    for column in SCOPES:
        op.create_index(f"ix_customer_points_{column}", "customer_points", [column])
    op.execute("alter table customer_points reset (fillfactor)")
