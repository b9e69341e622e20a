"""indexes for keys onto staff and units: whoever is deleted is looked for behind each of them"""

from alembic import op

revision = "9d0e6b7a4c27"
down_revision = "8a41c7d2e6f3"
branch_labels = None
depends_on = None

KEYS = (
    ("accounts", "code_by_id"),
    ("batches", "decided_by_id"),
    ("grids", "post_a_id"),
    ("grids", "post_b_id"),
    ("link_cuts", "decided_by_id"),
    ("list_grids", "made_by_id"),
    ("list_grids", "org_unit_id"),
    ("org_unit_days", "parent_id"),
    ("owner_exceptions", "ended_by_id"),
    ("owner_exceptions", "made_by_id"),
    ("plan_changes", "made_by_id"),
    ("plan_proposal_hands", "from_id"),
    ("plan_proposal_hands", "to_id"),
    ("plan_proposal_outlets", "org_unit_id"),
    ("plan_proposal_people", "org_unit_id"),
    ("plan_proposal_people", "staff_id"),
    ("staff_days", "org_unit_id"),
    ("walk_stops", "owner_id"),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, column in KEYS:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, column in KEYS:
        op.drop_index(f"ix_{table}_{column}", table)
