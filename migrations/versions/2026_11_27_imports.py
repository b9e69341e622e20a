"""lists that people bring: imports with their changes and problems; days of units and staff, leave"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e5027b10a3c4"
down_revision = "b41a9ce1a027"
branch_labels = None
depends_on = None

_WATCHED = "insert or delete or update of role, org_unit_id, is_active"


def _watch_staff(changes: str) -> None:
    op.execute("drop trigger staff_raise_rights_version on staff")
    op.execute(f"""create trigger staff_raise_rights_version after {changes} on staff
                   for each statement execute function raise_rights_version()""")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("org_units", sa.Column("address", sa.String()))
    op.add_column("staff", sa.Column("from_on", sa.Date()))
    op.add_column("staff", sa.Column("to_on", sa.Date()))
    # Whether somebody works here hangs on his days as well.
    _watch_staff(_WATCHED + ", from_on, to_on")
    op.create_table(
        "org_unit_days",
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.BigInteger()),
        sa.CheckConstraint("from_on < to_on", name="org_unit_days_days_check"),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_units.id"], name="org_unit_days_org_unit_id_fkey"),
        sa.ForeignKeyConstraint(["parent_id"], ["org_units.id"], name="org_unit_days_parent_id_fkey"),
        sa.PrimaryKeyConstraint("org_unit_id", "to_on", name="org_unit_days_pkey"),
    )
    op.create_table(
        "staff_days",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date()),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("duty", sa.String()),
        sa.CheckConstraint("from_on < to_on", name="staff_days_days_check"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="staff_days_staff_id_fkey"),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_units.id"], name="staff_days_org_unit_id_fkey"),
        sa.ForeignKeyConstraint(["role"], ["roles.code"], name="staff_days_role_fkey"),
        sa.PrimaryKeyConstraint("staff_id", "to_on", name="staff_days_pkey"),
    )
    op.create_table(
        "staff_leaves",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.CheckConstraint("from_on < to_on", name="staff_leaves_days_check"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="staff_leaves_staff_id_fkey"),
        sa.PrimaryKeyConstraint("staff_id", "from_on", name="staff_leaves_pkey"),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("new_rows", sa.Integer(), nullable=False),
        sa.Column("changed_rows", sa.Integer(), nullable=False),
        sa.Column("ended_rows", sa.Integer(), nullable=False),
        sa.Column("same_rows", sa.Integer(), nullable=False),
        sa.Column("refused_rows", sa.Integer(), nullable=False),
        sa.Column("notes", postgresql.JSONB(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger()),
        sa.Column("tried_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("applied_by_id", sa.BigInteger()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by_id", sa.BigInteger()),
        sa.Column("reason", sa.String()),
        sa.CheckConstraint("state in ('TRIED', 'APPLIED', 'UNDONE')", name="imports_state_check"),
        sa.CheckConstraint(
            "actor_kind in ('STAFF', 'CUSTOMER', 'PARTNER', 'SYSTEM')"
            " and (actor_kind = 'SYSTEM') = (actor_id is null)",
            name="ck_imports_actor",
        ),
        sa.ForeignKeyConstraint(["applied_by_id"], ["staff.id"], name="imports_applied_by_id_fkey"),
        sa.ForeignKeyConstraint(["undone_by_id"], ["staff.id"], name="imports_undone_by_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="imports_pkey"),
    )
    op.create_index("ix_imports_kind", "imports", ["kind", "id"])
    op.create_table(
        "import_changes",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("key", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("before", postgresql.JSONB()),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("sheet", sa.String()),
        sa.Column("row", sa.Integer()),
        sa.CheckConstraint("act in ('NEW', 'CHANGED', 'ENDED')", name="import_changes_act_check"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="import_changes_import_id_fkey"),
        sa.PrimaryKeyConstraint("import_id", "position", name="import_changes_pkey"),
    )
    op.create_table(
        "import_problems",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("sheet_column", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("said", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="import_problems_import_id_fkey"),
        sa.PrimaryKeyConstraint("import_id", "position", name="import_problems_pkey"),
    )
    # Who decides on roles and grants decides on lists, who proposes those brings them.
    _add("rights.propose", ("imports.view", "imports.bring"))
    _add("rights.decide", ("imports.view", "imports.decide"))


def _add(held: str, permissions: tuple[str, ...]) -> None:
    for one in permissions:
        op.execute(
            f"update roles set permissions = array_append(permissions, '{one}')"
            f" where '{held}' = any(permissions) and not '{one}' = any(permissions)"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for one in ("imports.view", "imports.bring", "imports.decide"):
        op.execute(f"update roles set permissions = array_remove(permissions, '{one}')")
    for table in (
        "import_problems",
        "import_changes",
        "imports",
        "staff_leaves",
        "staff_days",
        "org_unit_days",
    ):
        op.drop_table(table)
    _watch_staff(_WATCHED)
    op.drop_column("staff", "to_on")
    op.drop_column("staff", "from_on")
    op.drop_column("org_units", "address")
