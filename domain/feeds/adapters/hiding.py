"""What a page shows of a file that is only being tried: people's particulars hidden, as everywhere, whoever looks.

Whoever describes files has to see that a column is the right one, not whose it is. The line's number leads to the rest.
"""

import re

from domain.feeds.contracts import Column, ColumnType

_FIRST_AND_LAST = ("cert_no", "person_no")
_LAST_FOUR = ("acct_no", "account_no")
_NAMES = ("name", "representative", "guarantor", "spouse")
_LONGEST_SHOWN = 200
_DIGITS = re.compile(r"[0-9]{11,}[Xx]?")
_WORDS = re.compile("[\u3400-\u9fff]{2,}")
_LONG_WORD = re.compile("[\u3400-\u9fff]{7,}[\u3400-\u9fff0-9A-Za-z#-]*")


def hidden(column: Column, value: str | None) -> str | None:
    """A value as a page may show it; None stays unknown."""
    if value is None:
        return None
    name = column.name
    if name.endswith(_FIRST_AND_LAST):
        return _ends(value, 1)
    if name.endswith(_LAST_FOUR):
        return "****" + value[-4:]
    if name.endswith("phone"):
        return f"{value[:3]}****{value[-4:]}" if re.fullmatch("[0-9]{11}", value) else "****"
    if name.endswith(_NAMES):
        return value[:1] + "**"
    if name.endswith(("address", "place_of_birth")):
        return value[:6] + "…"
    if name == "note":
        return value[:2] + "…"
    if name == "birth_on":
        return value[:4] + "-**-**"
    if column.type is ColumnType.DEGREES:
        return value[: value.find(".") + 3] if "." in value else value
    return hidden_text(value) if column.type is ColumnType.TEXT and not column.allowed else value


def hidden_line(raw: str) -> str:
    """A line as it stands in a file: addresses too, which are the longest words that it has."""
    return _LONG_WORD.sub(lambda found: found[0][:6] + "…", hidden_text(raw))


def hidden_text(raw: str) -> str:
    """A code of which nobody knows what it is: long numbers and names are hidden."""
    shown = raw if len(raw) <= _LONGEST_SHOWN else raw[:_LONGEST_SHOWN] + "…"
    shown = _DIGITS.sub(lambda found: _ends(found[0], 2), shown)
    return _WORDS.sub(lambda found: found[0] if len(found[0]) > 4 else found[0][0] + "**", shown)


def _ends(value: str, many: int) -> str:
    if len(value) <= 2 * many:
        return "*" * len(value)
    return value[:many] + "*" * (len(value) - 2 * many) + value[-many:]
