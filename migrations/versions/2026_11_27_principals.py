"""principals with a kind beside their id: in the audit, in the stream of activities, and on idempotency keys"""

import sqlalchemy as sa
from alembic import op

revision = "9a1c1ba15027"
down_revision = "b10c5ca1e026"
branch_labels = None
depends_on = None

APPEND_ONLY = {"audit": "audit_is_append_only", "activities": "activities_are_append_only"}
KINDS = "'STAFF', 'CUSTOMER', 'PARTNER', 'SYSTEM'"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, trigger in APPEND_ONLY.items():
        # Years of rows are not written anew for one word: they have STAFF from what the column began with, and the few
        # of the system are told so. Nobody else writes while the trigger is off: the table is ours until the end.
        op.execute(f"alter table {table} add actor_kind varchar not null default 'STAFF'")
        op.execute(f"alter table {table} alter actor_kind drop default")
        op.execute(f"alter table {table} disable trigger {trigger}")
        op.execute(f"update {table} set actor_kind = 'SYSTEM' where actor_id is null")
        op.execute(f"alter table {table} enable trigger {trigger}")
        op.create_check_constraint(
            f"ck_{table}_actor",
            table,
            f"actor_kind in ({KINDS}) and (actor_kind = 'SYSTEM') = (actor_id is null)",
        )
    op.add_column(
        "idempotency_keys", sa.Column("actor_kind", sa.String(), nullable=False, server_default="STAFF")
    )
    op.alter_column("idempotency_keys", "actor_kind", server_default=None)
    op.drop_constraint("idempotency_keys_pkey", "idempotency_keys")
    op.create_primary_key("idempotency_keys_pkey", "idempotency_keys", ["actor_kind", "actor_id", "key"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from idempotency_keys where actor_kind <> 'STAFF'")
    op.drop_constraint("idempotency_keys_pkey", "idempotency_keys")
    op.create_primary_key("idempotency_keys_pkey", "idempotency_keys", ["actor_id", "key"])
    op.drop_column("idempotency_keys", "actor_kind")
    for table in APPEND_ONLY:
        op.drop_constraint(f"ck_{table}_actor", table)
        op.drop_column(table, "actor_kind")
