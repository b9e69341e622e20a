"""indexes for keys onto atoms: each that a list takes away again is looked for behind them"""

from alembic import op

revision = "c2a6e91f5d27"
down_revision = "7d20c9ab41e6"
branch_labels = None
depends_on = None

KEYS = (("atom_borders", "other_id"), ("plan_atoms", "atom_id"))


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, column in KEYS:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, column in KEYS:
        op.drop_index(f"ix_{table}_{column}", table)
