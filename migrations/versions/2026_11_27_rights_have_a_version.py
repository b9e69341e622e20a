"""one number that rises with every change of who may do and see what

By triggers, in the transaction of the change itself, so that no writer has to remember it.
"""

import sqlalchemy as sa
from alembic import op

revision = "a1b7c20e5027"
down_revision = "d07135f1e127"
branch_labels = None
depends_on = None

# With each table, what of an update changes anybody's rights; failed sign-ins and sessions change nobody's.
WATCHED = {
    "accounts": "insert or delete or update of staff_id",
    "staff": "insert or delete or update of role, org_unit_id, is_active",
    "roles": "insert or delete or update of permissions, mask, scope",
    "scope_grants": "insert or delete or update",
    "org_units": "insert or delete or update of parent_id, from_on, to_on",
    "posts": "insert or delete or update",
    "grids": "insert or delete or update of code, parent_id, plan_id",
    "plans": "insert or delete or update of state",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "rights_version",
        sa.Column("is_the_one", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("is_the_one", name="rights_version_pkey"),
        sa.CheckConstraint("is_the_one", name="rights_version_one_check"),
    )
    op.execute("insert into rights_version (version) values (1)")
    op.execute("""
        create function raise_rights_version() returns trigger language plpgsql as $$
        begin update rights_version set version = version + 1; return null; end $$
    """)
    for table, changes in WATCHED.items():
        op.execute(f"""
            create trigger {table}_raise_rights_version after {changes} on {table}
                for each statement execute function raise_rights_version()
        """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in WATCHED:
        op.execute(f"drop trigger {table}_raise_rights_version on {table}")
    op.execute("drop function raise_rights_version()")
    op.drop_table("rights_version")
