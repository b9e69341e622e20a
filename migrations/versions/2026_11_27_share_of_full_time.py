"""how much of full time somebody works, with its days"""

import sqlalchemy as sa
from alembic import op

revision = "5b8e2f4c9d17"
down_revision = "c4f1d7e0a9b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("staff", "staff_days"):
        op.add_column(
            table, sa.Column("full_time_percent", sa.SmallInteger(), nullable=False, server_default="100")
        )
        op.create_check_constraint(
            f"{table}_full_time_percent_check", table, "full_time_percent between 1 and 100"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("staff_days", "staff"):
        op.drop_column(table, "full_time_percent")
