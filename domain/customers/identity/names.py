"""Names: as they are shown, as they are compared, and when two spellings may be one name. Pure.

Shown is what was written, the dot of a name included. Compared are names without dots, spaces and width; of a name in
two scripts both, with spaces between them and between the Latin words, and no other name has a space. A character that
a system could not write (用户造字, a question mark, a box, pinyin in its place) contradicts nothing.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product, takewhile

from domain.customers.identity.scripts import CJK, LETTERS, in_two_scripts
from domain.customers.identity.text import DOTS, compact, visible

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_LOST = rf"?？*＊□■▯◻〓\ufffd{_PRIVATE}"
"""Stands where a character could not be written."""
_PLAIN = re.compile("[\u4e00-\u9fff]+")
"""Most names: nothing in them is to be read otherwise."""
_SPACES = re.compile(r"\s+")
_IDLE_SPACES = re.compile(
    rf"(?<=[{re.escape(DOTS)}]) | (?=[{re.escape(DOTS)}])"
    rf"|(?<=[{CJK}{_PRIVATE}]) (?![{LETTERS}])|(?<![{LETTERS}]) (?=[{CJK}{_PRIVATE}])"
)
_WIDE = {
    wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_UNREADABLE = re.compile(rf"[{_LOST}]")
_HAS_CJK = re.compile(rf"[{CJK}]")
_INSTEAD = re.compile(rf"(?:[{_LOST}{LETTERS}()\[\]{{}}]|(?<=[{LETTERS}])[0-5])+")
"""In a Chinese name: what stands for one character or a few, pinyin with its tones too."""
_LATIN = re.compile(r"[A-Z]{5,}")
_NOBODY = frozenset(
    {"", "无", "未知", "不详", "不明", "无名", "无名氏", "姓名", "测试", "空", "NULL", "NONE", "XXX", "NA", "N/A"}
)  # fmt: skip
_FILLED = frozenset("*X?-0")
_NOTE = re.compile(rf"\([^(){LETTERS}?*]*\)$")
"""Behind a name in brackets: 小, 已故."""
_BRACKETS = re.compile(r"[()\[\]{}<>《》【】〔〕「」'\"“”‘’,，.。、]+")
_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|责任公司|公司)$")
_SHAPES = (
    "海诲", "己已巳", "末未", "侯候", "冶治", "祎袆", "芃芄", "玥钥", "彧或", "烨桦", "炘忻", "旻昊", "杳香",
)  # fmt: skip
_SAME_SHAPE = {character: group for group in _SHAPES for character in group}
"""Characters of names that are taken for one another by eye and sound otherwise."""
_MOST_LOST = 3
_SHORTEST_CUT = 4
_LONGEST = 40


def _second_edition() -> dict[int, str]:
    """Places where GBK's first edition put characters for private use that the second one gave a number (䶮, 䏝)."""
    places = [bytes((0xFE, second)) for second in (*range(0x50, 0x7F), *range(0x80, 0xA1))]
    characters = (place.decode("gb18030") for place in places)
    return {0xE815 + n: c for n, c in enumerate(characters) if not "\ue000" <= c <= "\uf8ff"}


_READ_AS = _second_edition() | _WIDE | {0x3000: " "}


def shown(text: str) -> str:
    """As it was written: dots and the spaces beside Latin words stay, padding and full-width letters do not."""
    if _PLAIN.fullmatch(text):
        return text
    if "&#" in text:
        text = html.unescape(text)  # how a page writes a character that its encoding lacks
    plain = _SPACES.sub(" ", visible(text).translate(_READ_AS)).strip()
    return _IDLE_SPACES.sub("", plain) if " " in plain else plain


def person_name(text: str) -> str:
    """Without spaces, dots and width, upper case: 王　磊 is 王磊, SMITH, John is SMITHJOHN.

    Of two scripts the name in its own comes first: TANAKA Yuko(田中裕子) is 田中裕子 TANAKA YUKO.
    """
    if _PLAIN.fullmatch(text):
        return text
    written = shown(text)
    both = None if written.isascii() else in_two_scripts(written)
    return f"{compact(both[0])} {both[1]}" if both else compact(written)


def firm_name(text: str) -> str:
    """Without brackets and spaces, and without the form of company at its end."""
    plain = text if _PLAIN.fullmatch(text) else _BRACKETS.sub("", compact(shown(text)))
    return _FORMS.sub("", plain) or plain


def is_known(name: str) -> bool:
    """Whether it names anybody; given in comparable form."""
    return name not in _NOBODY and not _FILLED.issuperset(name)


def is_written(name: str) -> bool:
    """Whether no character of a firm's name was lost; Latin letters are often part of it."""
    return _UNREADABLE.search(name) is None and is_known(name)


