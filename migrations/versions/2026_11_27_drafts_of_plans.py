"""drafts of plans: what was changed by whom, what still keeps one from being proposed, and which atoms share border"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d4af75a1b027"
down_revision = "9051b1e7a027"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
EVERY_STATE = "state in ('DRAFT', 'CHECKED', 'APPROVED', 'IN_FORCE', 'RETIRED', 'DISCARDED')"
GIVEN = ("grids.edit", "grids.approve")


def _staff(column: str, table: str, *, nullable: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey("staff.id", name=f"{table}_{column}_fkey")
    return sa.Column(column, sa.BigInteger(), key, nullable=nullable)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    _plans()
    _grids("CASCADE")
    _changes()
    _borders()
    # Whoever decides on parameters for the bank cuts its grids as well; two persons of them make a plan.
    for one in GIVEN:
        op.execute(
            f"update roles set permissions = array_append(permissions, '{one}')"
            f" where 'parameters.decide' = any(permissions) and not '{one}' = any(permissions)"
        )


def _plans() -> None:
    op.drop_constraint("plans_state_check", "plans")
    op.create_check_constraint("plans_state_check", "plans", EVERY_STATE)
    op.alter_column("plans", "from_on", nullable=True)
    op.create_check_constraint(
        "plans_from_on_check", "plans", "state in ('DRAFT', 'CHECKED', 'DISCARDED') or from_on is not null"
    )
    based_on = sa.ForeignKey("plans.id", name="plans_based_on_id_fkey")
    op.add_column("plans", sa.Column("based_on_id", sa.BigInteger(), based_on))
    op.add_column("plans", sa.Column("may_cross", sa.String()))
    op.add_column("plans", sa.Column("last_change", sa.Integer(), server_default="0", nullable=False))
    op.add_column("plans", sa.Column("findings", JSON, server_default="[]", nullable=False))
    op.add_column("plans", sa.Column("proof", JSON))
    op.add_column("plans", _staff("made_by_id", "plans"))
    op.add_column("plans", sa.Column("made_at", sa.DateTime(timezone=True)))


def _grids(at_the_end: str | None) -> None:
    """Grids of drafts come and go; what is kept of one goes with it."""
    for table in ("grid_statistics", "grid_boundaries"):
        name = f"{table}_grid_id_fkey"
        op.drop_constraint(name, table)
        op.create_foreign_key(name, table, "grids", ["grid_id"], ["id"], ondelete=at_the_end)
    if at_the_end is not None:
        op.add_column("grids", sa.Column("origin_code", sa.String()))
        op.add_column("grids", _staff("post_a_id", "grids"))
        op.add_column("grids", _staff("post_b_id", "grids"))


def _changes() -> None:
    op.create_table(
        "plan_changes",
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("of_version", sa.Integer()),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        _staff("made_by_id", "plan_changes", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "version", name="plan_changes_pkey"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="plan_changes_plan_id_fkey"),
    )


def _borders() -> None:
    op.create_table(
        "atom_borders",
        sa.Column("atom_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("atom_id", "other_id", name="atom_borders_pkey"),
        sa.ForeignKeyConstraint(["atom_id"], ["atoms.id"], name="atom_borders_atom_id_fkey"),
        sa.ForeignKeyConstraint(["other_id"], ["atoms.id"], name="atom_borders_other_id_fkey"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for one in GIVEN:
        op.execute(f"update roles set permissions = array_remove(permissions, '{one}')")
    op.drop_table("atom_borders")
    op.drop_table("plan_changes")
    # An earlier release knows no draft without a day and no draft that was given up.
    unfinished = "(select id from plans where state in ('CHECKED', 'DISCARDED') or from_on is null)"
    op.execute("update plans set based_on_id = null")
    op.execute(f"delete from plan_atoms where plan_id in {unfinished}")
    op.execute(f"delete from grids where plan_id in {unfinished} and parent_id is not null")
    op.execute(f"delete from grids where plan_id in {unfinished}")
    op.execute(f"delete from plans where id in {unfinished}")
    for column in ("post_b_id", "post_a_id", "origin_code"):
        op.drop_column("grids", column)
    _grids(None)
    for column in ("made_at", "made_by_id", "proof", "findings", "last_change", "may_cross", "based_on_id"):
        op.drop_column("plans", column)
    op.drop_constraint("plans_from_on_check", "plans")
    op.alter_column("plans", "from_on", nullable=False)
    op.drop_constraint("plans_state_check", "plans")
    op.create_check_constraint(
        "plans_state_check", "plans", "state in ('DRAFT', 'APPROVED', 'IN_FORCE', 'RETIRED')"
    )
