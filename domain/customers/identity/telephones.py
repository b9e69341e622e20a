"""Telephones as people write them, as digits that can be compared and dialled. Pure.

Read: country codes, spaces, brackets, full width, words beside the number, an extension, several numbers in one field,
a fixed line without its area code, hotlines, numbers abroad. Not read: what forms are filled with.
"""

import re

from domain.customers.identity.text import half_width

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_HOTLINE = re.compile(r"[48]00[0-9]{7}")
_ABROAD = re.compile(r"(?:\+|00)(?!86)([1-9][0-9]{7,14})")
_AREA = re.compile(r"^0(?:10|2[0-9]|[3-9][0-9]{2})(?=[2-9][0-9]{6,7}$)")

_SEPARATORS = re.compile(r"[/、;,|&\\]|[或和及]")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|#|\*|(?<=[0-9])X(?=[0-9])).*$")
_SPACED_EXTENSION = re.compile(r"^(\D*0[0-9]{2,3}\D*[2-9][0-9]{2,3}\D?[0-9]{4})\D+[0-9]{1,5}\D*$")
_LETTERS_FOR_DIGITS = str.maketrans("OIL", "011")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$|0?[1-9][0-9]{8,10}$)")
# An operator's own, printed on millions of cards.
_SAMPLES = frozenset({"13800138000"})


def telephones(text: str | None) -> tuple[str, ...]:
    """All numbers that a field holds, mobiles first, each once."""
    if not text:
        return ()
    if _MOBILE.fullmatch(text):
        return (text,) if _is_given(text, text[-8:]) else ()
    found: dict[str, None] = {}
    for part in _SEPARATORS.split(half_width(text).upper()):
        for number in _numbers_of(part):
            if _is_given(number, line(number)[-8:]):
                found[number] = None
    return tuple(sorted(found, key=lambda number: _MOBILE.fullmatch(number) is None))


def phone(text: str | None) -> str | None:
    """The number to call: the first mobile, else the first of all."""
    return next(iter(telephones(text)), None)


def line(number: str) -> str:
    """What two spellings of one telephone have in common: a fixed line is often written without its area code."""
    return number if number[0] != "0" else _AREA.sub("", number)


def is_evidence(number: str) -> bool:
    """Whether it may be one party's own: a hotline is its company's everywhere."""
    return _HOTLINE.fullmatch(number) is None


def _numbers_of(part: str) -> list[str]:
    if not any(letter not in "OIL" for letter in part if "A" <= letter <= "Z"):
        part = part.translate(_LETTERS_FOR_DIGITS)
    whole = _number(_EXTENSION.sub("", part))
    if whole is None:
        beside = _SPACED_EXTENSION.match(part)
        whole = _number(beside[1]) if beside else None
    if whole is not None:
        return [whole]
    # Two numbers with nothing but spaces between them, or with nothing at all.
    digits = re.sub(r"[^0-9]", "", part)
    if len(digits) == 22 and _MOBILE.fullmatch(digits[:11]) and _MOBILE.fullmatch(digits[11:]):
        return [digits[:11], digits[11:]]
    return [number for piece in part.split() if (number := _number(piece)) is not None]


def _number(part: str) -> str | None:
    digits = re.sub(r"[^0-9+]", "", part)
    plain = _COUNTRY.sub("", digits)
    if plain != digits and _LANDLINE.fullmatch("0" + plain):
        plain = "0" + plain  # +86 515 …: the nought is not dialled from abroad
    if plain.startswith("01") and _MOBILE.fullmatch(plain[1:]):
        plain = plain[1:]  # as a long-distance call was dialled
    for form in (_MOBILE, _LANDLINE, _HOTLINE, _LOCAL):
        if form.fullmatch(plain):
            return plain
    abroad = _ABROAD.fullmatch(digits)
    return "+" + abroad[1] if abroad else None


def _is_given(number: str, tail: str) -> bool:
    """Whether somebody may have it: not one digit or one pair of digits throughout, nor a number of samples."""
    return tail != tail[:2] * 4 and tail != tail[0] * len(tail) and number not in _SAMPLES
