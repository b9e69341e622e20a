"""scores found by block ranges instead of a key, whose making was half the work of writing them"""

from alembic import op

revision = "b10c5ca1e026"
down_revision = "9a1d1e55c025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("alter table scores_attrition drop constraint if exists scores_attrition_pkey")
    op.execute("""
        create index scores_attrition_by_customer on scores_attrition
         using brin (customer_id) with (pages_per_range = 16)
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("drop index if exists scores_attrition_by_customer")
    op.execute("alter table scores_attrition add primary key (customer_id)")
