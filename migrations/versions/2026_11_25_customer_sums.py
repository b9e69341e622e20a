"""sums of customers, from which dashboards and groups are read; the funnel is made of them"""

import sqlalchemy as sa
from alembic import op

revision = "c05705e25a25"
down_revision = "c0de5a11e002"
branch_labels = None
depends_on = None

COUNTS = ("customers", "in_grid", "located", "due", "visited", "filed", "granted", "drawn", "with_loan")
FIGURES = (*COUNTS, "deposit_fen", "loan_fen", "line_fen")


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
        with filed as (select distinct customer_id from source_records
                        where feed = 'sunshine_credit' and customer_id is not null),
             half_year_ago as (select cast(cast(value #>> '{}' as date) - interval '6 months' as date) as day
                                 from settings where name = 'data_date')
        select c.org_unit_id, c.grid_id, c.owner_id, c.kind, c.tier, c.status, c.attrition_band, count(*),
               count(c.grid_id), count(c.lon_deg_wgs84), count(d.customer_id),
               count(*) filter (where c.grid_id is not null and c.last_visit_on > h.day),
               count(*) filter (where c.grid_id is not null and f.customer_id is not null),
               count(*) filter (where c.line_fen > 0), count(*) filter (where c.line_fen > 0 and c.loan_fen > 0),
               count(*) filter (where c.loan_fen > 0), sum(c.deposit_fen), sum(c.loan_fen), sum(c.line_fen)
          from customers c
          left join due_visits d on d.customer_id = c.id
          left join filed f on f.customer_id = c.id
          left join half_year_ago h on true
         group by 1, 2, 3, 4, 5, 6, 7
    """)
    op.drop_table("funnel_counts")


def downgrade() -> None:
    op.create_table(
        "funnel_counts",
        sa.Column("org_unit_id", sa.BigInteger(), sa.ForeignKey("org_units.id"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.String(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("denominator_count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("org_unit_id", "step"),
    )
    op.drop_table("customer_sums")
