"""From an address in words to the atom it names. Atoms are unique by town, village and group."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain.customers.identity.normalise import half_width
from domain.customers.identity.rows import Rows

Named = TypeVar("Named")
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]{1,3}")
_NUMERALS = "零一二三四五六七八九"
_BEFORE_TOWN = re.compile(r"^(江苏省?)?(盐城市?)?(阜宁县?)?")


@dataclass(frozen=True, slots=True)
class AtomPlace:
    """An atom as an address knows it. `reach_m` is the radius of a circle as large as the atom."""

    id: int
    name: str
    village_code: str
    village: str
    town: str
    lon_deg: float
    lat_deg: float
    reach_m: float


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where an address leads: a point inside the atom, and how far from it the customer may be."""

    atom_id: int
    lon_deg: float
    lat_deg: float
    accuracy_m: float
    is_whole: bool
    """False when only the village is named and the atom in its middle stands for it."""


@dataclass
class AddressBook:
    """All atoms by the words that lead to them."""

    towns: dict[str, dict[str, list[AtomPlace]]] = field(default_factory=dict)
    by_village_code: dict[str, list[AtomPlace]] = field(default_factory=dict)

    @classmethod
    def of(cls, atoms: Iterable[AtomPlace]) -> "AddressBook":
        book = cls()
        for atom in atoms:
            book.towns.setdefault(atom.town, {}).setdefault(atom.village, []).append(atom)
            book.by_village_code.setdefault(atom.village_code, []).append(atom)
        return book

    def find(self, address: str | None, village_code: str | None = None) -> Addressed | None:
        """The atom that the address names, else the middle of its village, else of the village that is coded."""
        plain = _plain(address) if address else ""
        villages, rest = _longest(self.towns, _BEFORE_TOWN.sub("", plain))
        if villages is not None:
            atoms, group = _longest(villages, rest)
            if atoms is not None:
                named = _named(atoms, group)
                return _middle(atoms) if named is None else _at(named)
        coded = self.by_village_code.get(village_code or "")
        return None if coded is None else _middle(coded)


def _plain(address: str) -> str:
    """Half-width, no spaces, numbers before 组 as they are spoken (12组 → 十二组)."""
    return _SPACES.sub("", half_width(address))


def spoken(number: int) -> str:
    """1 to 99 in words, as groups are named."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _longest(names: Mapping[str, Named], text: str) -> tuple[Named | None, str]:
    """The longest name with which the text begins, and what follows it."""
    best = ""
    for name in names:
        if len(name) > len(best) and text.startswith(name):
            best = name
    return (names[best], text[len(best) :]) if best else (None, text)


def _named(atoms: list[AtomPlace], rest: str) -> AtomPlace | None:
    """The atom whose own part of the name the rest begins with; the longest one (十一组 before 一组)."""
    digits = _DIGITS.match(rest)
    forms = [rest] if digits is None else [spoken(int(digits[0])) + rest[digits.end() :], rest]
    found = [
        (len(own), atom)
        for atom in atoms
        if (own := atom.name.removeprefix(atom.village)) and any(form.startswith(own) for form in forms)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _at(atom: AtomPlace) -> Addressed:
    return Addressed(atom.id, atom.lon_deg, atom.lat_deg, atom.reach_m, True)


def _middle(atoms: list[AtomPlace]) -> Addressed:
    """The atom nearest the mean of a village's atoms; the accuracy reaches over the village."""
    lon = sum(atom.lon_deg for atom in atoms) / len(atoms)
    lat = sum(atom.lat_deg for atom in atoms) / len(atoms)
    middle = min(atoms, key=lambda atom: ((atom.lon_deg - lon) ** 2 + (atom.lat_deg - lat) ** 2, atom.id))
    reach_m = math.sqrt(sum(atom.reach_m**2 for atom in atoms))
    return Addressed(middle.id, middle.lon_deg, middle.lat_deg, reach_m, len(atoms) == 1)


def load_address_book(rows: Rows) -> AddressBook:
    found = rows.execute(
        "select id, name, village_code, village, town, lon_deg_wgs84, lat_deg_wgs84, sqrt(area_m2 / pi())"
        " from atoms order by id"
    )
    return AddressBook.of(AtomPlace(*row) for row in found)
