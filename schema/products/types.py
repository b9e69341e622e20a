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
    worth_fen: Fen | None = c2(
        "折人民币: what the balance is worth by the rate of `rateOn`; null without one of the last ten days."
    )
    rate_on: date | None = c1("The day of that rate.")


@strawberry.type(description="月末: what a customer had at a month-end, and took in within the month.")
class MonthEnd:
    month_on: date = c1("The last day of the month.")
    deposit_fen: Fen | None = c2("All deposits; null before the first file of them.")
    loan_fen: Fen | None = c2("All loans; null before the first file of them.")
    pos_volume_fen: Fen | None = c2(
        "收单流水: card and code payments that the customer's shops took in within the month; null before a first file."
    )


@strawberry.type(description="担保: what secures a loan, or who.")
class LoanGuarantee:
    kind: str = c2("1 保证, 2 抵押, 3 质押.")
    amount_fen: Fen = c2("For how much it stands, by the contract.")
    guarantor: str | None = c2("担保人; masked like a customer's name.")
    collateral: str | None = c2("抵质押物, as the loan system words it; masked like a customer's address.")
    value_fen: Fen | None = c2("评估价值.")
    valued_on: date | None = c2("Of which day the value is.")
    end_on: date | None = c2("The last day.")


@strawberry.type(description="贷款借据.")
class Loan:
    number: str = c2("借据号; its end alone where the role sees masked values.")
    product: str = c2("The product.")
    balance_fen: Fen = c2("The balance at the data date.")
    rate_bps: int = c2("The yearly rate in basis points: 435 is 4.35 %.")
    start_on: date = c2("The day it was drawn.")
    end_on: date = c2("The day it is due.")
    overdue_days: int = c2("Days overdue; 0 when none.")
    is_business: bool = c2("经营性, else 消费.")
    industry: str | None = c2("投向行业: what the money is used for, by GB/T 4754.")
    guarantee: str | None = c2("担保方式, as the loan system words it.")
    five_class: str | None = c2("五级分类, as the loan system words it.")
    farm_use: str | None = c2("支农用途, a code of 01 to 07 (docs/formats.md).")
    policy: str | None = c2("01 创业担保贷款, 02 助学贷款.")
    was_farmer: bool | None = c2("农户 on the day of drawing; null where the loan system does not say.")
    reported_farm: bool | None = c2("Reported as 涉农.")
    reported_inclusive_farm: bool | None = c2("Reported as 普惠型涉农.")
    reported_inclusive_small: bool | None = c2("Reported as 普惠型小微.")
    guarantees: list[LoanGuarantee] = c2("担保 of its contract at the data date.")


@strawberry.enum(description="Why a loan is in no sum.")
class LoanStanding(Enum):
    BOOKS = "BOOKS"
    WRITTEN_OFF = "WRITTEN_OFF"
    TRANSFERRED = "TRANSFERRED"
    ENTRUSTED = "ENTRUSTED"


@strawberry.type(
    description="表外及外币贷款: written off, sold, lent for others, or not in yuan; in no sum of the product."
)
class LoanApart:
    number: str = c2("借据号; its end alone where the role sees masked values.")
    product: str = c2("The product.")
    standing: LoanStanding = c2("Why it stands apart; BOOKS where its currency is the reason.")
    currency: str = c2("The currency by its letters in ISO 4217.")
    balance: Hundredths = c2("The balance at the data date, in hundredths of the currency's unit.")
    end_on: date = c2("The day it is due.")


@strawberry.type(description="外币授信额度: in no sum of the product.")
class ForeignCreditLine:
    currency: str = c2("The currency by its letters in ISO 4217.")
    line: Hundredths = c2("What was granted, in hundredths of the currency's unit.")
    used: Hundredths = c2("What is drawn of it.")
    end_on: date = c2("The last day.")
