"""a verdict on a file belongs to what its control file said, so that a correction of that file alone is heard"""

import sqlalchemy as sa
from alembic import op

revision = "c04740115a1d"
down_revision = "7164757a4027"
branch_labels = None
depends_on = None

BY_BYTES = "batches_feed_data_date_sequence_sha256_key"
BY_CONTROL = "batches_feed_data_date_sequence_control_sha256_key"
# Of several verdicts on the same bytes one keeps their hash: that they were taken, else the first.
ONE_OF_THE_SAME_BYTES = """
    update batches b set sha256 = null
     where exists (select from batches other
                    where (other.feed, other.data_date, other.sequence, other.sha256)
                        = (b.feed, b.data_date, b.sequence, b.sha256)
                      and (other.state = 'LOADED', -other.id) > (b.state = 'LOADED', -b.id))
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("batches", sa.Column("control_sha256", sa.String()))
    op.add_column("batches", sa.Column("file_changed_ns", sa.BigInteger()))
    op.drop_constraint(BY_BYTES, "batches")
    op.create_unique_constraint(BY_CONTROL, "batches", ["feed", "data_date", "sequence", "control_sha256"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(ONE_OF_THE_SAME_BYTES)
    op.drop_constraint(BY_CONTROL, "batches")
    op.create_unique_constraint(BY_BYTES, "batches", ["feed", "data_date", "sequence", "sha256"])
    op.drop_column("batches", "file_changed_ns")
    op.drop_column("batches", "control_sha256")
