"""a bank's own form of a feed is described, and a batch knows by which description it was read"""

import sqlalchemy as sa
from alembic import op

revision = "5d3e0b9a7c41"
down_revision = "f11e5c0de001"
branch_labels = None
depends_on = None

BEFORE = "batches_feed_data_date_sequence_control_sha256_key"
AFTER = "batches_feed_source_data_date_sequence_control_sha256_key"
GRANTED = """
    update roles set permissions = permissions || 'feeds.describe'::varchar
     where 'feeds.release' = any(permissions) and not 'feeds.describe' = any(permissions)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "feed_adapters",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.BigInteger(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("replaces_id", sa.BigInteger(), sa.ForeignKey("feed_adapters.id")),
        sa.CheckConstraint("length(text) <= 262144", name="feed_adapters_text_check"),
    )
    op.create_index("ix_feed_adapters_source", "feed_adapters", ["feed", "source", "from_on", "id"])
    op.add_column("batches", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("batches", sa.Column("adapter_id", sa.BigInteger(), sa.ForeignKey("feed_adapters.id")))
    op.add_column(
        "batches", sa.Column("is_increment", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.drop_constraint(BEFORE, "batches")
    op.create_unique_constraint(
        AFTER, "batches", ["feed", "source", "data_date", "sequence", "control_sha256"]
    )
    op.execute(GRANTED)


def downgrade() -> None:
    """Batches of a bank's own form go with their descriptions: an earlier release could not tell them apart."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("update roles set permissions = array_remove(permissions, 'feeds.describe')")
    op.execute(
        "delete from quarantined_rows using batches b where b.id = batch_id and b.adapter_id is not null"
    )
    op.execute("delete from batches where adapter_id is not null")
    op.drop_constraint(AFTER, "batches")
    op.create_unique_constraint(BEFORE, "batches", ["feed", "data_date", "sequence", "control_sha256"])
    op.drop_column("batches", "is_increment")
    op.drop_column("batches", "adapter_id")
    op.drop_column("batches", "source")
    op.drop_table("feed_adapters")
