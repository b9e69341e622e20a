"""atoms in web mercator beside their boundaries, for tiles of drafts"""

from alembic import op

revision = "a70a57119527"
down_revision = "c5a18f2d7e36"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        alter table atom_boundaries add column boundary_3857 geometry(multipolygon, 3857) not null
            generated always as (st_transform(boundary_wgs84, 3857)) stored
    """)
    op.execute("create index idx_atom_boundaries_boundary_3857 on atom_boundaries using gist (boundary_3857)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("atom_boundaries", "boundary_3857")
