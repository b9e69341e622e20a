"""an address with many failed sign-ins is slowed down, not shut out"""

import sqlalchemy as sa
from alembic import op

revision = "7a1c5e0f42d9"
down_revision = "4e1df11e5a27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("sign_in_failures", sa.Column("next_turn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("sign_in_failures", "next_turn_at")
