"""stops remember whom they were planned for; columns that other rooms add to customers have defaults"""

from alembic import op

revision = "f0110e450001"
down_revision = "5a1d0fda1c27"
branch_labels = None
depends_on = None

DEFAULTS = {"tier": "'GENERAL'", "deposit_fen": "0", "loan_fen": "0", "line_fen": "0"}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for column, value in DEFAULTS.items():
        op.execute(f"alter table customers alter column {column} set default {value}")
    # Computed while the table is written anew, and an ordinary column afterwards: no second copy of each row is left.
    op.execute(
        "alter table walk_stops add planned_for_id bigint not null generated always as (customer_id) stored"
    )
    op.execute("alter table walk_stops alter planned_for_id drop expression")
    op.execute("create index ix_walk_stops_planned_for on walk_stops (planned_for_id)")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table walk_stops drop column planned_for_id")
    for column in DEFAULTS:
        op.execute(f"alter table customers alter column {column} drop default")
