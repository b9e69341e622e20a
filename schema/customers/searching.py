"""What is typed into the search, as PostgreSQL looks for it. Pure.

A name is found however it is typed: with or without its dot, spaces and brackets of either width, in any case. So it is
searched by a regular expression that lets these marks stand between any two characters; on a name it takes as long as
`ilike`, where bringing each row's name into a comparable form takes three times as long.
"""

import re

from domain.customers.identity.names import shown
from domain.customers.identity.telephones import line, telephones
from domain.customers.identity.text import GAPS, half_width

PHONE_END = 4
_BRACKETS = {"(": "[(（]", "（": "[(（]", ")": "[)）]", "）": "[)）]"}
_OF_A_PATTERN = frozenset(".[]{}()*+?^$|\\")
_BETWEEN = "[" + "".join("\\" + mark if mark in r"-.^]\\" else mark for mark in GAPS) + "]*"
_BESIDE_DIGITS = re.compile(r"[\s()+\-]")


def name_pattern(text: str) -> str:
    """A regular expression for a part of a name."""
    characters = [c for c in shown(text) if c not in GAPS]
    # Nothing but marks was typed: they are looked for themselves.
    return _BETWEEN.join(map(_literal, characters)) if characters else "".join(map(_literal, text))


def whole_name_pattern(text: str) -> str:
    """A regular expression for a name of which nothing is missing."""
    return f"^{_BETWEEN}{name_pattern(text)}{_BETWEEN}$"


def phone_end(text: str) -> str | None:
    """The digits with which a telephone ends, however it was typed; None where the text is no part of one."""
    numbers = telephones(text)
    if len(numbers) == 1:
        return line(numbers[0]).removeprefix("+")
    plain = _BESIDE_DIGITS.sub("", half_width(text))
    return plain if plain.isascii() and plain.isdigit() and len(plain) >= PHONE_END else None


def _literal(character: str) -> str:
    return _BRACKETS.get(character) or ("\\" + character if character in _OF_A_PATTERN else character)
