"""a field of a feed may hold two telephones; both are evidence"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "4c1d7a90b3e2"
down_revision = "c04e7e4e7527"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "source_records", sa.Column("other_phone_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_column("source_records", "other_phone_norm")
