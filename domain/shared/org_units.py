"""机构: what kinds of units there are. The tree has any depth; which unit lies below which is `parent_id`'s to say."""

from enum import StrEnum


class OrgUnitKind(StrEnum):
    HEAD_OFFICE = "HEAD_OFFICE"
    BRANCH = "BRANCH"
    """A unit that has outlets below it."""
    OUTLET = "OUTLET"
    DEPARTMENT = "DEPARTMENT"
    """A unit that has no customers of its own."""
