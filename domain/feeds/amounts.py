"""Amounts as systems print them: read is what can be read in one way only.

That is `.5` (Oracle), `1,234.00`, `+5`, `5.00-` (COBOL), noughts in front or behind, full-width digits. Not read are
`1E3` (digits are lost), `12.345` (who rounds?), `1.234,00`, `(5.00)`, words and signs of currencies. A column of a
million lines is read by the same patterns in PostgreSQL (`reading.py`).
"""

import re
import unicodedata
from decimal import Decimal

ODD = r"^[+-]?0*([0-9]{1,13}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})?(\.[0-9]{0,2}0*)?-?$"
"""Half-width. It takes an amount without digits and one with a sign at both ends too: `NOT_AMOUNT` does not."""
NOT_AMOUNT = r"^[^0-9]*$|^[+-].*-$"
MINUS = "\u2212"
"""What word processors make of a hyphen before a number."""

_SUM = re.compile(ODD.replace("{1,13}", "{1,16}"))
_NO_SUM = re.compile(NOT_AMOUNT)
_NUMBER = re.compile(r"[+-]?(?=[.,]?[0-9])[0-9,]*(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?-?")


def fen_of(yuan: str) -> int | None:
    """The sum of a control file, in fen; None when it cannot be read. It has room for sixteen digits."""
    plain = half_width(yuan)
    if not _SUM.match(plain) or _NO_SUM.match(plain):
        return None
    return int(_signed(plain) * 100)


def carried_fen(yuan: str) -> Decimal | None:
    """What a part of a bad line would be as an amount, in fen and parts of it; None when it is no number at all.

    The bank's database may have printed `12.345` and added it up.
    """
    plain = half_width(yuan)
    return _signed(plain) * 100 if _NUMBER.fullmatch(plain) else None


def half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(MINUS, "-").strip()


def _signed(plain: str) -> Decimal:
    sign = -1 if plain.startswith("-") or plain.endswith("-") else 1
    return sign * Decimal(plain.strip("+-").replace(",", ""))
