"""why idempotency keys are kept: visits are taken however late they come"""

from alembic import op

revision = "c04e7e4e7527"
down_revision = "2e1a70b50e41"
branch_labels = None
depends_on = None

NOW = "手机可能隔数周才重发；键清理后，走访仍凭自身的编号只记一次"
BEFORE = "手机可能隔数周才重发；走访最迟三十天内补录，键比它更久"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"update retention set why = '{NOW}' where what = 'idempotency_keys'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"update retention set why = '{BEFORE}' where what = 'idempotency_keys'")
