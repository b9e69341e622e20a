"""职责: what a member of staff answers for by the books. It says who owns whom; what he may do or see is his role's."""

from enum import StrEnum


class Duty(StrEnum):
    CUSTOMERS = "CUSTOMERS"
    """管户: customers whom the books name as his are his."""
    UNIT = "UNIT"
    """管机构: customers of his unit whom nobody looks after are his."""
