"""What a proposal is refused for."""

import json
from datetime import datetime
from typing import Any

from domain.shared.calendar import BANK_ZONE
from domain.shared.errors import DomainError

LONGEST_REASON = 500
OPEN_AT_MOST_DAYS = 30


class ProposalNotFound(DomainError):
    """Also a proposal of a kind that one may not see."""

    code = "PROPOSAL_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("没有找到这条提案；未作改动。")


class ProposalClosed(DomainError):
    code = "PROPOSAL_CLOSED"

    def __init__(self, state: str) -> None:
        words = {
            "APPLIED": "已同意并生效",
            "REJECTED": "已被拒绝",
            "WITHDRAWN": "已撤回",
            "EXPIRED": "已过期",
        }
        super().__init__(f"这条提案{words[state]}，不能再处理；未作改动。")


class ProposalExpired(DomainError):
    code = "PROPOSAL_EXPIRED"

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"这条提案的期限是 {until.astimezone(BANK_ZONE):%Y-%m-%d %H:%M}，已经过期；未作改动，请重新提出。"
        )


class ProposerDecides(DomainError):
    """One person on both sides, under whatever account, session or role."""

    code = "PROPOSER_DECIDES"

    def __init__(self) -> None:
        super().__init__(
            "提出人不能处理自己的提案，换账号、换角色也不行；未作改动，请由另一位有权限的同事处理。"
        )


class ProposalNotYours(DomainError):
    code = "PROPOSAL_NOT_YOURS"

    def __init__(self) -> None:
        super().__init__("只有提出人可以撤回提案；未作改动。")


class ProposalNotAllowed(DomainError):
    code = "PROPOSAL_NOT_ALLOWED"

    def __init__(self) -> None:
        super().__init__("您没有提出或处理这类提案的权限；未作改动。")


class ProposalStale(DomainError):
    """What is to be changed is no longer what the proposer saw."""

    code = "PROPOSAL_STALE"

    def __init__(self, before: dict[str, Any], present: dict[str, Any]) -> None:
        seen, found = (json.dumps(one, ensure_ascii=False) for one in (before, present))
        super().__init__(f"提出时的值是 {seen}，现在已是 {found}；未作改动，请按现值重新提出。")


class NothingChanges(DomainError):
    code = "NOTHING_CHANGES"

    def __init__(self) -> None:
        super().__init__("提案与现值相同，无需改动。")


class ProposalReasonMissing(DomainError):
    code = "REASON_MISSING"

    def __init__(self) -> None:
        super().__init__(f"需要说明理由（最多 {LONGEST_REASON} 个字）；未作改动。")


class UntilNotValid(DomainError):
    code = "UNTIL_NOT_VALID"

    def __init__(self) -> None:
        super().__init__(f"提案的期限应在今后 {OPEN_AT_MOST_DAYS} 天之内；未作改动。")
