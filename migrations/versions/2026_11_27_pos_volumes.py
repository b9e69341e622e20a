"""month-ends call the volume of merchants by its name: no other turnover is in the files"""

from alembic import op

revision = "9050101e5027"
down_revision = "3047e4d50027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("alter table month_ends rename turnover_fen to pos_volume_fen")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("alter table month_ends rename pos_volume_fen to turnover_fen")
    op.execute("delete from settings where name = 'month_ends_since'")
