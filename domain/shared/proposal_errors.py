"""What a proposal is refused for."""

import json
from datetime import datetime
from typing import Any, ClassVar

from domain.shared.calendar import BANK_ZONE
from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT

LONGEST_REASON = 500
OPEN_AT_MOST_DAYS = 30


class ProposalNotFound(DomainError):
    """Also a proposal of a kind that one may not see."""

    code = "PROPOSAL_NOT_FOUND"


class ProposalClosed(DomainError):
    code = "PROPOSAL_CLOSED"
    takes: ClassVar = {"proposal_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(proposal_state=state)


class ProposalExpired(DomainError):
    code = "PROPOSAL_EXPIRED"
    takes: ClassVar = {"until": TEXT}

    def __init__(self, until: datetime) -> None:
        super().__init__(until=f"{until.astimezone(BANK_ZONE):%Y-%m-%d %H:%M}")


class ProposerDecides(DomainError):
    """One person on both sides, under whatever account, session or role."""

    code = "PROPOSER_DECIDES"


class ProposalNotYours(DomainError):
    code = "PROPOSAL_NOT_YOURS"


class ProposalNotAllowed(DomainError):
    code = "PROPOSAL_NOT_ALLOWED"


class ProposalStale(DomainError):
    """What is to be changed is no longer what the proposer saw."""

    code = "PROPOSAL_STALE"
    takes: ClassVar = {"before": TEXT, "present": TEXT}

    def __init__(self, before: dict[str, Any], present: dict[str, Any]) -> None:
        super().__init__(
            before=json.dumps(before, ensure_ascii=False), present=json.dumps(present, ensure_ascii=False)
        )


class NothingChanges(DomainError):
    code = "NOTHING_CHANGES"


class ProposalReasonMissing(DomainError):
    code = "REASON_MISSING"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_REASON)


class UntilNotValid(DomainError):
    code = "UNTIL_NOT_VALID"
    takes: ClassVar = {"days": NUMBER}

    def __init__(self) -> None:
        super().__init__(days=OPEN_AT_MOST_DAYS)
