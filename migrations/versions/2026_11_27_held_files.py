"""files that wait for a person's word, who gave it and why, and the permission to give it"""

import sqlalchemy as sa
from alembic import op

revision = "4e1df11e5a27"
down_revision = "4c1d7a90b3e2"
branch_labels = None
depends_on = None

STATES = "batches_state_check"
DECISION = "batches_decision_check"
BEFORE = "state in ('LOADED', 'REFUSED', 'WAITING')"
# Whoever may start a night keeps the feeds running; the bank may give it to others.
GIVE = """
    update roles set permissions = permissions || 'feeds.release'::varchar
     where 'nights.start' = any(permissions) and not 'feeds.release' = any(permissions)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(STATES, "batches")
    op.create_check_constraint(
        STATES, "batches", "state in ('LOADED', 'REFUSED', 'WAITING', 'HELD', 'READY')"
    )
    op.add_column("batches", sa.Column("decided_by_id", sa.BigInteger()))
    op.add_column("batches", sa.Column("decided_at", sa.DateTime(timezone=True)))
    op.add_column("batches", sa.Column("decision_reason", sa.String()))
    op.create_foreign_key("batches_decided_by_id_fkey", "batches", "staff", ["decided_by_id"], ["id"])
    op.create_check_constraint(
        DECISION, "batches", "num_nonnulls(decided_by_id, decided_at, decision_reason) in (0, 3)"
    )
    op.execute(GIVE)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("update roles set permissions = array_remove(permissions, 'feeds.release')")
    op.drop_constraint(DECISION, "batches")
    op.drop_constraint("batches_decided_by_id_fkey", "batches", type_="foreignkey")
    for column in ("decision_reason", "decided_at", "decided_by_id"):
        op.drop_column("batches", column)
    # An earlier release has no such state. What it refused it did not take either, and its rows are counted so.
    op.execute("update batches set state = 'REFUSED', control_sha256 = null where state in ('HELD', 'READY')")
    op.drop_constraint(STATES, "batches")
    op.create_check_constraint(STATES, "batches", BEFORE)
