"""What can be asked of holdings: of a customer in sum, and of a loan by itself."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, cast, func, literal_column, select
from sqlalchemy.sql import FromClause

from domain.customers.fields import CUSTOMER
from domain.products.models import CustomerTier, Loan, LoanGuarantee
from domain.shared.rules.fields import Beside, Day, Field, FieldType, Link, Row, Subject, column
from domain.shared.rules.past import facts_of_the_day

LOAN = Subject("loan", Loan.__table__, key="number")  # type: ignore[attr-defined]

TIERS = ("KEY", "GENERAL")

_C2_FEN: dict[str, Any] = {"type": FieldType.FEN, "level": "C2"}


def _open_loans(day: Day) -> FromClause:
    """Loans with a balance: the longest overdue, the sum, the nearest end that still lies ahead, and the first that has
    passed without a day overdue: the core counts them from the next working day on, and some cores count below nought
    until then. An end that is not after the start is a default that somebody typed, and none."""
    loan = LOAN.table.alias()
    return (
        select(
            loan.c.customer_id,
            func.max(loan.c.overdue_days).label("overdue_days"),
            cast(func.sum(loan.c.balance_fen), BigInteger).label("balance_fen"),
            func.min(loan.c.end_on).filter(loan.c.end_on > day).label("ends_on"),
            func.min(loan.c.end_on)
            .filter(
                loan.c.end_on <= day,
                loan.c.end_on > loan.c.start_on,
                loan.c.overdue_days <= literal_column("0"),
            )
            .label("matured_on"),
        )
        .where(loan.c.balance_fen > literal_column("0"))
        .group_by(loan.c.customer_id)
        .subquery("open_loans")
    )


OPEN_LOANS = Beside("open_loans", "customer_id", _open_loans)


def _ends_in_days(row: Row, day: Day) -> ColumnElement[Any]:
    """From the morning after the data date, when people set out: 0 is an end on that very day."""
    days: ColumnElement[Any] = row.c.ends_on - day - literal_column("1", Integer)
    return days


DEPOSIT_FEN = Field(
    "depositFen", CUSTOMER, sql=column("deposit_fen"), source="customers.deposit_fen", **_C2_FEN
)
LOAN_FEN = Field("loanFen", CUSTOMER, sql=column("loan_fen"), source="customers.loan_fen", **_C2_FEN)
LINE_FEN = Field("lineFen", CUSTOMER, sql=column("line_fen"), source="customers.line_fen", **_C2_FEN)
HAS_LOAN = Field(
    "hasLoan",
    CUSTOMER,
    FieldType.FLAG,
    lambda row, _day: row.c.loan_fen > 0,
    "customers.loan_fen",
    level="C2",
)
_TIER_THEN = facts_of_the_day(CustomerTier.__table__, "customer_id")  # type: ignore[attr-defined]
TIER = Field(
    "tier", CUSTOMER, FieldType.TEXT, column("tier"), "customers.tier", values=TIERS, past=_TIER_THEN
)
LOAN_OVERDUE_DAYS = Field(
    "loanOverdueDays",
    CUSTOMER,
    FieldType.INTEGER,
    column("overdue_days"),
    "loans.overdue_days",
    level="C2",
    beside=OPEN_LOANS,
)
LOAN_ENDS_ON = Field(
    "loanEndsOn", CUSTOMER, FieldType.DATE, column("ends_on"), "loans.end_on", level="C2", beside=OPEN_LOANS
)
LOAN_ENDS_IN_DAYS = Field(
    "loanEndsInDays",
    CUSTOMER,
    FieldType.INTEGER,
    _ends_in_days,
    "loans.end_on",
    level="C2",
    beside=OPEN_LOANS,
)
LOAN_MATURED_ON = Field(
    "loanMaturedOn",
    CUSTOMER,
    FieldType.DATE,
    column("matured_on"),
    "loans.end_on",
    level="C2",
    beside=OPEN_LOANS,
)


def _of_a_loan(name: str, type_: FieldType, column_name: str) -> Field:
    return Field(name, LOAN, type_, column(column_name), f"loans.{column_name}", level="C2")


def _secured(_day: Day) -> FromClause:
    """By loan: what is guaranteed, and what stands behind it."""
    held = LoanGuarantee.__table__.alias()  # type: ignore[attr-defined]
    return (
        select(
            held.c.loan_number,
            cast(func.sum(held.c.amount_fen), BigInteger).label("guaranteed_fen"),
            cast(func.sum(held.c.value_fen), BigInteger).label("collateral_fen"),
        )
        .group_by(held.c.loan_number)
        .subquery("secured")
    )


SECURED = Beside("secured", "loan_number", _secured)


def _secured_by(name: str, column_name: str) -> Field:
    source = f"loan_guarantees.{column_name}"
    return Field(name, LOAN, FieldType.FEN, column(column_name), source, level="C2", beside=SECURED)


LOAN_FIELDS = (
    _secured_by("guaranteedFen", "guaranteed_fen"),
    _secured_by("collateralFen", "collateral_fen"),
    _of_a_loan("product", FieldType.TEXT, "product"),
    _of_a_loan("balanceFen", FieldType.FEN, "balance_fen"),
    _of_a_loan("rateBps", FieldType.INTEGER, "rate_bps"),
    _of_a_loan("startOn", FieldType.DATE, "start_on"),
    _of_a_loan("endOn", FieldType.DATE, "end_on"),
    _of_a_loan("overdueDays", FieldType.INTEGER, "overdue_days"),
    _of_a_loan("isBusiness", FieldType.FLAG, "is_business"),
    _of_a_loan("guarantee", FieldType.TEXT, "guarantee"),
    _of_a_loan("fiveClass", FieldType.TEXT, "five_class"),
    _of_a_loan("farmUse", FieldType.TEXT, "farm_use"),
    _of_a_loan("policy", FieldType.TEXT, "policy"),
    _of_a_loan("wasFarmer", FieldType.FLAG, "was_farmer"),
    _of_a_loan("reportedFarm", FieldType.FLAG, "reported_farm"),
    _of_a_loan("reportedInclusiveFarm", FieldType.FLAG, "reported_inclusive_farm"),
    _of_a_loan("reportedInclusiveSmall", FieldType.FLAG, "reported_inclusive_small"),
)
FIELDS = (
    DEPOSIT_FEN,
    LOAN_FEN,
    LINE_FEN,
    HAS_LOAN,
    TIER,
    LOAN_OVERDUE_DAYS,
    LOAN_ENDS_ON,
    LOAN_ENDS_IN_DAYS,
    LOAN_MATURED_ON,
    *LOAN_FIELDS,
)
LINKS = (Link("loans", CUSTOMER, LOAN, lambda customer, loan: loan.c.customer_id == customer.c.id),)
