"""nights one at a time, seals in order"""

import sqlalchemy as sa
from alembic import op

revision = "51ebdb79cc7d"
down_revision = "06322c3f03d9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # No row has been sealed before this revision: nothing filled the table.
    op.add_column("audit_seals", sa.Column("position", sa.BigInteger(), nullable=False))
    op.create_unique_constraint("audit_seals_position_key", "audit_seals", ["position"])
    op.add_column("night_runs", sa.Column("retrain", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("night_runs", "retrain", server_default=None)
    op.add_column("night_runs", sa.Column("message", sa.String(), nullable=True))
    op.create_index(
        "uq_night_runs_running",
        "night_runs",
        ["state"],
        unique=True,
        postgresql_where=sa.text("state = 'RUNNING'"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("uq_night_runs_running", table_name="night_runs")
    op.drop_column("night_runs", "message")
    op.drop_column("night_runs", "retrain")
    op.drop_constraint("audit_seals_position_key", "audit_seals", type_="unique")
    op.drop_column("audit_seals", "position")
