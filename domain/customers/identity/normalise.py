"""Values in comparable form. Pure; what cannot be read as what it claims to be is None."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul

CITIZEN = "10"
"""Certificate type of the 居民身份证."""

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_GAPS = re.compile(r"[\s\-—－_.·•・]+")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[2-9][0-9]{6,7}")
_BRACKETS = re.compile(r"[()\[\]{}<>《》【】〔〕「」'\"“”‘’,，.。、]+")
_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|责任公司|公司)$")
# The standard's own examples and what forms are filled with.
_SAMPLES = frozenset({"11010519491231002X", "440524188001010014", "110101190001010000"})
_FIRM_WORDS = re.compile(
    r"(公司|合作社|集团|厂|店|超市|商行|经营部|餐馆|面馆|菜馆|饭店|酒楼|药房|修理部|养殖场|农场|种植户|运输户|货运部"
    r"|沙龙|铺|工作室|委员会|小学|中学|幼儿园|卫生院|医院|协会|中心|联社|服务部|商店|门市部|加工场|场|部|馆|坊|站)$"
)


def half_width(text: str) -> str:
    """Full-width letters and digits as plain ones (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def compact(text: str) -> str:
    """Half-width, without spaces and hyphens, upper case."""
    return _GAPS.sub("", half_width(text)).upper()


def citizen_check(body: str) -> str:
    return _CITIZEN_CHECKS[sum(map(mul, _CITIZEN_WEIGHTS, map(int, body))) % 11]


def citizen_id(text: str | None) -> str | None:
    """An 18-character id with a right check digit and a real date of birth; 15 digits are brought to 18 first."""
    if not text:
        return None
    plain = compact(text)
    if len(plain) == 15 and plain.isascii() and plain.isdigit():
        body = plain[:6] + "19" + plain[6:]
        plain = body + citizen_check(body)
    if len(plain) != 18 or not plain[:17].isascii() or not plain[:17].isdigit():
        return None
    if plain in _SAMPLES or len(set(plain[:17])) < 4 or plain[0] not in "12345689":
        return None
    if birth_of(plain) is None or citizen_check(plain[:17]) != plain[17]:
        return None
    return plain


def birth_of(citizen: str) -> date | None:
    """The date of birth inside an 18-character id."""
    try:
        return date(int(citizen[6:10]), int(citizen[10:12]), int(citizen[12:14]))
    except ValueError:
        return None


def gender_of(citizen: str) -> str:
    return "M" if int(citizen[16]) % 2 else "F"


def certificate(type_: str | None, text: str | None) -> tuple[str, str] | None:
    """(type, number): both are the key. A number that repeats one character, or is too short, is none."""
    if not text:
        return None
    if type_ in (None, "", CITIZEN):
        citizen = citizen_id(text)
        return None if citizen is None else (CITIZEN, citizen)
    plain = compact(text)
    if len(plain) < 6 or len(set(plain)) < 3:
        return None
    assert type_ is not None
    return type_, plain


def credit_code(text: str | None) -> str | None:
    """统一社会信用代码 by form alone: a wrong check character does occur in registers."""
    plain = compact(text) if text else ""
    return plain if _CREDIT_CODE.fullmatch(plain) and len(set(plain)) > 5 else None


def organisation_code(text: str | None) -> str | None:
    """The nine characters of an 组织机构代码; inside a credit code they are characters 9 to 17."""
    plain = compact(text) if text else ""
    if _CREDIT_CODE.fullmatch(plain):
        return plain[8:17]
    return plain if _ORGANISATION_CODE.fullmatch(plain) and len(set(plain)) > 3 else None


def phone(text: str | None) -> str | None:
    """A mobile or landline number as digits, without country code."""
    if not text:
        return None
    plain = compact(text).replace("(", "").replace(")", "")
    for prefix in ("+86", "0086", "86"):
        if plain.startswith(prefix) and len(plain) - len(prefix) >= 10:
            plain = plain[len(prefix) :]
            break
    if not (_MOBILE.fullmatch(plain) or _LANDLINE.fullmatch(plain)) or len(set(plain[-8:])) < 2:
        return None
    return plain


def person_name(text: str) -> str:
    """Without spaces and dots, so that 王　磊 is 王磊."""
    return compact(text)


def firm_name(text: str) -> str:
    """Without brackets and spaces, and without the form of company at its end."""
    plain = _BRACKETS.sub("", compact(text))
    return _FORMS.sub("", plain) or plain


def is_firm_name(text: str) -> bool:
    """Whether a name is a sign's or a firm's rather than a person's."""
    plain = compact(text)
    return len(plain) > 4 or (len(plain) > 3 and _FIRM_WORDS.search(plain) is not None)


@lru_cache(maxsize=65536)
def _sound(character: str) -> str:
    # The table of single characters alone: the phrases that come with the library's front door cost half a second.
    from pypinyin.pinyin_dict import pinyin_dict

    readings = pinyin_dict.get(ord(character), character).split(",")
    return "".join(c for c in unicodedata.normalize("NFD", readings[0]) if not unicodedata.combining(c))


def sound(name: str) -> str:
    """The name as it is heard, without tones: what a clerk who mishears keeps."""
    return " ".join(_sound(character) for character in name)
