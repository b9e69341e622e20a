"""a description is tried on a file at the desk, and put into service by a second person"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "7c1e90d4ab52"
down_revision = "a70a5e1c0de1"
branch_labels = None
depends_on = None

WHY = "没有业务引用的文件不再需要；引用它的记录在，文件就在"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "feed_trials",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("found", JSONB(), nullable=True),
        sa.Column("refusal", JSONB(), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state in ('WAITING', 'READ', 'REFUSED')", name="feed_trials_state_check"),
        sa.CheckConstraint("length(text) <= 262144", name="feed_trials_text_check"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name="feed_trials_file_id_fkey", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name="feed_trials_asked_by_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="feed_trials_pkey"),
    )
    op.add_column("feed_adapters", sa.Column("proposal_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "feed_adapters_proposal_id_fkey", "feed_adapters", "proposals", ["proposal_id"], ["id"]
    )
    op.execute("""
        insert into retention (what, days, why) values
        ('feed_trials', 1, '试读结果只供修改适配说明时对照，不作他用')
    """)
    op.execute(f"update retention set why = '{WHY}；试读用的文件次日清理' where what = 'files'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"update retention set why = '{WHY}' where what = 'files'")
    op.execute("delete from retention where what = 'feed_trials'")
    op.drop_column("feed_adapters", "proposal_id")
    op.drop_table("feed_trials")
