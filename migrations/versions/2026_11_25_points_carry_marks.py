"""kind, tier and band on the points that tiles read"""

import sqlalchemy as sa
from alembic import op

revision = "ce11a5c0de26"
down_revision = "ce11a5c0de25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer_points", sa.Column("kind", sa.String()))
    op.add_column("customer_points", sa.Column("tier", sa.String()))
    op.add_column("customer_points", sa.Column("attrition_band", sa.SmallInteger()))
    # Tiles show them from this day on, so they are filled before the next night. No point goes anywhere: the cells
    # need not look.
    op.execute("alter table customer_points disable trigger cells_follow_update")
    op.execute("""
        update customer_points p set kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
          from customers c where c.id = p.customer_id
    """)
    op.execute("alter table customer_points enable trigger cells_follow_update")


def downgrade() -> None:
    for name in ("attrition_band", "tier", "kind"):
        op.drop_column("customer_points", name)
