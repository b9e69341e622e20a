"""客户分层: who is a key customer. Pure; the thresholds are parameters."""

from dataclasses import dataclass

from domain.products.parameters import KEY_DEPOSIT_FEN, KEY_KINDS, KEY_LINE_FEN, KEY_LOAN_FEN
from domain.shared.parameters import Values


@dataclass(frozen=True)
class KeyCustomerRule:
    """A customer is KEY from any of these on; every enterprise is."""

    deposit_fen: int
    loan_fen: int
    line_fen: int
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, values: Values) -> "KeyCustomerRule":
        """By the parameters of a day."""
        return cls(
            KEY_DEPOSIT_FEN.of(values),
            KEY_LOAN_FEN.of(values),
            KEY_LINE_FEN.of(values),
            tuple(KEY_KINDS.of(values)),
        )


def tier_of(kind: str, deposit_fen: int, loan_fen: int, line_fen: int, rule: KeyCustomerRule) -> str:
    is_key = (
        kind in rule.kinds
        or deposit_fen >= rule.deposit_fen
        or loan_fen >= rule.loan_fen
        or line_fen >= rule.line_fen
    )
    return "KEY" if is_key else "GENERAL"
