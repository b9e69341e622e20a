"""loans, customers and lines tell more: currency, use, farmers, what was written off, what was reported"""

import sqlalchemy as sa
from alembic import op

revision = "b3e6d0a91c47"
down_revision = "d4af75a1b027"
branch_labels = None
depends_on = None

_TEXTS = {
    "src_loan": (
        "currency",
        "farm_use",
        "farmer_at_drawdown",
        "policy",
        "written_off",
        "transferred",
        "entrusted",
        "reported_farm",
        "reported_inclusive_farm",
        "reported_inclusive_small",
    ),
    "src_core_customer": ("size_class", "registered_place", "runs", "runs_uscc"),
    "src_credit_line": ("currency", "guarantee"),
    "loans": ("industry", "guarantee", "five_class", "farm_use", "policy"),
}
_FLAGS = ("was_farmer", "reported_farm", "reported_inclusive_farm", "reported_inclusive_small")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, names in _TEXTS.items():
        kind = sa.String() if table == "loans" else sa.Text()
        for name in names:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("src_core_customer", sa.Column("size_year", sa.Integer(), nullable=True))
    for name in _FLAGS:
        op.add_column("loans", sa.Column(name, sa.Boolean(), nullable=True))
    op.create_table(
        "loans_apart",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("balance_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("overdue_days", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "standing in ('BOOKS', 'WRITTEN_OFF', 'TRANSFERRED', 'ENTRUSTED')",
            name="loans_apart_standing_check",
        ),
        sa.PrimaryKeyConstraint("customer_id", "number", name="loans_apart_pkey"),
    )
    op.create_table(
        "foreign_credit_lines",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_no", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("line_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("used_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "contract_no", name="foreign_credit_lines_pkey"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("foreign_credit_lines")
    op.drop_table("loans_apart")
    for name in _FLAGS:
        op.drop_column("loans", name)
    op.drop_column("src_core_customer", "size_year")
    for table, names in _TEXTS.items():
        for name in names:
            op.drop_column(table, name)
