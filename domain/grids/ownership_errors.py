"""What rules of ownership, exceptions and lists are refused for."""

from datetime import date
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import DATE, NUMBER, TEXT

LONGEST_NAME = 40
LONGEST_REASON = 200
LONGEST_EXCEPTION_DAYS = 366


class OwnershipNotAllowed(DomainError):
    """Without the permission to give customers to people, or to keep lists."""

    code = "OWNERSHIP_NOT_ALLOWED"


class OwnershipRuleCircular(DomainError):
    """It asks for grid, unit or owner, which follow from it."""

    code = "OWNERSHIP_RULE_CIRCULAR"
    takes: ClassVar = {"field": TEXT}

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class OwnershipRuleNotValid(DomainError):
    """Number, name or position."""

    code = "OWNERSHIP_RULE_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_NAME)


class OwnershipTargetNotFound(DomainError):
    """Nobody in service has that number, or no grid of the plan in force or list that code."""

    code = "OWNERSHIP_TARGET_NOT_FOUND"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, given: str) -> None:
        super().__init__(given=given[:LONGEST_NAME])


class OwnershipUnitNotFound(DomainError):
    code = "OWNERSHIP_UNIT_NOT_FOUND"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, given: str) -> None:
        super().__init__(given=given[:LONGEST_NAME])


class OwnershipDayNotPossible(DomainError):
    """A night has prepared the day already."""

    code = "OWNERSHIP_DAY_NOT_POSSIBLE"
    takes: ClassVar = {"first_on": DATE}

    def __init__(self, first: date) -> None:
        super().__init__(first_on=first)


class OwnershipDaysNotValid(DomainError):
    code = "OWNERSHIP_DAYS_NOT_VALID"


class OwnerNotInScope(DomainError):
    """No customer, or nobody in service, whom the actor may give to whom."""

    code = "OWNER_NOT_IN_SCOPE"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, given: str) -> None:
        super().__init__(given=given[:LONGEST_NAME])


class ExceptionReasonMissing(DomainError):
    code = "EXCEPTION_REASON_MISSING"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_REASON)


class ExceptionDaysNotValid(DomainError):
    """It ends tomorrow at the earliest and within a year."""

    code = "EXCEPTION_DAYS_NOT_VALID"
    takes: ClassVar = {"days": NUMBER}

    def __init__(self) -> None:
        super().__init__(days=LONGEST_EXCEPTION_DAYS)


class ExceptionThere(DomainError):
    """The customer has one already, of somebody else or of another end."""

    code = "EXCEPTION_THERE"
    takes: ClassVar = {"who": TEXT, "to_on": DATE}

    def __init__(self, who: str, to_on: date) -> None:
        super().__init__(who=who, to_on=to_on)


class ExceptionNotFound(DomainError):
    code = "EXCEPTION_NOT_FOUND"


class ListGridNotValid(DomainError):
    """Code, name or kind."""

    code = "LIST_GRID_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_NAME)


class ListGridNotFound(DomainError):
    code = "LIST_GRID_NOT_FOUND"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, given: str) -> None:
        super().__init__(given=given[:LONGEST_NAME])


class ListGridMadeMeanwhile(DomainError):
    """Another made a list of that code at the same moment; his stands."""

    code = "LIST_GRID_MADE_MEANWHILE"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, given: str) -> None:
        super().__init__(given=given[:LONGEST_NAME])
