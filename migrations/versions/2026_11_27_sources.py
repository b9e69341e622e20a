"""on what basis the bank holds what others tell, and until when"""

import sqlalchemy as sa
from alembic import op

revision = "c5a18f2d7e36"
down_revision = "e5027b10a3c4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "sources",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "basis in ('CONSENT', 'CONTRACT', 'LEGAL_DUTY', 'PUBLIC', 'NOT_NOTED')",
            name="sources_basis_check",
        ),
        sa.CheckConstraint("until_on >= from_on", name="sources_days_check"),
        sa.CheckConstraint("num_nonnulls(ended_on, ended_reason) in (0, 2)", name="sources_end_check"),
        sa.ForeignKeyConstraint(["noted_by_id"], ["staff.id"], name="sources_noted_by_id_fkey"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["staff.id"], name="sources_ended_by_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="sources_pkey"),
    )
    op.create_index("ix_sources_feed", "sources", ["feed", "from_on"])
    # The register was in use before anybody was asked for its basis: it goes on, and every list says what is missing.
    op.execute("""
        insert into sources (feed, basis, purpose, document, from_on, until_on)
        values ('household', 'NOT_NOTED', '', '', '2000-01-01', 'infinity')
    """)
    op.execute("""
        insert into retention (what, days, why) values
        ('src_household', 30, '依据终止后只为核对封存；期满删除原始行')
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what = 'src_household'")
    op.drop_table("sources")
