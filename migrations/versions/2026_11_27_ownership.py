"""whose a customer is otherwise than by his place: rules, exceptions, lists, and what the night makes of them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0a9e55b1e027"
down_revision = "7c1e4b9a02d6"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
LEVELS = "level in ('LARGE', 'SMALL', 'LIST')"
FORMER_LEVELS = "level in ('LARGE', 'SMALL')"
FORMER_CAUSES = ("FIRST", "FILES", "CUT", "PLAN", "PLACE", "POST", "BOOKS")
CAUSES = ("FIRST", "FILES", "CUT", "PLAN", "PLACE", "POST", "CLAIM", "BOOKS")
DATED = ("placements", "customer_tiers", "customer_kinds", "record_links")
GIVEN = "grids.give_customers"


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False)


def _key(column: str, table: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"{table}_{column}_fkey")
    return sa.Column(column, sa.BigInteger(), key, nullable=nullable)


def _days(*, open_end: bool) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=open_end),
    )


def _made() -> sa.Column[object]:
    return sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _causes(names: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{one}'" for one in names)
    for table in DATED:
        op.drop_constraint(f"{table}_cause_check", table)
        op.create_check_constraint(f"{table}_cause_check", table, f"cause in ({listed})")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("grids_level_check", "grids")
    op.create_check_constraint("grids_level_check", "grids", LEVELS)
    _causes(CAUSES)
    _lists()
    op.create_table(
        "owner_exceptions",
        _number(),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("made_for_id", sa.BigInteger(), nullable=False),
        _key("staff_id", "owner_exceptions", "staff"),
        sa.Column("reason", sa.String(), nullable=False),
        *_days(open_end=False),
        _key("made_by_id", "owner_exceptions", "staff"),
        _made(),
        _key("ended_by_id", "owner_exceptions", "staff", nullable=True),
        sa.PrimaryKeyConstraint("id", name="owner_exceptions_pkey"),
        sa.CheckConstraint("to_on >= from_on", name="owner_exceptions_days_check"),
    )
    op.create_index("ix_owner_exceptions_customer", "owner_exceptions", ["customer_id", "to_on"])
    op.create_index("ix_owner_exceptions_made_for", "owner_exceptions", ["made_for_id"])
    op.create_index("ix_owner_exceptions_staff", "owner_exceptions", ["staff_id", "to_on"])
    _rules()
    op.create_table(
        "ownership_claims",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name="ownership_claims_pkey"),
        sa.CheckConstraint("cause in ('EXCEPTION', 'LIST', 'RULE')", name="ownership_claims_cause_check"),
    )
    # Whoever hands out his people's codes or draws up plans gives customers to people within his scope.
    op.execute(
        f"update roles set permissions = array_append(permissions, '{GIVEN}')"
        f" where permissions && array['accounts.hand_out', 'grids.edit']::varchar[]"
        f" and not '{GIVEN}' = any(permissions)"
    )


def _lists() -> None:
    op.create_table(
        "list_grids",
        _number(),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        _key("org_unit_id", "list_grids", "org_units"),
        _key("staff_id", "list_grids", "staff", nullable=True),
        sa.Column("position", sa.Integer(), server_default="100", nullable=False),
        *_days(open_end=True),
        _key("made_by_id", "list_grids", "staff", nullable=True),
        _made(),
        sa.PrimaryKeyConstraint("id", name="list_grids_pkey"),
        sa.UniqueConstraint("code", name="list_grids_code_key"),
        sa.CheckConstraint(
            "kind in ('MARKET', 'EMPLOYER', 'CHAMBER', 'OTHER', 'PERSON')", name="list_grids_kind_check"
        ),
        sa.CheckConstraint("(kind = 'PERSON') = (staff_id is not null)", name="list_grids_staff_check"),
        sa.CheckConstraint("code like '@%'", name="list_grids_code_check"),
    )
    op.create_index(
        "uq_list_grids_staff",
        "list_grids",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("staff_id is not null"),
    )
    op.create_table(
        "list_grid_members",
        _key("list_grid_id", "list_grid_members", "list_grids"),
        sa.Column("named_for_id", sa.BigInteger(), nullable=False),
        *_days(open_end=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("named_as", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("list_grid_id", "named_for_id", "from_on", name="list_grid_members_pkey"),
        sa.CheckConstraint("to_on >= from_on", name="list_grid_members_days_check"),
    )
    op.create_index("ix_list_grid_members_customer", "list_grid_members", ["customer_id"])
    op.create_index("ix_list_grid_members_named_for", "list_grid_members", ["named_for_id"])


def _rules() -> None:
    op.create_table(
        "ownership_rules",
        _number(),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _key("org_unit_id", "ownership_rules", "org_units", nullable=True),
        sa.Column("condition", JSON, nullable=False),
        sa.Column("to_kind", sa.String(), nullable=False),
        sa.Column("to_code", sa.String(), nullable=False),
        *_days(open_end=True),
        sa.Column("reason", sa.String(), nullable=False),
        _key("decided_by_id", "ownership_rules", "staff"),
        _key("proposal_id", "ownership_rules", "proposals"),
        sa.PrimaryKeyConstraint("id", name="ownership_rules_pkey"),
        sa.CheckConstraint("to_kind in ('STAFF', 'GRID', 'LIST')", name="ownership_rules_to_kind_check"),
        sa.CheckConstraint("to_on >= from_on", name="ownership_rules_days_check"),
    )
    op.create_index("ix_ownership_rules_code", "ownership_rules", ["code", "from_on"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"update roles set permissions = array_remove(permissions, '{GIVEN}')")
    op.drop_table("ownership_claims")
    op.drop_table("ownership_rules")
    op.drop_table("owner_exceptions")
    op.drop_table("list_grid_members")
    op.drop_table("list_grids")
    # An earlier release knows places and books alone; its next night says whose these customers are.
    op.execute("delete from posts p using grids g where g.id = p.grid_id and g.level = 'LIST'")
    op.execute(
        "update customers set grid_id = null where grid_id in (select id from grids where level = 'LIST')"
    )
    op.execute("delete from grids where level = 'LIST'")
    op.execute("update placements set cause = 'PLACE' where cause = 'CLAIM'")
    _causes(FORMER_CAUSES)
    op.drop_constraint("grids_level_check", "grids")
    op.create_check_constraint("grids_level_check", "grids", FORMER_LEVELS)
