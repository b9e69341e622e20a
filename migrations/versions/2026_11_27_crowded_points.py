"""points that many parties share are known as such"""

import sqlalchemy as sa
from alembic import op

revision = "c80aded90127"
down_revision = "f04e1980ca5b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "crowded_points",
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "lon_deg_wgs84", "lat_deg_wgs84", name="crowded_points_pkey"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("crowded_points")
