"""From an address in words to the atom it names. Atoms are unique by town, village and group."""

import math
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from domain.customers.identity.text import half_width
from domain.shared.rows import Rows

Named = TypeVar("Named")
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]{1,3}")
_NUMERALS = "零一二三四五六七八九"


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


class Names(Generic[Named]):
    """Finds the longest of some names with which a text begins, in as many look-ups as there are lengths."""

    def __init__(self) -> None:
        self._by_name: dict[str, Named] = {}
        self._lengths: list[int] = []

    def add(self, name: str, value: Named) -> None:
        self._by_name.setdefault(name, value)
        self._lengths = sorted({len(known) for known in self._by_name}, reverse=True)

    def get(self, name: str) -> Named | None:
        return self._by_name.get(name)

    def longest(self, text: str) -> tuple[Named | None, str]:
        """What the longest name stands for, and the text after it."""
        for length in self._lengths:
            found = self._by_name.get(text[:length])
            if found is not None:
                return found, text[length:]
        return None, text


@dataclass
class Village:
    """A village's atoms by their own part of the name (十二组), and the one in its middle."""

    groups: Names[AtomPlace] = field(default_factory=lambda: Names[AtomPlace]())
    atoms: list[AtomPlace] = field(default_factory=list)

    def add(self, atom: AtomPlace) -> None:
        self.atoms.append(atom)
        self.groups.add(atom.name.removeprefix(atom.village), atom)

    @cached_property
    def middle(self) -> Addressed:
        return _middle(self.atoms)

    def find(self, rest: str) -> Addressed:
        digits = _DIGITS.match(rest)
        named: AtomPlace | None = None
        if digits is not None:
            named, _ = self.groups.longest(spoken(int(digits[0])) + rest[digits.end() :])
        if named is None:
            named, _ = self.groups.longest(rest)
        return self.middle if named is None else _at(named)


@dataclass
class AddressBook:
    """All atoms by the words that lead to them."""

    above_towns: re.Pattern[str]
    towns: Names[Names[Village]] = field(default_factory=lambda: Names[Names[Village]]())
    by_village_code: dict[str, Village] = field(default_factory=dict)

    @classmethod
    def of(cls, atoms: Iterable[AtomPlace], areas_above_towns: Iterable[str] = ()) -> "AddressBook":
        """`areas_above_towns` are province, city and county by their names, the widest first."""
        book = cls(_beginning(areas_above_towns))
        for atom in atoms:
            if (town := book.towns.get(atom.town)) is None:
                book.towns.add(atom.town, town := Names[Village]())
            if (village := town.get(atom.village)) is None:
                town.add(atom.village, village := Village())
            village.add(atom)
            book.by_village_code.setdefault(atom.village_code, village)
        return book

    def find(self, address: str | None, village_code: str | None = None) -> Addressed | None:
        """The atom that the address names, else the middle of its village, else of the village that is coded."""
        if address:
            villages, rest = self.towns.longest(self.above_towns.sub("", _plain(address)))
            if villages is not None:
                village, group = villages.longest(rest)
                if village is not None:
                    return village.find(group)
        coded = self.by_village_code.get(village_code or "")
        return None if coded is None else coded.middle


def _beginning(areas: Iterable[str]) -> re.Pattern[str]:
    """With what addresses begin before the town: any of the areas in their order, with or without what it is (县)."""
    return re.compile(
        "^" + "".join(f"({re.escape(area[:-1])}{re.escape(area[-1])}?)?" for area in areas if area)
    )


def _plain(address: str) -> str:
    """Half-width and without spaces."""
    return _SPACES.sub("", half_width(address))


def spoken(number: int) -> str:
    """1 to 99 in words, as groups are named."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _at(atom: AtomPlace) -> Addressed:
    return Addressed(atom.id, atom.lon_deg, atom.lat_deg, atom.reach_m, True)


def _middle(atoms: list[AtomPlace]) -> Addressed:
    """The atom nearest the mean of a village's atoms; the accuracy reaches over the village."""
    lon = sum(atom.lon_deg for atom in atoms) / len(atoms)
    lat = sum(atom.lat_deg for atom in atoms) / len(atoms)
    middle = min(atoms, key=lambda atom: ((atom.lon_deg - lon) ** 2 + (atom.lat_deg - lat) ** 2, atom.id))
    reach_m = math.sqrt(sum(atom.reach_m**2 for atom in atoms))
    return Addressed(middle.id, middle.lon_deg, middle.lat_deg, reach_m, len(atoms) == 1)


_ATOMS = """
select id, name, village_code, village, town, lon_deg_wgs84, lat_deg_wgs84, sqrt(area_m2 / pi()),
       code, to_on is null, successor_code
  from atoms order by id
"""


def load_address_book(rows: Rows) -> AddressBook:
    """A name or a code of another year leads to what follows it: by the list of successors, else by the ground."""
    found = rows.execute(_ATOMS)
    listed: dict[str, str] = dict(rows.execute("select old_code, new_code from code_successors"))
    ids = {code: number for number, *_, code, _is_open, _ in found}
    in_force = {code for *_, code, is_open, _ in found if is_open}
    places = [
        AtomPlace(_now(number, code, {**({code: ground} if ground else {}), **listed}, ids, in_force), *place)
        for number, *place, code, _is_open, ground in found
    ]
    areas = rows.execute("select value from settings where name = 'areas_above_towns'")
    book = AddressBook.of(places, areas[0][0] if areas else ())
    villages_in_force = {row[2] for row in found if row[-2]}
    by_code = {code: place for place, (*_, code, is_open, _) in zip(places, found, strict=True) if is_open}
    for code in listed.keys() - villages_in_force - in_force:
        _lead(book, code, followed(code, listed, villages_in_force | in_force), villages_in_force, by_code)
    return book


def followed(code: str, successors: Mapping[str, str], in_force: Set[str]) -> str:
    """Where a code leads: through successors up to the first that is in force, or the last."""
    seen: set[str] = set()
    while code not in in_force and code in successors and code not in seen:
        seen.add(code)
        code = successors[code]
    return code


def _now(
    number: int, code: str, successors: Mapping[str, str], ids: Mapping[str, int], in_force: Set[str]
) -> int:
    return ids.get(followed(code, successors, in_force), number)


def _lead(book: AddressBook, code: str, to: str, villages: Set[str], atoms: Mapping[str, AtomPlace]) -> None:
    if to in villages:
        book.by_village_code[code] = book.by_village_code[to]
    elif to in atoms:
        book.by_village_code[code] = alone = Village()
        alone.add(atoms[to])
