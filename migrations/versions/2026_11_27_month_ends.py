"""what customers had at the last thirteen month-ends; the next night fills it"""

from alembic import op

revision = "3047e4d50027"
down_revision = "5a1d0f2164ed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        create table month_ends (
            customer_id bigint not null,
            month_on date not null,
            deposit_fen bigint not null,
            loan_fen bigint not null,
            turnover_fen bigint not null,
            constraint month_ends_pkey primary key (customer_id, month_on))
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("drop table month_ends")
    op.execute("delete from settings where name = 'month_ends'")
