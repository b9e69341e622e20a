"""A statement in words: refusals, command line, exports and print.

A catalogue's template holds `{name}` for a value and `{name|day|days}` for a word that follows a number. Texts that
are codes (`tier`, `feed` …) have words of their own under `values`; several of them stand with commas between. `halts`
are the refusals that a step of the night ends with: pages show them, so they have these words too. What is said of an
`opening` the server words alone, so pages do not carry it.
`frontend/src/shared/statements/wording.ts` does the same for the shells, and both are tried on the same cases.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from domain.shared.statements import Statement, Value

HERE = Path(__file__).parent
_HOLE = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}")
_FEN_IN_WAN = 1_000_000
_SECTIONS = ("statements", "files", "halts", "refusals", "requests", "opening")


class Language(StrEnum):
    CHINESE = "zh-CN"
    ENGLISH = "en"


def language_of(accepted: str | None) -> Language:
    """The language of a caller by his `Accept-Language`: English where he wants it rather than Chinese."""
    wanted: dict[str, float] = {}
    for part in (accepted or "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.setdefault(tag.strip().lower()[:2], float(weight or 1))
        except ValueError:
            continue
    return Language.ENGLISH if wanted.get("en", 0) > wanted.get("zh", 0) else Language.CHINESE


@cache
def catalogue(language: Language) -> dict[str, Any]:
    """All words of a language. Those of files lie apart, because the phone carries the others alone."""
    read: dict[str, Any] = {}
    for name in (f"{language}.json", f"files.{language}.json"):
        read |= json.loads((HERE / name).read_text("utf-8"))
    return read


def word(said: Statement, language: Language) -> str:
    """What is said, in a reader's language. A code without words is shown as it is rather than hidden."""
    words = catalogue(language)
    template = next((words[kind][said.code] for kind in _SECTIONS if said.code in words[kind]), None)
    if template is None:
        return str(said)
    return _fill(template, said.values, language)


def _fill(template: str, values: Mapping[str, Value], language: Language) -> str:
    return _HOLE.sub(lambda hole: _filled(hole, values, language), template)


def _filled(hole: re.Match[str], values: Mapping[str, Value], language: Language) -> str:
    name, one, other = hole.groups()
    if name not in values:
        return hole[0]
    if one is not None:
        return one if values[name] == 1 else other
    return word_of_value(name, values[name], language)


def word_of_value(name: str, value: Value, language: Language) -> str:
    """A value as people read it; its name tells its unit."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _coded(name, value, language)
    if name.endswith("_exact_fen"):
        return _money(f"{Decimal(value) / 100:,.2f}", "yuan", language)
    if name.endswith("_fen"):
        return _amount(int(value), language)
    if name.endswith("_share"):
        return f"{_rounded(value * 100, 0)}%"
    if name.endswith("_months"):
        return _span(int(value), language)
    return f"{value:,}" if isinstance(value, int) else _rounded(value, 4)


def _span(months: int, language: Language) -> str:
    """`1 年 2 个月`, `1 year 2 months`; what is nothing is left out."""
    words = catalogue(language)["span"]
    parts = {"years": months // 12, "months": months % 12}
    told = [name for name, count in parts.items() if count] or ["months"]
    return " ".join(_fill(words[name], parts, language) for name in told)


def _coded(name: str, value: str, language: Language) -> str:
    words = catalogue(language)
    known: Mapping[str, str] | None = words["values"].get(name)
    if known is None:
        return value
    separator: str = words["separator"]
    return separator.join(known.get(code, code) for code in value.split(","))


def _amount(fen: int, language: Language) -> str:
    """Chinese readers take 12.30 万元 in at a glance, English ones 123,000 yuan."""
    if language is Language.CHINESE and abs(fen) >= _FEN_IN_WAN:
        return _money(_rounded(Decimal(fen) / _FEN_IN_WAN, 2, keeps_zeros=True), "wan", language)
    return _money(_rounded(Decimal(fen) / 100, 0), "yuan", language)


def _money(amount: str, unit: str, language: Language) -> str:
    template: str = catalogue(language)["money"][unit]
    return template.replace("{amount}", amount)


def _rounded(value: float | Decimal, places: int, *, keeps_zeros: bool = False) -> str:
    """Halves away from zero, as the shells round; digits in groups of three."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{exact:,f}"
    if not keeps_zeros and "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
