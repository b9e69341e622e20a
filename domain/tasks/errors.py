"""Why a visit is not recorded."""

from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER


class CustomerNotFound(DomainError):
    """The same for a customer who does not exist and for one outside the actor's scope."""

    code = "CUSTOMER_NOT_FOUND"


class NextDateInPast(DomainError):
    code = "NEXT_DATE_IN_PAST"


class NoteTooLong(DomainError):
    code = "NOTE_TOO_LONG"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class PointNotValid(DomainError):
    code = "POINT_NOT_VALID"
