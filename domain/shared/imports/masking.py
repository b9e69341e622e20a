"""What lists say of people that a role does not see in full."""

from domain.shared.masks import Mask, hides

_MASKED_AS = {"phone": "phone", "content": "note"}
"""Columns of lists, of whatever kind, and what they are to the masks."""


def hidden_columns(mask: Mask) -> frozenset[str]:
    return frozenset(column for column, field in _MASKED_AS.items() if hides(mask, field))
