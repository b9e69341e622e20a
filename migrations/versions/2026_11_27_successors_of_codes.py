"""successors of codes that were abolished, as lists of them say"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5d3c1f0a9b62"
down_revision = "0b15e1d5a7c3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "code_successors",
        sa.Column("old_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("new_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("old_code"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("code_successors")
