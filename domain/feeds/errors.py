"""What a decision on a held file, or a word on a source, is refused for."""

from datetime import date
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import DATE, TEXT


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


class SourceNotAllowed(DomainError):
    code = "SOURCE_NOT_ALLOWED"


class SourceNotOutside(DomainError):
    """No such feed, or one of the bank's own, which needs no basis."""

    code = "SOURCE_NOT_OUTSIDE"
    takes: ClassVar = {"feed_given": TEXT, "feeds_outside": TEXT}

    def __init__(self, feed: str, outside: str) -> None:
        super().__init__(feed_given=feed[:40], feeds_outside=outside)


class SourceBasisUnknown(DomainError):
    code = "SOURCE_BASIS_UNKNOWN"
    takes: ClassVar = {"given": TEXT}

    def __init__(self, basis: str) -> None:
        super().__init__(given=basis[:40])


class SourceTextMissing(DomainError):
    """Purpose, document or reason are empty or too long."""

    code = "SOURCE_TEXT_MISSING"


class SourcePartyMissing(DomainError):
    """Each third party of the feed has a basis of its own, so it has to be named."""

    code = "SOURCE_PARTY_MISSING"
    takes: ClassVar = {"feed_given": TEXT}

    def __init__(self, feed: str) -> None:
        super().__init__(feed_given=feed)


class SourceHasNoParties(DomainError):
    """The feed is one source."""

    code = "SOURCE_HAS_NO_PARTIES"
    takes: ClassVar = {"feed_given": TEXT}

    def __init__(self, feed: str) -> None:
        super().__init__(feed_given=feed)


class SourceDaysNotValid(DomainError):
    code = "SOURCE_DAYS_NOT_VALID"
    takes: ClassVar = {"from_on": DATE, "until_on": DATE}

    def __init__(self, from_on: date, until_on: date) -> None:
        super().__init__(from_on=from_on, until_on=until_on)


class SourceWithoutBasis(DomainError):
    """There is nothing to end."""

    code = "SOURCE_WITHOUT_BASIS"
    takes: ClassVar = {"feed_given": TEXT}

    def __init__(self, feed: str) -> None:
        super().__init__(feed_given=feed)
