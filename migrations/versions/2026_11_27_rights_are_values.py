"""roles as rows, a tree of units with days, and what is granted to one member of staff"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "719475a1e027"
down_revision = "da7edfac7527"
branch_labels = None
depends_on = None

EVERYBODY = ["customers.view", "grids.view", "performance.view", "tasks.view_walk", "models.explain"]
PROPOSES = ["parameters.view", "parameters.propose", "proposals.view"]
ROLES = (
    (
        "HEAD_OFFICE",
        "总行",
        [*EVERYBODY, "nights.view", "models.view", *PROPOSES, "parameters.decide"],
        "HEAD",
        "BANK",
    ),
    # Keeps the machine running and sees no customer.
    (
        "ADMINISTRATOR",
        "系统管理员",
        ["grids.view", "nights.view", "nights.start", "models.view", "performance.view", *PROPOSES],
        "ALL",
        "NOTHING",
    ),
    (
        "OUTLET_MANAGER",
        "网点负责人",
        [*EVERYBODY, "tasks.record_visit", "customers.cut_link", "nights.view", "models.view"],
        "OUTLET",
        "OWN_UNIT",
    ),
    ("CUSTOMER_MANAGER", "客户经理", [*EVERYBODY, "tasks.record_visit"], "FULL_OWN", "OWN_GRIDS"),
)

# UNION leaves out what was found before, so that units which stand above each other by mistake end it too.
UNITS_BELOW = """
create function units_below(roots bigint[], day date) returns setof bigint language sql stable as $$
    with recursive below (id) as (
        select unit.id from org_units unit
         where unit.id = any(roots)
           and (unit.from_on is null or unit.from_on <= day) and (unit.to_on is null or unit.to_on > day)
         union
        select unit.id from below join org_units unit on unit.parent_id = below.id
         where (unit.from_on is null or unit.from_on <= day) and (unit.to_on is null or unit.to_on > day))
    select id from below
$$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    roles = op.create_table(
        "roles",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("mask", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.CheckConstraint("scope in ('BANK', 'OWN_UNIT', 'OWN_GRIDS', 'NOTHING')", name="roles_scope_check"),
        sa.CheckConstraint("mask ~ '^[A-Z_]+$'", name="roles_mask_check"),
    )
    names = ("code", "name", "permissions", "mask", "scope")
    op.bulk_insert(
        roles,
        [{**dict(zip(names, role, strict=True)), "position": n} for n, role in enumerate(ROLES, start=1)],
    )
    op.execute("alter table staff drop constraint staff_role_check")
    op.create_foreign_key("staff_role_fkey", "staff", "roles", ["role"], ["code"])
    _organisation()
    _grants()


def _organisation() -> None:
    op.execute("alter table org_units drop constraint org_units_kind_check")
    op.add_column("org_units", sa.Column("from_on", sa.Date()))
    op.add_column("org_units", sa.Column("to_on", sa.Date()))
    op.create_check_constraint("org_units_parent_check", "org_units", "parent_id <> id")
    op.create_index("ix_org_units_parent_id", "org_units", ["parent_id"])
    op.execute(UNITS_BELOW)


def _grants() -> None:
    op.create_table(
        "scope_grants",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        sa.Column(
            "staff_id",
            sa.BigInteger(),
            sa.ForeignKey("staff.id", name="scope_grants_staff_id_fkey"),
            nullable=False,
        ),
        sa.Column(
            "unit_id", sa.BigInteger(), sa.ForeignKey("org_units.id", name="scope_grants_unit_id_fkey")
        ),
        sa.Column("grid_id", sa.BigInteger(), sa.ForeignKey("grids.id", name="scope_grants_grid_id_fkey")),
        sa.Column("customer_id", sa.BigInteger()),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.CheckConstraint("num_nonnulls(unit_id, grid_id, customer_id) = 1", name="scope_grants_one_check"),
    )
    op.create_index("ix_scope_grants_staff_id", "scope_grants", ["staff_id"])
    op.create_index("ix_scope_grants_customer_id", "scope_grants", ["customer_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("scope_grants")
    op.execute("drop function units_below")
    op.drop_index("ix_org_units_parent_id", "org_units")
    op.drop_constraint("org_units_parent_check", "org_units")
    op.drop_column("org_units", "to_on")
    op.drop_column("org_units", "from_on")
    op.create_check_constraint("org_units_kind_check", "org_units", "kind in ('HEAD_OFFICE', 'OUTLET')")
    op.drop_constraint("staff_role_fkey", "staff")
    op.create_check_constraint(
        "staff_role_check",
        "staff",
        "role in ('HEAD_OFFICE', 'ADMINISTRATOR', 'OUTLET_MANAGER', 'CUSTOMER_MANAGER')",
    )
    op.drop_table("roles")
