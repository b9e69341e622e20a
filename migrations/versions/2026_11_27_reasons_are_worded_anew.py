"""reasons of scores are said in other statements: those of before go, and are made again when asked for or at night"""

from alembic import op

revision = "9d41c7a5e0b2"
down_revision = "c0910e5a4a3d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from score_reasons")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from score_reasons")
