"""the denominator of a funnel's step as a number; null until a night has counted it"""

import sqlalchemy as sa
from alembic import op

revision = "c0de5a11e001"
down_revision = "5a1c0de5a002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("funnel_counts", sa.Column("denominator_count", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("funnel_counts", "denominator_count")
