"""a visit counts at one instant, made of the device's clock, its last contact and the receipt

Those recorded before had no contact; their devices ran at most five minutes ahead, so their own start is kept up to the
receipt.
"""

import sqlalchemy as sa
from alembic import op

revision = "c04e7ed47a27"
down_revision = "c04740115a1d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for column in ("counted_at", "contact_device_at", "contact_server_at"):
        op.add_column("visits", sa.Column(column, sa.DateTime(timezone=True)))
    op.execute("update visits set counted_at = least(started_at, received_at)")
    op.alter_column("visits", "counted_at", nullable=False)
    op.create_check_constraint("visits_counted_at_check", "visits", "counted_at <= received_at")
    _replace_indexes("counted_at")
    op.create_index("ix_visits_counted", "visits", ["counted_at"])


def _replace_indexes(instant: str) -> None:
    op.drop_index("ix_visits_customer", "visits")
    op.drop_index("ix_visits_staff", "visits")
    op.create_index("ix_visits_customer", "visits", ["customer_id", instant, "id"])
    op.create_index("ix_visits_staff", "visits", ["staff_id", instant])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_visits_counted", "visits")
    _replace_indexes("started_at")
    op.drop_constraint("visits_counted_at_check", "visits")
    for column in ("contact_server_at", "contact_device_at", "counted_at"):
        op.drop_column("visits", column)
