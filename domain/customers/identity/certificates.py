"""Certificates and codes in comparable form. Pure; what cannot be read as what it claims to be is None.

A number is read by what the row says it is. 户口簿, temporary cards and residence permits carry the personal number of
GB 11643 itself, so whoever shows one of them is known by that number; passports and travel permits keep their type.
"""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from domain.customers.identity.text import compact

CITIZEN = "10"
"""Certificate type of the 居民身份证; any document that carries the same personal number counts as one."""
HOUSEHOLD_REGISTER = "11"
LICENCE, ORGANISATION = "20", "21"
"""Types of a firm's papers: 营业执照 and 组织机构代码证. They say nothing of a person."""

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TYPED_RIGHT = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_CITIZEN_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
"""First two digits; 81 to 83 are residents from Hong Kong, Macao and Taiwan. 9 begins a foreigner's permanent card."""
# The standard's own examples and what forms are filled with.
_SAMPLES = frozenset({"11010519491231002X", "440524188001010014", "110101190001010000"})
_OLDEST = date(1905, 1, 1)
_DEFAULT_DAYS = frozenset({date(1970, 1, 1), date(9999, 12, 31)})
_NEWEST = date(2100, 1, 1)

_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES = {character: value for value, character in enumerate(_CODE_ALPHABET)}
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_RUNS = "01234567890123456789 98765432109876543210"
_TRAVEL_PERMIT = re.compile(r"[HM][0-9]{10}")
_BRACKETS = re.compile(r"[()\[\]]")

# Letters of another alphabet that look the same, and what is typed for an X.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×✕✖", "ABEKMHOPCTYXABEZHIKMNOPTYXXXX")
_AS_DIGITS = str.maketrans("OIL|", "0111")


def _plain(text: str) -> str:
    plain = compact(text)
    return plain if plain.isascii() else plain.translate(_LOOK_ALIKE)


def citizen_check(body: str) -> str:
    return _CITIZEN_CHECKS[sum(map(mul, _CITIZEN_WEIGHTS, map(int, body))) % 11]


def citizen_id(text: str | None) -> str | None:
    """An 18-character id with a right check digit and a real date of birth; 15 digits are brought to 18 first.

    Those whose birth or sequence is what a form is filled with (1 January 1900, 000) are nobody's.
    """
    if not text:
        return None
    plain = text if _TYPED_RIGHT.fullmatch(text) else _plain(text)
    if not plain[:17].isdigit():
        plain = plain.translate(_AS_DIGITS)
    if not plain.isascii() or not plain[:17].isdigit():
        return None
    if len(plain) == 15:
        body = plain[:6] + "19" + plain[6:]
        plain = body + citizen_check(body)
    if len(plain) != 18 or not _may_be_given(plain) or citizen_check(plain[:17]) != plain[17]:
        return None
    return plain


def _may_be_given(plain: str) -> bool:
    if plain in _SAMPLES or len(set(plain[:17])) < 4 or plain[14:17] == "000":
        return False
    if plain[:2] not in _PROVINCES and plain[0] != "9":
        return False
    birth = birth_of(plain)
    return birth is not None and _OLDEST <= birth < _NEWEST


def birth_of(citizen: str) -> date | None:
    """The date of birth inside an 18-character id."""
    try:
        return date(int(citizen[6:10]), int(citizen[10:12]), int(citizen[12:14]))
    except ValueError:
        return None


def gender_of(citizen: str) -> str:
    return "M" if int(citizen[16]) % 2 else "F"


def known_birth(day: date | None) -> date | None:
    """A day of birth, unless it is one that systems put where they know none."""
    return day if day is not None and _OLDEST <= day < _NEWEST and day not in _DEFAULT_DAYS else None


_GENDERS = {"M": "M", "男": "M", "1": "M", "F": "F", "女": "F", "2": "F"}


def known_gender(text: str | None) -> str | None:
    """M or F; any other code says that it is not known."""
    return _GENDERS.get(text) or _GENDERS.get(compact(text)) if text else None


def certificate(type_: str | None, text: str | None) -> tuple[str, str] | None:
    """(type, number) of a person's document: both are the key. Numbers that forms are filled with are none.

    A personal number is one whichever document it was read from. A firm's papers are no certificate of a person.
    """
    if not text:
        return None
    citizen = citizen_id(text)
    if citizen is not None:
        return CITIZEN, citizen
    if type_ in (None, "", CITIZEN, HOUSEHOLD_REGISTER, LICENCE, ORGANISATION):
        return None
    plain = _BRACKETS.sub("", _plain(text))
    if _TRAVEL_PERMIT.fullmatch(plain):
        plain = plain[:9]  # the last two digits count how often the permit was renewed
    if len(plain) < 6 or len(set(plain)) < 3 or plain in _RUNS or not any(map(str.isdigit, plain)):
        return None
    assert type_ is not None
    return type_, plain


def credit_code(text: str | None) -> str | None:
    """统一社会信用代码 by its form. Its check may fail, as happens in registers: `has_right_check` tells.

    A personal number is no credit code, though it has 18 characters as well; nor is a code whose organisation is one
    character throughout.
    """
    plain = _code(text)
    if plain is None:
        return None
    is_persons = plain[:17].isdigit() and (
        citizen_id(plain) is not None or (_looks_like_a_persons(plain) and not has_right_check(plain))
    )
    return None if is_persons else plain


def _code(text: str | None) -> str | None:
    """By form. O and I, which codes do not have, are read as 0 and 1 where the check character then agrees."""
    typed = _plain(text) if text else ""
    plain = typed.translate(_AS_DIGITS_OF_CODES)
    if not _CREDIT_CODE.fullmatch(plain) or len(set(plain)) <= 5 or _is_filled(plain[8:17]):
        return None
    return plain if plain == typed or has_right_check(plain) else None


_AS_DIGITS_OF_CODES = str.maketrans("OI|", "011")


def _looks_like_a_persons(plain: str) -> bool:
    birth = birth_of(plain)
    return birth is not None and plain[:2] in _PROVINCES and _OLDEST <= birth < _NEWEST


def _is_filled(organisation: str) -> bool:
    """Nine characters of which all, or all after the MA that registers give out, are one."""
    rest = organisation[2:] if organisation.startswith("MA") else organisation
    return len(set(rest)) < 2 or organisation[:8] in _RUNS


@lru_cache(maxsize=65536)
def has_right_check(code: str) -> bool:
    """Whether the last character of a credit code follows from the others (GB 32100)."""
    total = sum(weight * _CODE_VALUES.get(c, 0) for weight, c in zip(_CODE_WEIGHTS, code, strict=False))
    return len(code) == 18 and _CODE_ALPHABET[-total % 31] == code[17]


def organisation_code(text: str | None) -> str | None:
    """The nine characters of an 组织机构代码; inside a credit code they are characters 9 to 17."""
    code = credit_code(text)
    if code is not None:
        return code[8:17]
    plain = _plain(text) if text else ""
    is_one = _ORGANISATION_CODE.fullmatch(plain) and len(set(plain)) > 3 and not _is_filled(plain)
    return plain if is_one else None


@lru_cache(maxsize=65536)
def has_right_organisation_check(code: str) -> bool:
    """Whether the ninth character of an organisation's code follows from the others (GB 11714)."""
    if len(code) != 9 or not code.isascii() or not code.isalnum():
        return False
    rest = 11 - sum(weight * int(c, 36) for weight, c in zip(_ORGANISATION_WEIGHTS, code, strict=False)) % 11
    return code[8] == {10: "X", 11: "0"}.get(rest, str(rest))
