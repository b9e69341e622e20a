"""What a file may be at most before it is refused as a whole, and what is usual enough to be taken without a word."""

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

PARAMETERS = (
    LOWEST_ROW_SHARE_BPS,
    HIGHEST_ROW_SHARE_BPS,
    COMPARED_FROM_ROWS,
    QUARANTINED_SHARE_BPS,
    QUARANTINED_ALLOWED_ROWS,
)
