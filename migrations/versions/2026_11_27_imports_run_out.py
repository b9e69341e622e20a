"""how long rows of imports are kept"""

from alembic import op

revision = "c4f1d7e0a9b2"
down_revision = "b11d5b07d427"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        insert into retention (what, days, why) values
        ('import_changes', 1000, '逐行内容可查近三年；之后只留是谁、何时、多少'),
        ('import_shapes', 1000, '导入前后的界线，与逐行内容同存'),
        ('import_problems', 90, '有问题的行含原文，清单更正后不再需要；数量留在导入上')
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what in ('import_changes', 'import_shapes', 'import_problems')")
