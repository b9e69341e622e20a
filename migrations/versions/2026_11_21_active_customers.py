"""an index of active customers, which every figure counts"""

import sqlalchemy as sa
from alembic import op

revision = "c0de5a11e002"
down_revision = "c0de5a11e001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_customers_active",
        "customers",
        ["org_unit_id", "id", "grid_id"],
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )


def downgrade() -> None:
    op.drop_index("ix_customers_active", table_name="customers")
