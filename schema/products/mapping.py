"""How holdings are read."""

from sqlalchemy import ColumnElement, and_, case

from domain.products.models import (
    Deposit,
    ForeignCreditLine,
    ForeignDeposit,
    Loan,
    LoanApart,
    LoanGuarantee,
    MonthEnd,
)
from domain.products.month_end_fields import known_since
from schema.customers.masking import seen
from schema.engine.given import Given
from schema.engine.mapping import Many, TypeMap, Value, column
from schema.engine.scope import Row
from schema.view import rows_of

DEPOSIT = TypeMap(
    "Deposit",
    {
        "product": column("product"),
        "balanceFen": column("balance_fen"),
        "average3mFen": column("average_3m_fen"),
        "openedOn": column("opened_on"),
    },
    rows=rows_of(Deposit),
    key="account_no",
)

FOREIGN_DEPOSIT = TypeMap(
    "ForeignDeposit",
    {
        "product": column("product"),
        "currency": column("currency"),
        "balance": column("balance_hundredths"),
        "openedOn": column("opened_on"),
        "worthFen": column("worth_fen"),
        "rateOn": column("rate_on"),
    },
    rows=rows_of(ForeignDeposit),
    key="account_no",
)

LOAN_GUARANTEE = TypeMap(
    "LoanGuarantee",
    {
        "kind": column("kind"),
        "amountFen": column("amount_fen"),
        "guarantor": Value(lambda row, view: seen("name", row.c.guarantor_name, view)),
        # Mostly a home, in the loan system's words.
        "collateral": Value(lambda row, view: seen("address", row.c.collateral, view)),
        "valueFen": column("value_fen"),
        "valuedOn": column("valued_on"),
        "endOn": column("end_on"),
    },
    rows=rows_of(LoanGuarantee),
    key="guarantee_no",
)


def _of_the_loan(loan: Row, row: Row, _arguments: Given) -> ColumnElement[bool]:
    return and_(row.c.customer_id == loan.c.customer_id, row.c.loan_number == loan.c.number)


LOAN = TypeMap(
    "Loan",
    {
        "number": Value(lambda row, view: seen("number", row.c.number, view)),
        "product": column("product"),
        "balanceFen": column("balance_fen"),
        "rateBps": column("rate_bps"),
        "startOn": column("start_on"),
        "endOn": column("end_on"),
        "overdueDays": column("overdue_days"),
        "isBusiness": column("is_business"),
        "industry": column("industry"),
        "guarantee": column("guarantee"),
        "fiveClass": column("five_class"),
        "farmUse": column("farm_use"),
        "policy": column("policy"),
        "wasFarmer": column("was_farmer"),
        "reportedFarm": column("reported_farm"),
        "reportedInclusiveFarm": column("reported_inclusive_farm"),
        "reportedInclusiveSmall": column("reported_inclusive_small"),
        "guarantees": Many("LoanGuarantee", _of_the_loan, order=lambda one: [one.c.kind, one.c.guarantee_no]),
    },
    rows=rows_of(Loan),
    key="number",
)

LOAN_APART = TypeMap(
    "LoanApart",
    {
        "number": Value(lambda row, view: seen("number", row.c.number, view)),
        "balance": column("balance_hundredths"),
        "product": column("product"),
        "standing": column("standing"),
        "currency": column("currency"),
        "endOn": column("end_on"),
    },
    rows=rows_of(LoanApart),
    key="number",
)

FOREIGN_CREDIT_LINE = TypeMap(
    "ForeignCreditLine",
    {
        "line": column("line_hundredths"),
        "used": column("used_hundredths"),
        "currency": column("currency"),
        "endOn": column("end_on"),
    },
    rows=rows_of(ForeignCreditLine),
    key="contract_no",
)


def _known(figure: str) -> Value:
    """Before the first file of its feed the table has 0, which nobody knows to be true: null."""
    return Value(lambda row, _: case((row.c.month_on >= known_since(figure), row.c[figure])))


MONTH_END = TypeMap(
    "MonthEnd",
    {
        "monthOn": column("month_on"),
        "depositFen": _known("deposit_fen"),
        "loanFen": _known("loan_fen"),
        "posVolumeFen": _known("pos_volume_fen"),
    },
    rows=rows_of(MonthEnd),
    key="month_on",
)

TYPES = (DEPOSIT, FOREIGN_DEPOSIT, LOAN_GUARANTEE, LOAN, LOAN_APART, FOREIGN_CREDIT_LINE, MONTH_END)
