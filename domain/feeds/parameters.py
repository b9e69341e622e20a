"""What a file may be at most before it is refused as a whole, and what is usual enough to be taken without a word."""

from domain.feeds.lateness import complaint_about, complaint_about_hour
from domain.shared.parameters import Parameter, ParameterType

_READERS = ("intake",)

LOWEST_ROW_SHARE_BPS = Parameter(
    "feeds.lowest_row_share_bps", ParameterType.BPS, 5_000, "BPS", _READERS, lowest=0, highest=10_000
)
"""A file that leaves fewer keys in force than this share of those before, or keeps fewer of them, is held."""
HIGHEST_ROW_SHARE_BPS = Parameter(
    "feeds.highest_row_share_bps", ParameterType.BPS, 15_000, "BPS", _READERS, lowest=10_000, highest=100_000
)
COMPARED_FROM_ROWS = Parameter(
    "feeds.compared_from_rows", ParameterType.INTEGER, 20, "ROWS", _READERS, lowest=0, highest=1_000_000
)
"""Shares of fewer keys than this say nothing about what is usual. A file that ends all keys is held in any case."""
QUARANTINED_SHARE_BPS = Parameter(
    "feeds.quarantined_share_bps", ParameterType.BPS, 500, "BPS", _READERS, lowest=0, highest=10_000
)
QUARANTINED_ALLOWED_ROWS = Parameter(
    "feeds.quarantined_allowed_rows", ParameterType.INTEGER, 20, "ROWS", _READERS, lowest=0, highest=100_000
)
"""So many bad rows may be set aside whatever their share, so that a small file is not refused for one of them."""

LIST_CHANGED_SHARE_BPS = Parameter(
    "feeds.list_changed_share_bps",
    ParameterType.BPS,
    1_000,
    "BPS",
    ("organisation",),
    lowest=0,
    highest=10_000,
)
"""Where a nightly file of units or staff would end or move more than this share of them, a person carries it out."""

DUE_AT = Parameter("feeds.due_at", ParameterType.TEXT, "06:00", "", ("feeds",), complaint=complaint_about)
"""By which hour of the next day files should be there, and feeds with an hour of their own: `06:00 loan=03:30`."""
TAKEN_UNTIL = Parameter(
    "feeds.taken_until", ParameterType.TEXT, "08:00", "", ("feeds",), complaint=complaint_about_hour
)
"""Until which hour a late file begins a night of its own as soon as it is there; later the next night takes it."""

PARAMETERS = (
    DUE_AT,
    TAKEN_UNTIL,
    LOWEST_ROW_SHARE_BPS,
    HIGHEST_ROW_SHARE_BPS,
    COMPARED_FROM_ROWS,
    QUARANTINED_SHARE_BPS,
    QUARANTINED_ALLOWED_ROWS,
    LIST_CHANGED_SHARE_BPS,
)
