"""Han and Latin characters, and a field that holds a name in both (田中裕子 TANAKA YUKO, 王磊(WANG LEI)). Pure."""

import re

from domain.customers.identity.text import DOTS, GAPS, half_width

CJK = "\u2e80-\u303a\u3041-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LETTERS = "A-Za-z\u00c0-\u02af\u02c7-\u02cb\u0300-\u036f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff"
"""Latin ones with their marks, so that pinyin is seen with its tones (yǎn, lǖ, ɑ of GBK, ˇ behind a letter)."""
_OWN = rf"{CJK}\uac00-\ud7a3"
"""What people write their own name in beside a Latin one: Han, kana, Hangul."""
_OWN_NAME = rf"[{_OWN}][{_OWN}{re.escape(DOTS)}]*[{_OWN}]"
_BESIDE = re.compile(
    rf"(?P<first>{_OWN_NAME})(?P<behind>[^{_OWN}]+)|(?P<before>[^{_OWN}]+)(?P<last>{_OWN_NAME})[)\]]?"
)
_MARKS = re.compile(rf"[\s()\[\]{re.escape(GAPS)}]+")
_WORD = re.compile(rf"[{LETTERS}]+")
_LONGEST_SYLLABLE = 6
"""ZHUANG: a longer word is more than the pinyin of one character."""
_SHORTEST_NAME = 4


def in_two_scripts(text: str) -> tuple[str, str] | None:
    """The name in its own script, and the words of the Latin one in capitals; None where the field holds one name.

    雷萍ZHOU is one, of which a character could not be written: two are told by two words, or by one that is too long.
    """
    plain = half_width(text)
    beside = _BESIDE.fullmatch(plain)
    if beside is None:
        return None
    rest = beside["behind"] or beside["before"]
    words = [word for word in _MARKS.split(rest) if word]
    if not all(map(_WORD.fullmatch, words)) or sum(map(len, words)) < _SHORTEST_NAME:
        return None
    if len(words) == 1 and (len(words[0]) <= _LONGEST_SYLLABLE or words[0] == rest):
        return None
    return beside["first"] or beside["last"], " ".join(words).upper()
