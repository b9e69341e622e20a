"""whose customer a stop is, where somebody walks for who is away"""

import sqlalchemy as sa
from alembic import op

revision = "1eaf0ff0e027"
down_revision = "7c1e90d4ab52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    key = sa.ForeignKey("staff.id", name="walk_stops_owner_id_fkey")
    op.add_column("walk_stops", sa.Column("owner_id", sa.BigInteger(), key, nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("walk_stops", "owner_id")
