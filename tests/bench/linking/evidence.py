"""The ceiling of the evidence: which records of one party the files themselves could bring together.

Pure, and independent of the product's rules: docs/county.md has the definition. A value counts only when it is really
the party's own, which the truth knows; so a placeholder, somebody else's id or a manager's telephone is never evidence.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_MARKS = re.compile(r"[\s\u00ad\u200b-\u200f\ufeff\-·•・.．‧]+")
_PHONE = re.compile(r"1[3-9]\d{9}|0515\d{8}")
_UNREADABLE = re.compile(r"[\ue000-\uf8ff?〓□]|(?<=[\u3400-\U0003ffff])[A-Z]+")


@dataclass(frozen=True)
class Said:
    """What one record says of its own party, read as it was meant; empty where it says nothing that is true."""

    name: str
    numbers: frozenset[str] = field(default_factory=frozenset)
    """Certificate, credit or organisation code, customer number, each with its kind before it."""
    phones: frozenset[str] = field(default_factory=frozenset)
    representative: str = ""
    """The certificate of the person behind a firm."""
    birth: str = ""
    """Day of birth and gender of a person, where the row has the right day."""


def read(text: str) -> str:
    """A number or a name in one form: half width, without blanks, dots, hyphens and invisible marks, capitals."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def phones(text: str, nobodys: frozenset[str]) -> frozenset[str]:
    """All telephone numbers in a field but those that are nobody's own."""
    return frozenset(_PHONE.findall(re.sub(r"[()（）]", "", read(text)))) - nobodys


def reads_as_citizen(text: str, number: str) -> bool:
    """Whether a field names that citizen, with eighteen or fifteen characters."""
    plain = read(text)
    return bool(plain) and plain in (number, number[:6] + number[8:17])


def names_alike(a: str, b: str) -> bool:
    """The same name, but for characters that a system could not write and for the order of words in Latin letters."""
    one, other = read(a), read(b)
    if one == other or (one.isascii() and sorted(one) == sorted(other)):
        return True
    one, other = _UNREADABLE.sub("?", one), _UNREADABLE.sub("?", other)
    if len(one) != len(other):
        return False
    return all(x == y or "?" in (x, y) for x, y in zip(one, other, strict=True))


def agree(a: Said, b: Said) -> bool:
    """Whether two records of one party carry a piece of evidence that says so."""
    if a.numbers & b.numbers:
        return True
    if not names_alike(a.name, b.name):
        return False
    if a.phones & b.phones or (a.representative and a.representative == b.representative):
        return True
    return bool(a.birth and a.birth == b.birth)


def chains(records: Sequence[Said]) -> list[int]:
    """For each record of a party the lowest place of those that a chain of agreeing evidence leads to."""
    lowest = list(range(len(records)))

    def root(place: int) -> int:
        while lowest[place] != place:
            place = lowest[place]
        return place

    for a, b in _pairs(len(records)):
        if root(a) != root(b) and agree(records[a], records[b]):
            low, high = sorted((root(a), root(b)))
            lowest[high] = low
    return [root(place) for place in range(len(records))]


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for b in range(count) for a in range(b))
