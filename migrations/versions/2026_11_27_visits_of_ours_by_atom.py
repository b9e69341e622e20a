"""what our own visits came to is kept of each day too: days are compared by it"""

import sqlalchemy as sa
from alembic import op

revision = "3c8d51e7f0a4"
down_revision = "8a41c7d2e6f3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "atom_sums", sa.Column("visited_here_90d", sa.Integer(), nullable=False, server_default="0")
    )
    # Until visits of a former system could be brought, every visit known was one of ours.
    op.execute("update atom_sums set visited_here_90d = visited_90d where visited_90d <> 0")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("atom_sums", "visited_here_90d")
