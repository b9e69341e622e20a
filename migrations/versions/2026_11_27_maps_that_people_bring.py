"""outlines and atoms from map files: datum and shapes of an import, what an outline came from, days of atoms"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "a70a5e1c0de1"
down_revision = "c3f85e7a1b06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("imports", sa.Column("datum", sa.String()))
    op.add_column(
        "county_outlines", sa.Column("source_wgs84", Geometry("MULTIPOLYGON", 4326, spatial_index=False))
    )
    op.add_column("atoms", sa.Column("to_on", sa.Date()))
    op.add_column("atoms", sa.Column("successor_code", sa.String()))
    op.create_table(
        "import_shapes",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("boundary_wgs84", Geometry("MULTIPOLYGON", 4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="import_shapes_pkey"),
    )
    op.create_table(
        "atom_days",
        sa.Column("atom_id", sa.BigInteger(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("village", sa.String(), nullable=False),
        sa.Column("town_code", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("is_urban", sa.Boolean(), nullable=False),
        sa.CheckConstraint("from_on < to_on", name="atom_days_days_check"),
        sa.ForeignKeyConstraint(["atom_id"], ["atoms.id"], name="atom_days_atom_id_fkey"),
        sa.PrimaryKeyConstraint("atom_id", "to_on", name="atom_days_pkey"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("atom_days")
    op.drop_table("import_shapes")
    op.drop_column("atoms", "successor_code")
    op.drop_column("atoms", "to_on")
    op.drop_column("county_outlines", "source_wgs84")
    op.drop_column("imports", "datum")
