"""a list that was imported goes when its days are over; the import stays"""

from alembic import op

revision = "5f2b7c90e1d4"
down_revision = "7e4a9c20d1b8"
branch_labels = None
depends_on = None

NAME, COLUMN = "imports_file_id_fkey", ["file_id"]
BEFORE = "没有业务引用的文件不再需要；引用它的记录在，文件就在；试读用的文件次日清理"
WHY = (
    "没有业务引用的文件不再需要；导入的清单在最后一次操作期满、问题行清理之后即清理；其他引用它的记录在，文件就在；"
    "试读用的文件次日清理"
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(NAME, "imports", type_="foreignkey")
    op.create_foreign_key(NAME, "imports", "files", COLUMN, ["id"], ondelete="SET NULL")
    op.execute(f"update retention set why = '{WHY}' where what = 'files'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"update retention set why = '{BEFORE}' where what = 'files'")
    op.drop_constraint(NAME, "imports", type_="foreignkey")
    op.create_foreign_key(NAME, "imports", "files", COLUMN, ["id"])
