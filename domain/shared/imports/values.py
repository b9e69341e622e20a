"""Values of cells, as rows of imports write them."""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from domain.shared.imports import problems
from domain.shared.imports.kinds import Say
from domain.shared.sheets.columns import plain_heading

_DAY = re.compile(r"([0-9]{4})[-/.\u5e74]([0-9]{1,2})[-/.\u6708]([0-9]{1,2})\u65e5?(?: 00:00(?::00)?)?")
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_WHOLE = 100
_FOR_GOOD = frozenset({"9999-12-31", "99991231", "9999/12/31"})
_TELEPHONE = re.compile(r"\+?[0-9][0-9 \-()]{4,19}")


def day(text: str, column: str, say: Say) -> str | None:
    """A day as ISO 8601; null for nothing and for the last day there is."""
    if not text or text in _FOR_GOOD:
        return None
    found = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    try:
        if found and 1900 <= int(found[1]) <= 2200:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        pass
    say(column, problems.NOT_A_DAY(given=text[:40]))
    return None


def number(text: str, column: str, say: Say) -> float | None:
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        say(column, problems.NOT_A_NUMBER(given=text[:40]))
        return None
    return found


def share(text: str, column: str, say: Say) -> int | None:
    """A share of the whole, rounded to whole percents, from `50%`, `50` or `0.5`; null for nothing and for the whole.

    A bare 1 is the whole, as a sheet keeps 100 %.
    """
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text)
    try:
        found = float(plain.rstrip("% "))
    except ValueError:
        found = math.nan
    percent = found if plain.endswith("%") or found > 1 else found * _WHOLE
    if not 1 <= percent <= _WHOLE:
        say(column, problems.NOT_A_SHARE(given=text[:40]))
        return None
    return None if round(percent) == _WHOLE else round(percent)


def one_of(text: str, column: str, known: Mapping[str, str], say: Say) -> str | None:
    """What a word stands for; words are compared without blanks, width and case."""
    if not text:
        return None
    found = known.get(plain_heading(text))
    if found is None:
        say(column, problems.NOT_ONE_OF(given=text[:40], known=" ".join(dict.fromkeys(known))[:200]))
    return found


def needed(text: str, column: str, most: int, say: Say) -> str:
    if not text:
        say(column, problems.MISSING())
    return short(text, column, most, say) or ""


def short(text: str, column: str, most: int, say: Say) -> str | None:
    if len(text) > most:
        say(column, problems.TOO_LONG(most=most))
    return text or None


def telephone(text: str, column: str, say: Say) -> str | None:
    if text and not _TELEPHONE.fullmatch(text):
        say(column, problems.TELEPHONE(given=text[:40]))
    return text or None


def in_order(begins: str | None, ends: str | None, column: str, say: Say) -> None:
    if begins and ends and ends <= begins:
        say(
            column,
            problems.DAYS_TURNED(begins_on=date.fromisoformat(begins), ends_on=date.fromisoformat(ends)),
        )
