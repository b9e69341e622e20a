"""a manager's customers without a grid in the order of their scores"""

import sqlalchemy as sa
from alembic import op

revision = "9a1d1e55c025"
down_revision = "ce11a5c0de25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "ix_customers_gridless_score",
        "customers",
        ["owner_id", sa.text("attrition_score desc nulls last"), "id"],
        postgresql_where=sa.text("grid_id is null"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_customers_gridless_score", "customers")
