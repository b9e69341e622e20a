"""The contracts of the feeds: files that the bank's systems drop at night (domain facts: docs/formats.md).

A batch is `<feed>_<YYYYMMDD>_<n>.dat` with a control file `<feed>_<YYYYMMDD>_<n>.ctl` of five lines
`rows=`, `amount_sum=` (yuan, two decimals; empty for feeds without an amount), `sha256=` (of the .dat file),
`encoding=`, `mode=full`. Columns are separated by `|@|`, there is no header, dates are YYYYMMDD, 99991231 is open,
amounts are yuan with two decimals, an empty column is unknown, every line ends with a line feed.
"""

from domain.feeds.contracts.bank import (
    APPLICATION,
    CHANNEL,
    CORE_CUSTOMER,
    CORE_DEPOSIT,
    CREDIT_LINE,
    CRM_LEGACY,
    FX,
    GUARANTEE,
    LOAN,
    POS_MERCHANT,
    SUNSHINE_CREDIT,
)
from domain.feeds.contracts.form import DELIMITER, OPEN_DATE, Column, ColumnType, Feed
from domain.feeds.contracts.outside import (
    FACTS,
    FIRM_YEAR,
    HOUSEHOLD,
    PROPERTY,
    REGISTRY,
    SOCIAL_SECURITY,
    TAX_POWER,
)
from domain.feeds.contracts.people import ORG, STAFF

__all__ = [
    "CORE_DEPOSIT",
    "DELIMITER",
    "FEEDS",
    "HISTORY_FEEDS",
    "LOAN",
    "OPEN_DATE",
    "ORG",
    "POS_MERCHANT",
    "STAFF",
    "Column",
    "ColumnType",
    "Feed",
]

FEEDS: dict[str, Feed] = {
    feed.name: feed
    for feed in (
        CORE_CUSTOMER,
        CORE_DEPOSIT,
        LOAN,
        CREDIT_LINE,
        CRM_LEGACY,
        SUNSHINE_CREDIT,
        HOUSEHOLD,
        POS_MERCHANT,
        FIRM_YEAR,
        REGISTRY,
        TAX_POWER,
        CHANNEL,
        SOCIAL_SECURITY,
        PROPERTY,
        FACTS,
        APPLICATION,
        GUARANTEE,
        FX,
        ORG,
        STAFF,
    )
}

# What the models need of every month-end of the year before.
HISTORY_FEEDS = ("core_deposit", "loan", "pos_merchant", "channel")
