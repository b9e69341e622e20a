"""客户分层: who is a key customer. Pure; the thresholds are parameters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyCustomerRule:
    """A customer is KEY from any of these on; every enterprise is."""

    deposit_fen: int = 200_000_00
    loan_fen: int = 300_000_00
    line_fen: int = 300_000_00
    kinds: tuple[str, ...] = ("ENTERPRISE",)


DEFAULT_RULE = KeyCustomerRule()


def tier_of(
    kind: str, deposit_fen: int, loan_fen: int, line_fen: int, rule: KeyCustomerRule = DEFAULT_RULE
) -> str:
    is_key = (
        kind in rule.kinds
        or deposit_fen >= rule.deposit_fen
        or loan_fen >= rule.loan_fen
        or line_fen >= rule.line_fen
    )
    return "KEY" if is_key else "GENERAL"
