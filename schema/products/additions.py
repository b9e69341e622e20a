"""What customers and grids show of holdings and tiers."""

import strawberry
from sqlalchemy import BigInteger, func, literal_column
from strawberry import UNSET

from domain.products import fields, month_end_fields
from schema.customers.edges import of_customer
from schema.customers.groups import counted, one_if, summed
from schema.engine.mapping import Many, OrderKey, column, columns, plain_column
from schema.engine.ordering import whole
from schema.field_classes import c1, c2
from schema.grids.mapping import figure
from schema.order_indexes import indexed
from schema.products.types import (
    CustomerTier,
    Deposit,
    ForeignCreditLine,
    ForeignDeposit,
    Loan,
    LoanApart,
    MonthEnd,
)
from schema.ranges import FenRange
from schema.rooms import Addition
from schema.rule_filters import among, asked, between, flag
from schema.scalars import Fen


@strawberry.type
class OfCustomer:
    tier: CustomerTier = c1("客户分层.")
    deposits: list[Deposit] = c2("Accounts in yuan at the data date.")
    foreign_deposits: list[ForeignDeposit] = c2("Accounts in other currencies at the data date.")
    loans: list[Loan] = c2("Loans in yuan on the bank's books at the data date.")
    loans_apart: list[LoanApart] = c2("表外及外币贷款 at the data date, in no sum.")
    foreign_credit_lines: list[ForeignCreditLine] = c2(
        "Lines in other currencies at the data date, in no sum."
    )
    month_ends: list[MonthEnd] = c2(
        "Thirteen month-ends at most, the first first; one at which there was nothing is left out."
    )
    deposit_fen: Fen = c2("All deposits in yuan.")
    loan_fen: Fen = c2("All loans.")
    line_fen: Fen = c2("All credit lines in force.")


@strawberry.input
class CustomersWith:
    tier: list[CustomerTier] | None = UNSET
    has_loan: bool | None = UNSET
    deposit_fen: FenRange | None = UNSET
    line_fen: FenRange | None = UNSET
    month_end_deposit_fen: FenRange | None = UNSET
    month_end_loan_fen: FenRange | None = UNSET
    deposit_change1m_fen: FenRange | None = UNSET
    deposit_change3m_fen: FenRange | None = UNSET
    deposit_change12m_fen: FenRange | None = UNSET
    loan_change1m_fen: FenRange | None = UNSET
    loan_change3m_fen: FenRange | None = UNSET
    loan_change12m_fen: FenRange | None = UNSET
    pos_volume1m_fen: FenRange | None = UNSET
    pos_volume3m_fen: FenRange | None = UNSET
    pos_volume12m_fen: FenRange | None = UNSET


@strawberry.type
class OfGroup:
    tier: CustomerTier | None = c1("客户分层, where it is grouped by.")
    with_loan: int = c1("Those with a balance of loans.")
    deposit_fen: Fen = c1("Deposits of all of them.")
    loan_fen: Fen = c1("Loans of all of them.")
    line_fen: Fen = c1("Credit lines in force of all of them.")


@strawberry.type
class OfGrid:
    key_customers: int = c1("重点客户.")
    deposit_fen: Fen = c1("Deposits of all customers.")
    loan_fen: Fen = c1("Loans of all customers.")


def _in_order(what: str) -> OrderKey:
    """Who has none is not in the index (`domain/products/models.py`), so none counts as unknown."""
    return OrderKey(
        lambda row, _: func.nullif(row.c[f"{what}_fen"], literal_column("0"), type_=BigInteger),
        read=whole,
        is_nullable=True,
        indexes=indexed(bank=[f"ix_customers_{what}"], units=[f"ix_customers_org_{what}"]),
        is_sparse=True,
    )


MEASURES = {
    "withLoan": counted(one_if(asked(fields.HAS_LOAN))),
    "depositFen": summed("deposit_fen"),
    "loanFen": summed("loan_fen"),
    "lineFen": summed("line_fen"),
}
ADDITIONS = (
    Addition(
        "Customer",
        contract=OfCustomer,
        fields={
            "tier": column("tier"),
            "deposits": Many(
                "Deposit",
                of_customer,
                order=lambda deposit: [deposit.c.balance_fen.desc(), deposit.c.account_no],
            ),
            "foreignDeposits": Many(
                "ForeignDeposit",
                of_customer,
                order=lambda deposit: [deposit.c.currency, deposit.c.account_no],
            ),
            "loans": Many(
                "Loan",
                of_customer,
                order=lambda loan: [loan.c.end_on, loan.c.number],
            ),
            "loansApart": Many(
                "LoanApart",
                of_customer,
                order=lambda loan: [loan.c.currency, loan.c.number],
            ),
            "foreignCreditLines": Many(
                "ForeignCreditLine",
                of_customer,
                order=lambda line: [line.c.currency, line.c.contract_no],
            ),
            "monthEnds": Many(
                "MonthEnd",
                of_customer,
                order=lambda month: [month.c.month_on],
            ),
            "depositFen": column("deposit_fen"),
            "loanFen": column("loan_fen"),
            "lineFen": column("line_fen"),
        },
        filter_input=CustomersWith,
        filters={
            "tier": among(fields.TIER),
            "hasLoan": flag(fields.HAS_LOAN),
            "depositFen": between(fields.DEPOSIT_FEN),
            "lineFen": between(fields.LINE_FEN),
            **{one.name: between(one) for one in month_end_fields.FIELDS},
        },
        orders={
            "DEPOSIT": _in_order("deposit"),
            "LOAN": _in_order("loan"),
        },
        dimensions={"TIER": lambda row, _view: row.c.tier},
        measures=MEASURES,
    ),
    Addition("CustomerGroup", contract=OfGroup, fields={"tier": plain_column("TIER"), **columns(*MEASURES)}),
    Addition(
        "GridStatistics",
        contract=OfGrid,
        fields={
            "keyCustomers": figure("key_customers"),
            "depositFen": figure("deposit_fen"),
            "loanFen": figure("loan_fen"),
        },
    ),
)
