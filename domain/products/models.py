"""Holdings of a customer as of the data date in force, the last month-ends, and the days of tiers."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, text
from sqlmodel import Field, SQLModel

import domain.grids.models  # noqa: F401  (its column is in the indexes below)
from domain.customers.models import CUSTOMERS
from domain.products.on_books import STANDINGS
from domain.shared.columns import add_columns
from domain.shared.dated import Cause
from domain.shared.followers import Follower, Followers, Follows
from domain.shared.models import day, days_check, one_of


class Deposit(SQLModel, table=True):
    """存款账户."""

    __tablename__ = "deposits"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    account_no: str = Field(primary_key=True)
    product: str
    balance_fen: int = Field(sa_type=BigInteger)
    average_3m_fen: int = Field(sa_type=BigInteger)
    opened_on: date
    matures_on: date | None = None


class ForeignDeposit(SQLModel, table=True):
    """外币存款账户, in no sum: hundredths of a dollar and fen add up to nothing. Whatever is counted is yuan."""

    __tablename__ = "foreign_deposits"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    account_no: str = Field(primary_key=True)
    product: str
    currency: str
    balance_hundredths: int = Field(sa_type=BigInteger)
    opened_on: date | None = None
    matures_on: date | None = None
    worth_fen: int | None = Field(default=None, sa_type=BigInteger)
    """What the balance is worth by the rate of `rate_on`; nothing without a rate of these days, and in no sum."""
    rate_on: date | None = None


class Loan(SQLModel, table=True):
    """贷款借据."""

    __tablename__ = "loans"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str = Field(primary_key=True)
    product: str
    balance_fen: int = Field(sa_type=BigInteger)
    rate_bps: int
    start_on: date
    end_on: date
    overdue_days: int
    is_business: bool = False
    industry: str | None = None
    guarantee: str | None = None
    five_class: str | None = None
    farm_use: str | None = None
    policy: str | None = None
    was_farmer: bool | None = None
    """农户 on the day of drawing, whatever became of him since."""
    reported_farm: bool | None = None
    reported_inclusive_farm: bool | None = None
    reported_inclusive_small: bool | None = None


class LoanGuarantee(SQLModel, table=True):
    """担保: what secures a loan, and who; one row a loan of the contract. `kind`: 1 保证, 2 抵押, 3 质押."""

    __tablename__ = "loan_guarantees"
    __table_args__ = (one_of("loan_guarantees", "kind", ("1", "2", "3")),)

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    guarantee_no: str = Field(primary_key=True)
    loan_number: str = Field(primary_key=True)
    kind: str
    amount_fen: int = Field(sa_type=BigInteger)
    guarantor_name: str | None = None
    collateral: str | None = None
    value_fen: int | None = Field(default=None, sa_type=BigInteger)
    valued_on: date | None = None
    end_on: date | None = None


class LoanApart(SQLModel, table=True):
    """表外及外币贷款, in no sum: written off, sold, lent for others, or not in yuan (`on_books.py`)."""

    __tablename__ = "loans_apart"
    __table_args__ = (one_of("loans_apart", "standing", STANDINGS),)

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str = Field(primary_key=True)
    product: str
    standing: str
    currency: str
    balance_hundredths: int = Field(sa_type=BigInteger)
    start_on: date
    end_on: date
    overdue_days: int


class ForeignCreditLine(SQLModel, table=True):
    """外币授信额度, in no sum."""

    __tablename__ = "foreign_credit_lines"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    contract_no: str = Field(primary_key=True)
    currency: str
    line_hundredths: int = Field(sa_type=BigInteger)
    used_hundredths: int = Field(sa_type=BigInteger)
    end_on: date


class CreditLine(SQLModel, table=True):
    """授信额度."""

    __tablename__ = "credit_lines"

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    contract_no: str = Field(primary_key=True)
    line_fen: int = Field(sa_type=BigInteger)
    used_fen: int = Field(sa_type=BigInteger)
    start_on: date
    end_on: date
    is_business: bool = False


class MonthEnd(SQLModel, table=True):
    """月末余额与收单流水: what a customer had at a month-end, and what his shops took in (`month_ends.py`).

    The volume of merchants is the only turnover that the files carry (docs/formats.md).
    """

    __tablename__ = "month_ends"

    customer_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    month_on: date = Field(primary_key=True)
    deposit_fen: int = Field(sa_type=BigInteger)
    loan_fen: int = Field(sa_type=BigInteger)
    pos_volume_fen: int = Field(sa_type=BigInteger)


class CustomerTier(SQLModel, table=True):
    """客户分层沿革: which tier a customer was in, from a day up to another (`domain/shared/dated.py`)."""

    __tablename__ = "customer_tiers"
    __table_args__ = (one_of("customer_tiers", "cause", Cause), days_check("customer_tiers"))

    customer_id: int = Field(primary_key=True, sa_type=BigInteger)
    to_on: date = Field(sa_column=day())
    from_on: date
    tier: str
    cause: str


def _total(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _in_order(what: str) -> tuple[Index, Index]:
    """Orders of the list, of the bank and of an outlet. Who has none lies beside them: few have loans, and a night that
    touches a customer writes to each of his indexes (docs/decisions/orders-bring-indexes.md)."""
    total = f"nullif({what}_fen, 0)"
    order, has_some = text(f"{total} desc nulls last"), text(f"{total} is not null")
    return (
        Index(f"ix_customers_{what}", order, "id", postgresql_where=has_some),
        Index(f"ix_customers_org_{what}", "org_unit_id", order, "id", postgresql_where=has_some),
    )


add_columns(
    CUSTOMERS,
    "products",
    Column("tier", String, nullable=False, server_default="GENERAL"),
    _total("deposit_fen"),
    _total("loan_fen"),
    _total("line_fen"),
    indexes=(*_in_order("deposit"), *_in_order("loan")),
)
"""Totals of what a customer holds, and the tier that follows from them, written by `domain/products/holdings.py`."""
CUSTOMERS.append_constraint(CheckConstraint("tier in ('KEY', 'GENERAL')", name="customers_tier_check"))

FOLLOWERS: Followers = (
    Follower("deposits", Follows.REBUILT),
    Follower("foreign_deposits", Follows.REBUILT),
    Follower("loans", Follows.REBUILT),
    Follower("loans_apart", Follows.REBUILT),
    Follower("loan_guarantees", Follows.REBUILT),
    Follower("credit_lines", Follows.REBUILT),
    Follower("foreign_credit_lines", Follows.REBUILT),
    Follower("customer_tiers", Follows.BOTH_KEPT),
    Follower("month_ends", Follows.REBUILT),
)
