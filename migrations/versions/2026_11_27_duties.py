"""who is given customers by the books stands with the member of staff, and a grant names its grid by the code"""

import sqlalchemy as sa
from alembic import op

revision = "d07135f1e127"
down_revision = "9050101e5027"
branch_labels = None
depends_on = None

# A unit that is there on the day; else the nearest above it that is. No row: nothing above it is there either.
UNIT_STANDING = """
create function unit_standing(unit bigint, day date) returns bigint language sql stable as $$
    with recursive up (id, above, is_there, way) as (
        select id, parent_id, (from_on is null or from_on <= day) and (to_on is null or to_on > day), array[id]
          from org_units where id = unit
         union all
        select above.id, above.parent_id,
               (above.from_on is null or above.from_on <= day) and (above.to_on is null or above.to_on > day),
               up.way || above.id
          from up join org_units above on above.id = up.above
         where not up.is_there and above.id <> all(up.way))
    select id from up where is_there
$$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(UNIT_STANDING)
    op.add_column("staff", sa.Column("duty", sa.String()))
    # Until now the scope of the role decided it.
    op.execute("""
        update staff set duty = case roles.scope when 'OWN_GRIDS' then 'CUSTOMERS' else 'UNIT' end
          from roles where roles.code = staff.role and roles.scope in ('OWN_GRIDS', 'OWN_UNIT')
    """)
    op.create_check_constraint("staff_duty_check", "staff", "duty in ('CUSTOMERS', 'UNIT')")
    op.add_column("scope_grants", sa.Column("grid_code", sa.String()))
    op.drop_constraint("scope_grants_one_check", "scope_grants")
    op.execute(
        "update scope_grants set grid_code = grids.code from grids where grids.id = scope_grants.grid_id"
    )
    op.drop_column("scope_grants", "grid_id")
    op.create_check_constraint(
        "scope_grants_one_check", "scope_grants", "num_nonnulls(unit_id, grid_code, customer_id) = 1"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("scope_grants", sa.Column("grid_id", sa.BigInteger()))
    op.create_foreign_key("scope_grants_grid_id_fkey", "scope_grants", "grids", ["grid_id"], ["id"])
    op.drop_constraint("scope_grants_one_check", "scope_grants")
    # A code that no plan in force has gives nothing, and there is nothing that it could become.
    op.execute("""
        update scope_grants set grid_id = grids.id from grids join plan_in_force on plan_in_force.id = grids.plan_id
         where grids.code = scope_grants.grid_code
    """)
    op.execute("delete from scope_grants where num_nonnulls(unit_id, grid_id, customer_id) = 0")
    op.drop_column("scope_grants", "grid_code")
    op.create_check_constraint(
        "scope_grants_one_check", "scope_grants", "num_nonnulls(unit_id, grid_id, customer_id) = 1"
    )
    op.drop_constraint("staff_duty_check", "staff")
    op.drop_column("staff", "duty")
    op.execute("drop function unit_standing")
