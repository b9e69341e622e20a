"""What dashboards and the map read, counted ahead of time, so that opening one costs a lookup."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, String, Table
from sqlmodel import Field, SQLModel

import domain.shared.models  # noqa: F401  (says how constraints are named)


def _figure(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


CUSTOMER_SUMS = Table(
    "customer_sums",
    SQLModel.metadata,
    Column("org_unit_id", BigInteger),
    Column("grid_id", BigInteger),
    Column("owner_id", BigInteger),
    Column("kind", String, nullable=False),
    Column("tier", String, nullable=False),
    Column("status", String, nullable=False),
    Column("attrition_band", SmallInteger),
    _figure("customers"),
    _figure("in_grid"),
    _figure("located"),
    _figure("due"),
    _figure("visited"),
    _figure("filed"),
    _figure("granted"),
    _figure("drawn"),
    _figure("with_loan"),
    _figure("deposit_fen"),
    _figure("loan_fen"),
    _figure("line_fen"),
    Index("ix_customer_sums_org", "org_unit_id"),
    Index("ix_customer_sums_grid", "grid_id"),
    Index("ix_customer_sums_owner", "owner_id"),
)
"""客户汇总: customers counted and summed for each outlet, owner, grid, kind, tier, status and band that occur together.

No key: four of the seven dimensions may be unknown, and whole groups are replaced (`domain/performance/sums.py`).
"""


def _counted() -> Any:
    return Column(Integer, nullable=False, server_default="0")


class GridStatistics(SQLModel, table=True):
    """网格指标: one row a grid (large and small), rebuilt by the night and when a plan begins.

    What is recorded or cut by day shows from the next night on.
    """

    __tablename__ = "grid_statistics"

    # The figures of a grid that goes on stay with it, so the key waits while a change of plans gives ids.
    grid_id: int = Field(
        sa_column=Column(
            BigInteger,
            ForeignKey("grids.id", ondelete="CASCADE", deferrable=True, initially="IMMEDIATE"),
            primary_key=True,
        )
    )
    customers: int = 0
    located: int = 0
    visited_90d: int = 0
    key_customers: int = 0
    deposit_fen: int = Field(default=0, sa_type=BigInteger)
    loan_fen: int = Field(default=0, sa_type=BigInteger)
    due_visits: int = 0
    at_risk: int = 0
    at_risk_band: int = Field(default=5, sa_column=Column(SmallInteger, nullable=False, server_default="5"))
    """The band from which customers are counted in `at_risk`."""
    visited_180d: int = Field(default=0, sa_column=_counted())
    visited_365d: int = Field(default=0, sa_column=_counted())
    visited_ever: int = Field(default=0, sa_column=_counted())
    median_days_unvisited: int | None = None
    """盲区: of those who have been visited, half have waited so many days or fewer; null where nobody has been."""
    visited_here_90d: int = Field(default=0, sa_column=_counted())
    """走访率: of `visited_90d` those whose visit was recorded here and not in a former system alone."""


class AtomSums(SQLModel, table=True):
    """原子汇总: what a data date's customers of an atom came to, by kind and tier; atom 0 stands for nowhere.

    Atoms outlive plans, so the figures of any kept day are those of any plan: sums over its atoms. Every number is the
    one of `grid_statistics` that has its name.
    """

    __tablename__ = "atom_sums"

    data_date: date = Field(primary_key=True)
    atom_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str = Field(primary_key=True)
    tier: str = Field(primary_key=True)
    customers: int
    located: int
    visited_90d: int
    key_customers: int
    deposit_fen: int = Field(sa_type=BigInteger)
    loan_fen: int = Field(sa_type=BigInteger)
    due_visits: int
    at_risk: int
    visited_here_90d: int | None = None
    """Null of days before visits of a former system were told apart: then it is `visited_90d`."""
