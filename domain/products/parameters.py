"""From which amounts on a customer is a key customer."""

from domain.shared.parameters import Parameter, ParameterType

_READERS = ("holdings", "cut")
_HIGHEST_FEN = 100_000_000_00

KEY_DEPOSIT_FEN = Parameter(
    "products.key_deposit_fen",
    ParameterType.FEN,
    200_000_00,
    "FEN",
    _READERS,
    lowest=1,
    highest=_HIGHEST_FEN,
)
KEY_LOAN_FEN = Parameter(
    "products.key_loan_fen", ParameterType.FEN, 300_000_00, "FEN", _READERS, lowest=1, highest=_HIGHEST_FEN
)
KEY_LINE_FEN = Parameter(
    "products.key_line_fen", ParameterType.FEN, 300_000_00, "FEN", _READERS, lowest=1, highest=_HIGHEST_FEN
)
KEY_KINDS = Parameter(
    "products.key_kinds",
    ParameterType.LIST,
    ["ENTERPRISE"],
    "",
    _READERS,
    allowed=("PERSON", "HOUSEHOLD", "SOLE_TRADER", "ENTERPRISE", "ORGANISATION"),
)
"""Kinds of which every customer is KEY, whatever the amounts."""

PARAMETERS = (KEY_DEPOSIT_FEN, KEY_LOAN_FEN, KEY_LINE_FEN, KEY_KINDS)
