"""The datums that points come in, by name alone: help and choices load no numbers."""

from enum import StrEnum


class Datum(StrEnum):
    """Every point that comes in names one; there is no default."""

    WGS84 = "WGS84"
    GCJ02 = "GCJ02"
    BD09 = "BD09"
