"""How holdings are read."""

from sqlalchemy import case

from domain.products.models import Deposit, ForeignCreditLine, ForeignDeposit, Loan, LoanApart, MonthEnd
from domain.products.month_end_fields import known_since
from schema.customers.masking import seen
from schema.engine.mapping import TypeMap, Value, column
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
    },
    rows=rows_of(ForeignDeposit),
    key="account_no",
)

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

TYPES = (DEPOSIT, FOREIGN_DEPOSIT, LOAN, LOAN_APART, FOREIGN_CREDIT_LINE, MONTH_END)
