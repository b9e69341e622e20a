"""audit rows without a seal are listed, and jobs ring for the workers

Both by triggers, in the transaction of the row itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "5ea1ed0fde27"
down_revision = "91a4f04ce027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "audit_unsealed",
        sa.Column("audit_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("audit_id", name="audit_unsealed_pkey"),
    )
    op.execute("""
        create function list_for_sealing() returns trigger language plpgsql as $$
        begin insert into audit_unsealed (audit_id) values (new.id); return null; end $$
    """)
    # Waits for whoever writes an audit row at the moment; from here on every row is listed by itself.
    op.execute("""
        create trigger audit_is_listed_for_sealing after insert on audit
            for each row execute function list_for_sealing()
    """)
    op.execute("""
        insert into audit_unsealed (audit_id)
        select id from audit where not exists (select from audit_seals where audit_id = audit.id)
    """)
    op.execute("""
        create function ring_for_workers() returns trigger language plpgsql as $$
        begin perform pg_notify('yunge_jobs', ''); return null; end $$
    """)
    op.execute("""
        create trigger outbox_rings after insert or update on outbox
            for each row when (new.state = 'QUEUED') execute function ring_for_workers()
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("drop trigger outbox_rings on outbox")
    op.execute("drop function ring_for_workers()")
    op.execute("drop trigger audit_is_listed_for_sealing on audit")
    op.execute("drop function list_for_sealing()")
    op.drop_table("audit_unsealed")
