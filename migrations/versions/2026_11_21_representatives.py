"""who runs a firm or heads a household, beside the party's own certificate"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5a1c0de5a002"
down_revision = "6d0de15c0e01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "source_records", sa.Column("representative_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=True)
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("source_records", "representative_norm")