def is_readable(name: str) -> bool:
    """Whether every character of a person's name is there; given as shown or in comparable form."""
    if len(name) > 1 and _PLAIN.fullmatch(name):
        return name not in _NOBODY
    if _UNREADABLE.search(name) or not is_known(compact(name)):
        return False
    if _HAS_CJK.search(name) is None:
        return True
    return len(name) > 1 and (_INSTEAD.search(name) is None or in_two_scripts(name) is not None)


@lru_cache(maxsize=65536)
def _readings(character: str) -> tuple[str, ...]:
    # The table of single characters alone: the phrases that come with the library's front door cost half a second.
    from pypinyin.pinyin_dict import pinyin_dict

    readings = pinyin_dict.get(ord(character), character).split(",")
    return tuple(map(_without_marks, readings))


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def sound(name: str) -> str:
    """The name as it is heard, without tones: what a clerk who mishears keeps."""
    return " ".join(_readings(character)[0] for character in name)


def _are_alike(a: str, b: str) -> bool:
    """Whether two characters have a reading in common (焘 is read as 涛 by whoever guesses) or nearly a shape."""
    return a == b or b in _SAME_SHAPE.get(a, "") or not set(_readings(a)).isdisjoint(_readings(b))


def names_agree(a: str, b: str) -> bool:
    """Equal, or written with other characters of the same sound (张伟, 张玮; 国, 國) or shape (海, 诲).

    A name in two scripts agrees with either of them.
    """
    return a == b or any(_agree(left, right) for left, right in _side_by_side(a, b))


def _agree(a: str, b: str) -> bool:
    return a == b or (len(a) == len(b) > 1 and all(map(_are_alike, a, b)))


def is_in_two_scripts(name: str) -> bool:
    """Given in comparable form."""
    return " " in name


def _side_by_side(a: str, b: str) -> Sequence[tuple[str, str]]:
    """What is compared of two names: themselves; either script of a name in two; of two such those in their own."""
    if not (is_in_two_scripts(a) or is_in_two_scripts(b)):
        return ((a, b),)
    left, right = _scripts(a), _scripts(b)
    return ((left[0], right[0]),) if len(left) == len(right) else tuple(product(left, right))


def _scripts(name: str) -> tuple[str, ...]:
    own, _, latin = name.partition(" ")
    return (own, latin.replace(" ", "")) if latin else (name,)


def spelt_otherwise(a: str, b: str) -> bool:
    """With a shared certificate also: family name last or first, or cut off by a field that was too short."""
    return a == b or any(_is_spelt_otherwise(left, right) for left, right in _side_by_side(a, b))


def _is_spelt_otherwise(a: str, b: str) -> bool:
    if _agree(a, b):
        return True
    latin_a, latin_b = _without_marks(a), _without_marks(b)
    if len(latin_a) == len(latin_b) and _LATIN.fullmatch(latin_a) and _LATIN.fullmatch(latin_b):
        return latin_b in latin_a + latin_a
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter)


def could_be(a: str, b: str) -> bool:
    """Whether two names, one of them not wholly readable, may be one: what can be read agrees, and something can be."""
    if not is_known(a) or not is_known(b):
        return True
    return any(_could_be(left, right) for left, right in _side_by_side(a, b))


def _could_be(a: str, b: str) -> bool:
    if max(len(a), len(b)) > _LONGEST:
        return False
    left, right = _characters(_NOTE.sub("", a)), _characters(_NOTE.sub("", b))
    can_be_heard = any(_are_alike(a, b) for a in left for b in right if a and b)
    return can_be_heard and _fit(left, right)


def agreeing(a: str, b: str) -> int:
    """How many characters at the beginning of both can be read and agree."""
    return sum(1 for _ in takewhile(lambda pair: _are_alike(*pair), zip(_known(a), _known(b), strict=False)))


def _known(name: str) -> tuple[str, ...]:
    return tuple(takewhile(bool, _characters(name)))


def _characters(name: str) -> tuple[str, ...]:
    """One by one, with "" for each run of what cannot be read."""
    if _HAS_CJK.search(name) is None:
        return tuple("" if _UNREADABLE.match(c) else c for c in name)
    found = tuple("" if c == "\0" else c for c in _INSTEAD.sub("\0", name))
    return (*found, "") if len(found) == 1 else found  # of a name of one character the other was dropped


def _fit(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if not left or not right:
        return not left and not right
    if left[0] == "":
        return any(_fit(left[1:], right[n:]) for n in range(1, min(_MOST_LOST, len(right)) + 1))
    if right[0] == "":
        return _fit(right, left)
    return _are_alike(left[0], right[0]) and _fit(left[1:], right[1:])
