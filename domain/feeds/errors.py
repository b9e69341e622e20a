"""What a decision on a held file is refused for."""

from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import TEXT


class BatchNotFound(DomainError):
    code = "BATCH_NOT_FOUND"


class BatchNotHeld(DomainError):
    """It never was, or somebody has decided, or another file took its place."""

    code = "BATCH_NOT_HELD"
    takes: ClassVar = {"batch_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(batch_state=state)


class BatchChanged(DomainError):
    """What lies in the landing folder is no longer what was held."""

    code = "BATCH_CHANGED"
    takes: ClassVar = {"file": TEXT}

    def __init__(self, file: str) -> None:
        super().__init__(file=file)


class BatchDecisionNotAllowed(DomainError):
    code = "BATCH_DECISION_NOT_ALLOWED"
