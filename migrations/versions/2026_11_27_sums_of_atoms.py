"""what the customers of each atom came to on each day, so that figures can be asked under any plan"""

import sqlalchemy as sa
from alembic import op

revision = "a70a5a45b027"
down_revision = "b3e6d0a91c47"
branch_labels = None
depends_on = None

KEPT = """
insert into retention (what, days, why) values
    ('atom_sums', 400, '每日的原子汇总用于按任一方案重算网格指标；月末的长期保留'),
    ('plan_changes', null, '谁在哪一版改了网格方案，与方案同存')
"""
COUNTS = ("customers", "located", "visited_90d", "key_customers")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "atom_sums",
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("atom_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("deposit_fen", sa.BigInteger(), nullable=False),
        sa.Column("loan_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_visits", sa.Integer(), nullable=False),
        sa.Column("at_risk", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("data_date", "atom_id", "kind", "tier", name="atom_sums_pkey"),
    )
    op.execute(KEPT)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what in ('atom_sums', 'plan_changes')")
    op.drop_table("atom_sums")
