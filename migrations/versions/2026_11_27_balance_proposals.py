"""proposals of balance over drafts of plans: what was asked, how far it is, and what came of it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b41a9ce1a027"
down_revision = "5d3e0b9a7c41"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
STATES = "state in ('WAITING', 'RUNNING', 'DONE', 'STOPPED', 'FAILED')"
CHARACTERS = "character in ('EVEN', 'FEW', 'SHORT')"
OBSTACLES = (
    "obstacle in ('ATOM', 'LOCKED_PERSON', 'LOCKED_GRID', 'LOCKED_ATOM', 'LOCKS', 'TOWN_LIMIT', 'CONNECTED',"
    " 'NOBODY')"
)


def _key(
    column: str, table: str, target: str, *, nullable: bool = False, cascades: bool = False
) -> sa.Column[int]:
    key = sa.ForeignKey(
        f"{target}.id", name=f"{table}_{column}_fkey", ondelete="CASCADE" if cascades else None
    )
    return sa.Column(column, sa.BigInteger(), key, nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "plan_balances",
        _number(),
        _key("plan_id", "plan_balances", "plans"),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("even", "few", "short")),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("wish", JSON, nullable=False),
        sa.Column("state", sa.String(), server_default="WAITING", nullable=False),
        sa.Column("progress", sa.Float(), server_default="0", nullable=False),
        sa.Column("error", JSON),
        _key("asked_by_id", "plan_balances", "staff"),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="plan_balances_pkey"),
        sa.CheckConstraint(STATES, name="plan_balances_state_check"),
    )
    op.create_index("ix_plan_balances_plan", "plan_balances", ["plan_id", "id"])
    op.create_table(
        "plan_proposals",
        _number(),
        _key("balance_id", "plan_proposals", "plan_balances", cascades=True),
        sa.Column("character", sa.String(), nullable=False),
        sa.Column("atoms", JSON, nullable=False),
        sa.Column("a_posts", JSON, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("outlets", "even_before", "even_after", "customers", "atoms_moved", "posts_changed")
        ),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("away_m_before", "away_m_after")),
        sa.Column("applied_version", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="plan_proposals_pkey"),
        sa.CheckConstraint(CHARACTERS, name="plan_proposals_character_check"),
    )
    op.create_index("uq_plan_proposals", "plan_proposals", ["balance_id", "character"], unique=True)
    op.create_table(
        "plan_proposal_outlets",
        _key("proposal_id", "plan_proposal_outlets", "plan_proposals", cascades=True),
        _key("org_unit_id", "plan_proposal_outlets", "org_units"),
        sa.Column("evenness_before", sa.Float()),
        sa.Column("evenness_after", sa.Float()),
        sa.Column("obstacle", sa.String()),
        sa.Column("obstacle_what", sa.String()),
        sa.Column("obstacle_is_proven", sa.Boolean()),
        sa.Column("obstacle_minutes", sa.Float()),
        sa.Column("obstacle_others", sa.Float()),
        sa.PrimaryKeyConstraint("proposal_id", "org_unit_id", name="plan_proposal_outlets_pkey"),
        sa.CheckConstraint(OBSTACLES, name="plan_proposal_outlets_obstacle_check"),
    )
    op.create_table(
        "plan_proposal_people",
        _key("proposal_id", "plan_proposal_people", "plan_proposals", cascades=True),
        _key("staff_id", "plan_proposal_people", "staff"),
        _key("org_unit_id", "plan_proposal_people", "org_units"),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("minutes_before", sa.Float(), nullable=False),
        sa.Column("minutes_after", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "staff_id", name="plan_proposal_people_pkey"),
    )
    op.create_table(
        "plan_proposal_hands",
        _number(),
        _key("proposal_id", "plan_proposal_hands", "plan_proposals", cascades=True),
        _key("from_id", "plan_proposal_hands", "staff", nullable=True),
        _key("to_id", "plan_proposal_hands", "staff"),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("atoms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="plan_proposal_hands_pkey"),
    )
    op.create_index("ix_plan_proposal_hands_proposal_id", "plan_proposal_hands", ["proposal_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("hands", "people", "outlets"):
        op.drop_table(f"plan_proposal_{table}")
    op.drop_table("plan_proposals")
    op.drop_table("plan_balances")
