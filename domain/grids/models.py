"""Atoms, plans, grids and posts. What they look like on a map is in `geo.tables`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlmodel import Field, SQLModel

from domain.customers.models import CUSTOMERS
from domain.shared.columns import add_columns
from domain.shared.dated import Cause
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import bigint_identity, day, days_check, one_of, timestamp


class Atom(SQLModel, table=True):
    """原子: the smallest area with a name (村民小组, 小区, 街段). Atoms are one coverage; grids are unions of them.

    An abolished one stays for the days on which it was there: it has `to_on` and no boundary any more, and names the
    atom on whose ground its middle lies since.
    """

    __tablename__ = "atoms"

    id: int | None = Field(default=None, sa_column=bigint_identity())
    code: str = Field(unique=True)
    name: str
    village_code: str = Field(index=True)
    village: str
    town_code: str
    town: str
    is_urban: bool = False
    is_stand_in: bool = False
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    area_m2: float
    to_on: date | None = None
    successor_code: str | None = None


class AtomDays(SQLModel, table=True):
    """原子沿革: name, village, town and the urban or rural flag of an atom, from a day up to another.

    `from_on` null: since before days were kept; atoms that no import ever changed have no row.
    """

    __tablename__ = "atom_days"
    __table_args__ = (days_check("atom_days"),)

    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date | None = None
    name: str
    village_code: str
    village: str
    town_code: str
    town: str
    is_urban: bool


class CodeSuccessor(SQLModel, table=True):
    """后继代码: which code of an atom or a village follows one that was abolished, as a list says it.

    A code that is in force leads to itself, whatever the list says. Nothing else refers to a row.
    """

    __tablename__ = "code_successors"

    old_code: str = Field(primary_key=True)
    new_code: str
    from_on: date


class AtomBorder(SQLModel, table=True):
    """Two atoms that share border, each pair twice, so that the neighbours of an atom are one index range.

    Worked out of the boundaries whenever those have changed (`geo/borders.py`).
    """

    __tablename__ = "atom_borders"

    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", sa_type=BigInteger)
    other_id: int = Field(primary_key=True, foreign_key="atoms.id", index=True, sa_type=BigInteger)
    length_m: float = Field(sa_type=Float)


class Plan(SQLModel, table=True):
    """网格方案: assigns every atom to a small grid, from a day up to another. One plan is in force on a day
    (`domain/grids/plans.py`); an approved one waits for its first day.

    A draft has no day yet. `last_change` is the version it stands at (`plan_changes`), `findings` what still keeps it
    from being proposed, `may_cross` the reason for which its grids may lie across the limits of towns and outlets, and
    `proof` what was found when it was checked.
    """

    __tablename__ = "plans"
    __table_args__ = (
        CheckConstraint(
            "state in ('DRAFT', 'CHECKED', 'APPROVED', 'IN_FORCE', 'RETIRED', 'DISCARDED')",
            name="plans_state_check",
        ),
        CheckConstraint(
            "state in ('DRAFT', 'CHECKED', 'DISCARDED') or from_on is not null", name="plans_from_on_check"
        ),
        CheckConstraint("to_on >= from_on", name="plans_to_on_check"),
        CheckConstraint("state <> 'RETIRED' or to_on is not null", name="plans_retired_check"),
        Index("uq_plans_in_force", "state", unique=True, postgresql_where=text("state = 'IN_FORCE'")),
        Index("uq_plans_approved", "from_on", unique=True, postgresql_where=text("state = 'APPROVED'")),
        ExcludeConstraint(
            (text("daterange(from_on, to_on)"), "&&"),
            name="plans_one_a_day_excl",
            using="gist",
            where=text("state in ('IN_FORCE', 'RETIRED')"),
        ),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    name: str
    state: str
    version: int = 1
    from_on: date | None = None
    to_on: date | None = None
    based_on_id: int | None = Field(default=None, foreign_key="plans.id", sa_type=BigInteger)
    may_cross: str | None = None
    last_change: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    findings: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    proof: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    made_by_id: int | None = Field(default=None, foreign_key="staff.id", sa_type=BigInteger)
    made_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))


class PlanChange(SQLModel, table=True):
    """方案改动: one act on a draft, as what it made of some grids and atoms and what these were before.

    Only ever added to: to take an act back, and to do it again, are acts as well. `of_version` is the act that they
    mean.
    """

    __tablename__ = "plan_changes"

    plan_id: int = Field(primary_key=True, foreign_key="plans.id", sa_type=BigInteger)
    version: int = Field(primary_key=True)
    act: str
    what: str
    of_version: int | None = None
    before: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    after: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    made_by_id: int = Field(foreign_key="staff.id", index=True, sa_type=BigInteger)
    made_at: datetime = Field(sa_column=timestamp(default_now=True))


def of_grid(**of_column: Any) -> Any:
    """A column that names a grid. The key can wait until a change of plans has given all ids (`going_on.py`)."""
    key = ForeignKey("grids.id", deferrable=True, initially="IMMEDIATE")
    return Column(BigInteger, key, **{"nullable": False, **of_column})


class Grid(SQLModel, table=True):
    """网格. A small grid is a union of atoms, a large grid a union of small ones; neither crosses a town's limit unless
    the plan says why. The plan in force has a grid of level LIST for each list (`lists.py`), which has no shape.

    A grid that goes on in the next plan keeps its id, and the row of the plan that is over gets another one
    (`going_on.py`)."""

    __tablename__ = "grids"
    __table_args__ = (
        CheckConstraint("level in ('LARGE', 'SMALL', 'LIST')", name="grids_level_check"),
        UniqueConstraint("plan_id", "code"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    plan_id: int = Field(foreign_key="plans.id", sa_type=BigInteger)
    code: str
    name: str
    level: str
    parent_id: int | None = Field(default=None, sa_column=of_grid(index=True, nullable=True))
    org_unit_id: int = Field(foreign_key="org_units.id", index=True, sa_type=BigInteger)
    town_code: str
    area_m2: float
    origin_code: str | None = None
    """In a plan that is not in force yet: the grid of the plan in force whose posts go on here when it begins."""
    post_a_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)
    """Who is to sit on A then instead."""
    post_b_id: int | None = Field(default=None, foreign_key="staff.id", index=True, sa_type=BigInteger)


class PlanAtom(SQLModel, table=True):
    """The assignment itself: unique (plan, atom) makes overlap impossible."""

    __tablename__ = "plan_atoms"

    plan_id: int = Field(primary_key=True, foreign_key="plans.id", sa_type=BigInteger)
    atom_id: int = Field(primary_key=True, foreign_key="atoms.id", index=True, sa_type=BigInteger)
    grid_id: int = Field(sa_column=of_grid(index=True))


class Post(SQLModel, table=True):
    """A/B 岗: who works a small grid. A is responsible, B covers."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("role in ('A', 'B')", name="posts_role_check"),
        Index("uq_posts_open", "grid_id", "role", unique=True, postgresql_where=text("to_on is null")),
        Index("ix_posts_staff", "staff_id", "grid_id"),
    )

    id: int | None = Field(default=None, sa_column=bigint_identity())
    grid_id: int = Field(sa_column=of_grid())
    staff_id: int = Field(foreign_key="staff.id", sa_type=BigInteger)
    role: str
    from_on: date
    to_on: date | None = None


class Placement(SQLModel, table=True):
    """归属沿革: whose a customer was, from a day up to another (`domain/grids/placements.py`). A grid goes on under the
    next plan, so the plan is asked of the day: the function `placed_under(day)`."""

    __tablename__ = "placements"
    __table_args__ = (one_of("placements", "cause", Cause), days_check("placements"))

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date
    grid_id: int | None = Field(default=None, sa_type=BigInteger)
    org_unit_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    cause: str


FOLLOWERS: Followers = (Follower("placements", Follows.BOTH_KEPT),)

add_columns(
    CUSTOMERS,
    "grids",
    Column("grid_id", BigInteger),
    Column("org_unit_id", BigInteger),
    Column("owner_id", BigInteger),
    indexes=(
        Index("ix_customers_grid", "grid_id", "id"),
        Index("ix_customers_org", "org_unit_id", "id"),
        Index("ix_customers_owner", "owner_id", "id"),
        # Every figure counts active customers: this counts them without reading the wide rows.
        Index(
            "ix_customers_active", "org_unit_id", "id", "grid_id", postgresql_where=text("status = 'ACTIVE'")
        ),
    ),
)
"""归属: the small grid, the outlet and the owner of each customer, written by `domain/grids/ownership.py`."""
