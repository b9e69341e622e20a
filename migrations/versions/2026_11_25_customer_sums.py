"""sums of customers, from which dashboards and groups are read"""

import sqlalchemy as sa
from alembic import op

revision = "c05705e25a25"
down_revision = "c0de5a11e002"
branch_labels = None
depends_on = None

FIGURES = ("customers", "located", "due", "with_loan", "deposit_fen", "loan_fen", "line_fen")


def upgrade() -> None:
    op.create_table(
        "customer_sums",
        sa.Column("org_unit_id", sa.BigInteger()),
        sa.Column("grid_id", sa.BigInteger()),
        sa.Column("owner_id", sa.BigInteger()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attrition_band", sa.SmallInteger()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in FIGURES),
    )
    for name, column in (("org", "org_unit_id"), ("grid", "grid_id"), ("owner", "owner_id")):
        op.create_index(f"ix_customer_sums_{name}", "customer_sums", [column])
    # Dashboards read the sums from this day on, so they are filled before the next night.
    op.execute("""
        insert into customer_sums
        select c.org_unit_id, c.grid_id, c.owner_id, c.kind, c.tier, c.status, c.attrition_band, count(*),
               count(c.lon_deg_wgs84), count(d.customer_id), count(*) filter (where c.loan_fen > 0),
               sum(c.deposit_fen), sum(c.loan_fen), sum(c.line_fen)
          from customers c left join due_visits d on d.customer_id = c.id
         group by 1, 2, 3, 4, 5, 6, 7
    """)


def downgrade() -> None:
    op.drop_table("customer_sums")
