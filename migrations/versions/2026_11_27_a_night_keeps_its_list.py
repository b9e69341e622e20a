"""a night keeps what each of its steps waits for

A night that runs while this revision comes was laid out without: its steps go on by the list of the release that
carries it out (`api/night/laid_out.py`).
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "a119475115a5"
down_revision = "5ea1ed0fde27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("night_steps", sa.Column("after", ARRAY(sa.Text()), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("night_steps", "after")
