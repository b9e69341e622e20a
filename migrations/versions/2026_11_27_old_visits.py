"""what a former system kept of visits and files, apart from visits recorded here"""

import sqlalchemy as sa
from alembic import op

revision = "0b15e1d5a7c3"
down_revision = "5b8e2f4c9d17"
branch_labels = None
depends_on = None

WHY = "旧系统的走访与档案只供接续服务；按发生日计，期满删除"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "old_visits",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_for_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("by_whom", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('VISIT', 'FILE')", name="old_visits_kind_check"),
        sa.CheckConstraint(
            "outcome in ('INTERESTED', 'NOT_NOW', 'REFUSED', 'NOT_FOUND', 'FOLLOW_UP')",
            name="old_visits_outcome_check",
        ),
        sa.PrimaryKeyConstraint("id", name="old_visits_pkey"),
        sa.UniqueConstraint("source", "number", name="old_visits_source_number_key"),
    )
    op.create_index("ix_old_visits_customer", "old_visits", ["customer_id", "made_on"])
    op.create_index("ix_old_visits_recorded_for", "old_visits", ["recorded_for_id"])
    op.add_column("customers", sa.Column("visited_here_on", sa.Date(), nullable=True))
    op.add_column(
        "grid_statistics", sa.Column("visited_here_90d", sa.Integer(), nullable=False, server_default="0")
    )
    # Every visit known so far was recorded here.
    op.execute("update customers set visited_here_on = last_visit_on where last_visit_on is not null")
    op.execute("update grid_statistics set visited_here_90d = visited_90d")
    # What browsers keep under the version in force lacks the figure.
    op.execute(
        "update settings set value = to_jsonb(concat(value #>> '{}', '.1')) where name = 'tile_version'"
    )
    op.execute(f"insert into retention (what, days, why) values ('old_visits', 1825, '{WHY}')")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what = 'old_visits'")
    op.execute(
        "update customers set last_visit_on = visited_here_on where last_visit_on is distinct from visited_here_on"
    )
    op.drop_column("grid_statistics", "visited_here_90d")
    op.drop_column("customers", "visited_here_on")
    op.drop_table("old_visits")
