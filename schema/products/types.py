"""What customers hold, and the tier that follows from it."""

from datetime import date
from enum import Enum

import strawberry

from schema.field_classes import c1, c2
from schema.scalars import Fen, Hundredths


@strawberry.enum(description="客户分层: 重点 or 一般.")
class CustomerTier(Enum):
    KEY = "KEY"
    GENERAL = "GENERAL"


@strawberry.type(description="存款账户.")
class Deposit:
    product: str = c2("The product.")
    balance_fen: Fen = c2("The balance at the data date.")
    average3m_fen: Fen = c2("The average balance of three months.", name="average3mFen")
    opened_on: date = c1("When it was opened; 1900-01-01 when nobody knows.")


@strawberry.type(description="外币存款账户: in no sum of the product; all sums are yuan.")
class ForeignDeposit:
    product: str = c2("The product.")
    currency: str = c2("The currency by its letters in ISO 4217: USD.")
    balance: Hundredths = c2(
        "The balance at the data date, in hundredths of the currency's unit: 500000 is 5,000.00."
    )
    opened_on: date | None = c1("When it was opened.")


@strawberry.type(description="月末: what a customer had at a month-end, and took in within the month.")
class MonthEnd:
    month_on: date = c1("The last day of the month.")
    deposit_fen: Fen | None = c2("All deposits; null before the first file of them.")
    loan_fen: Fen | None = c2("All loans; null before the first file of them.")
    pos_volume_fen: Fen | None = c2(
        "收单流水: card and code payments that the customer's shops took in within the month; null before a first file."
    )


@strawberry.type(description="贷款借据.")
class Loan:
    number: str = c2("借据号; its end alone where the role sees masked values.")
    product: str = c2("The product.")
    balance_fen: Fen = c2("The balance at the data date.")
    rate_bps: int = c2("The yearly rate in basis points: 435 is 4.35 %.")
    start_on: date = c2("The day it was drawn.")
    end_on: date = c2("The day it is due.")
    overdue_days: int = c2("Days overdue; 0 when none.")
