"""One cell as text."""

import re
from datetime import date, datetime, time, timedelta

from domain.shared.sheets.rows import DIGITS_LOST, HAS_CONTROL
from domain.shared.statements import Statement

_FIRST_TO_LOSE_DIGITS = 1e15
_BLANK = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\ufeff\u2060"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+")
_AS_FORMULA = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"'(?=[=+\-@＝＋－＠])")
"""Exports put an apostrophe before what a spreadsheet would work out."""

Value = str | int | float | bool | date | time | datetime | timedelta


def as_text(value: Value) -> tuple[str, Statement | None]:
    """The text of a cell's value, and what is wrong with it."""
    if type(value) is float and value.is_integer() and -_FIRST_TO_LOSE_DIGITS < value < _FIRST_TO_LOSE_DIGITS:
        return str(int(value)), None
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return (value.date().isoformat() if is_day else value.isoformat(" ", "seconds")), None
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}", None
    return (value.isoformat("minutes") if isinstance(value, time) else value.isoformat()), None


def written(text: str) -> tuple[str, Statement | None]:
    """A cell of a CSV: what sheets write so that a text stays a text is taken off, and a number that one of them has
    shortened is found."""
    text = text.strip(_BLANK)
    kept = _AS_FORMULA.fullmatch(text)
    text = kept[1] if kept else _GUARDED.sub("", text, count=1) if text.startswith("'") else text
    if _SCIENTIFIC.fullmatch(text):
        return "", DIGITS_LOST()
    return _plain(text)


def _plain(text: str) -> tuple[str, Statement | None]:
    text = text.strip(_BLANK)
    control = _CONTROL.search(text)
    if control:
        return "", HAS_CONTROL(character=f"U+{ord(control[0]):04X}")
    return text, None


def _number(value: float) -> tuple[str, Statement | None]:
    if not abs(value) < _FIRST_TO_LOSE_DIGITS:
        return "", DIGITS_LOST()
    if value == int(value):
        return str(int(value)), None
    # Fifteen digits are what a sheet keeps: 0.1 + 0.2 is 0.3 there.
    return f"{float(value):.15g}" if abs(value) >= 1e-4 else f"{value:.15f}".rstrip("0"), None
