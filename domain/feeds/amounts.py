"""Amounts as systems print them, in one form for Python (control files) and for PostgreSQL (a million rows as a set).

Read is what can be read in one way only: `.5` (Oracle), `1,234.00`, `+5`, `5.00-` (COBOL), noughts in front or behind,
full-width digits. Not read are `1E3` (digits are lost), `12.345` (who rounds?), `1.234,00`, `(5.00)`, words and signs
of currencies.
"""

import re
import unicodedata
from decimal import Decimal

PLAIN = r"^-?[0-9]{1,13}\.[0-9]{2}$"
"""What nearly every amount looks like; it is read without arithmetic."""

ODD = r"^[+-]?0*([0-9]{1,13}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})?(\.[0-9]{0,2}0*)?-?$"
"""Half-width. `+.` and `5.-` fit too; a digit is asked for beside it, and one sign at most."""

_A_DIGIT = re.compile(r"[0-9]")
_TWO_SIGNS = re.compile(r"^[+-].*-$")
_CONTROL = re.compile(ODD.replace("{1,13}", "{1,16}"))


def fen_of(yuan: str) -> int | None:
    """An amount in fen; None when it cannot be read, or in one way only. A sum has room for sixteen digits."""
    plain = unicodedata.normalize("NFKC", yuan).replace("\u2212", "-").strip()
    if not _CONTROL.match(plain) or not _A_DIGIT.search(plain) or _TWO_SIGNS.match(plain):
        return None
    sign = -1 if "-" in plain else 1
    return sign * int(Decimal(plain.strip("+-").replace(",", "")) * 100)
