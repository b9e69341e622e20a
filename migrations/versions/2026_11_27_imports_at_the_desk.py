"""imports by the desk: the file of the door, and why one was sent back as a whole"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "e5027b10a3c5"
down_revision = "a70a57119527"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("imports", sa.Column("file_id", sa.Uuid()))
    op.create_foreign_key("imports_file_id_fkey", "imports", "files", ["file_id"], ["id"])
    op.add_column("imports", sa.Column("refusal", postgresql.JSONB()))
    op.drop_constraint("imports_state_check", "imports")
    op.create_check_constraint(
        "imports_state_check", "imports", "state in ('WAITING', 'REFUSED', 'TRIED', 'APPLIED', 'UNDONE')"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from imports where state in ('WAITING', 'REFUSED')")
    op.drop_constraint("imports_state_check", "imports")
    op.create_check_constraint("imports_state_check", "imports", "state in ('TRIED', 'APPLIED', 'UNDONE')")
    op.drop_column("imports", "refusal")
    op.drop_column("imports", "file_id")
