"""water and roads that a bank lays beneath its grids"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "7e4a9c20d1b8"
down_revision = "c7e1a94b52d0"
branch_labels = None
depends_on = None

WHY = "不再显示的水系、道路供撤销导入时恢复，与逐行内容同存"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "ground_versions",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="ground_versions_pkey"),
    )
    op.create_table(
        "ground_features",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("size_m", sa.Float(), nullable=False),
        sa.Column("shape_3857", Geometry("GEOMETRY", srid=3857, spatial_index=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["fingerprint"],
            ["ground_versions.fingerprint"],
            name="ground_features_fingerprint_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("fingerprint", "position", name="ground_features_pkey"),
    )
    op.create_index(
        "idx_ground_features_shape_3857", "ground_features", ["shape_3857"], postgresql_using="gist"
    )
    op.create_table(
        "ground_layers",
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("features", sa.Integer(), nullable=False),
        sa.CheckConstraint("layer in ('WATER', 'ROADS')", name="ground_layers_layer_check"),
        sa.ForeignKeyConstraint(
            ["fingerprint"], ["ground_versions.fingerprint"], name="ground_layers_fingerprint_fkey"
        ),
        sa.PrimaryKeyConstraint("layer", name="ground_layers_pkey"),
    )
    op.execute(f"insert into retention (what, days, why) values ('ground_versions', 1000, '{WHY}')")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what = 'ground_versions'")
    op.drop_table("ground_layers")
    op.drop_table("ground_features")
    op.drop_table("ground_versions")
