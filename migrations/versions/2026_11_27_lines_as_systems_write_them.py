"""a kind of file for lines that are packed or in UTF-16, for trying descriptions on them"""

from alembic import op

revision = "c7e1a94b52d0"
down_revision = "c2a6e91f5d27"
branch_labels = None
depends_on = None

BEFORE = ("CSV", "XLSX", "SHAPEFILE", "GEOJSON", "KML", "GPKG", "JPEG", "PNG", "WEBP")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _check((*BEFORE[:1], "LINES", *BEFORE[1:]))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("update files set kind = 'CSV' where kind = 'LINES'")
    _check(BEFORE)


def _check(kinds: tuple[str, ...]) -> None:
    op.drop_constraint("files_kind_check", "files")
    op.create_check_constraint("files_kind_check", "files", f"kind in {kinds}")
