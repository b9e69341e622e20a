"""relations are found from the other side as well"""

from alembic import op

revision = "2e1a70b50e41"
down_revision = "c04e7ed47a27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_relations_other", "relations", ["other_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("ix_relations_other", "relations")
