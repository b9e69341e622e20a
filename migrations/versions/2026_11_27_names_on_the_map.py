"""names on the map: where towns, villages and atoms are named"""

import sqlalchemy as sa
from alembic import op

revision = "7c1e4b9a02d6"
down_revision = "b7d20c61fe45"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "place_names",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("within", sa.String(), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.Column("centre_column", sa.Integer(), nullable=False),
        sa.Column("centre_row", sa.Integer(), nullable=False),
        sa.Column("west_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("south_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("east_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("north_deg_wgs84", sa.Float(), nullable=False),
        sa.CheckConstraint("kind in ('TOWN', 'VILLAGE', 'ATOM')", name="place_names_kind_check"),
        sa.PrimaryKeyConstraint("kind", "code"),
    )
    op.create_index("ix_place_names_place", "place_names", ["centre_row", "centre_column"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("place_names")
    op.execute("delete from settings where name = 'place_names_of'")
