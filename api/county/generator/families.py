"""Households and the people in them: roles, ages, names, ids, and where they live."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from api.county.generator import names, numbering
from api.county.generator.block import Block
from api.county.generator.dirt import RATES
from api.county.generator.places import Floats, Ints, pick

Flags = NDArray[np.bool_]

# Who lives in a household of each size: head, spouse, child, parent; two patterns and the share of the first.
_PATTERNS: dict[int, tuple[str, str, float]] = {
    1: ("H", "H", 1.0),
    2: ("HS", "HC", 0.8),
    3: ("HSC", "HSP", 0.85),
    4: ("HSCC", "HSCP", 0.5),
    5: ("HSCPP", "HSCCP", 0.6),
    6: ("HSCCPP", "HSCCPP", 1.0),
}
_RURAL_SIZES = np.cumsum([0.10, 0.28, 0.24, 0.18, 0.14, 0.06])
_OTHER_SIZES = np.cumsum([0.30, 0.30, 0.28, 0.12])


@dataclass
class Households:
    """The first `rural` of them have a 阳光信贷 file and are parties themselves."""

    rural: int
    atom: Ints
    lon: Floats
    lat: Floats
    house: Ints
    head: list[int]
    members: list[list[int]]
    phone: list[str]
    hukou: list[str]


@dataclass
class People:
    household: Ints
    role: list[str]
    age: Ints
    is_male: Flags
    birth_day: Ints
    name: list[str]
    id_number: list[str]
    phone: list[str]
    atom: Ints
    lon: Floats
    lat: Floats
    house: Ints
    is_dead: Flags
    has_moved: Flags
    twin_of: dict[int, int]
    strange: dict[int, str] = field(default_factory=dict)
    """Whose name systems write each in its own way, and why (strange_names.py)."""

    @property
    def size(self) -> int:
        return len(self.role)

    @cached_property
    def first_twins(self) -> frozenset[int]:
        return frozenset(self.twin_of.values())

    def birth(self, i: int) -> date:
        return date.fromordinal(int(self.birth_day[i]))


def make_families(block: Block) -> tuple[Households, People]:
    """All households and people of a block; exactly `block.persons` people."""
    rng = block.rng(1)
    sizes, rural = _sizes(rng, block)
    count = len(sizes)
    atom = np.concatenate(
        [
            pick(rng, block.ground.rural, min(rural, count)),
            pick(rng, block.ground.settled, max(0, count - rural)),
        ]
    )
    lon, lat = block.ground.points(rng, atom)
    house = rng.integers(1, 260, count)
    roles, household = _roles(rng, sizes)
    age = _ages(rng, roles, household, count)
    is_male = _genders(rng, roles, household, count)
    twins = _twins(rng, block, roles, household, age, is_male)
    birth_day = _birth_days(rng, block, age, is_male, twins)
    people = People(
        household=household,
        role=roles,
        age=age,
        is_male=is_male,
        birth_day=birth_day,
        name=_names(rng, block, roles, household, birth_day, is_male, atom),
        id_number=_ids(rng, block, birth_day, is_male, twins),
        phone=[numbering.mobile(block.serial(i)) for i in range(len(roles))],
        atom=atom[household],
        lon=lon[household],
        lat=lat[household],
        house=house[household],
        is_dead=rng.random(len(roles)) < np.where(age > 60, RATES["dead"] * 3.2, RATES["dead"] * 0.15),
        has_moved=rng.random(len(roles)) < RATES["moved"],
        twin_of=twins,
    )
    _share_phones(rng, people)
    _move_out(rng, block, people)
    members: list[list[int]] = [[] for _ in range(count)]
    for i, h in enumerate(household.tolist()):
        members[h].append(i)
    households = Households(
        rural=min(rural, count),
        atom=atom,
        lon=lon,
        lat=lat,
        house=house,
        head=[m[0] for m in members],
        members=members,
        phone=[people.phone[m[0]] for m in members],
        hukou=[f"{block.ground.region.code}{block.serial(h) % 10_000_000:08d}" for h in range(count)],
    )
    return households, people


def _sizes(rng: np.random.Generator, block: Block) -> tuple[list[int], int]:
    """Sizes of households that add up to the people of the block; rural ones first."""
    rural = block.of_kind("households")
    sizes = (np.searchsorted(_RURAL_SIZES, rng.random(rural)) + 1).tolist()
    left = block.persons - sum(sizes)
    while left < 0:  # a small block may draw too many people: shrink the largest
        largest = int(np.argmax(sizes))
        sizes[largest] -= 1
        left += 1
    for draw in rng.random(block.persons).tolist():
        if left == 0:
            break
        size = min(left, int(np.searchsorted(_OTHER_SIZES, draw)) + 1)
        sizes.append(size)
        left -= size
    return sizes, rural


def _roles(rng: np.random.Generator, sizes: list[int]) -> tuple[list[str], Ints]:
    roles: list[str] = []
    for size, draw in zip(sizes, rng.random(len(sizes)).tolist(), strict=True):
        first, second, share = _PATTERNS[size]
        roles.extend(first if draw < share else second)
    return roles, np.repeat(np.arange(len(sizes)), sizes)


def _ages(rng: np.random.Generator, roles: list[str], household: Ints, count: int) -> Ints:
    head = np.clip(rng.normal(53, 13, count), 24, 88)
    role = np.array(roles)
    own = head[household]
    size = len(roles)
    age = np.select(
        [role == "S", role == "C", role == "P"],
        [
            own + rng.integers(-5, 4, size),
            own - rng.integers(22, 33, size),
            own + rng.integers(21, 30, size),
        ],
        own,
    )
    return np.asarray(np.clip(age, 0, 98), dtype=np.int64)


def _genders(rng: np.random.Generator, roles: list[str], household: Ints, count: int) -> Flags:
    head = rng.random(count) < 0.86
    role = np.array(roles)
    is_male = np.where(role == "H", head[household], rng.random(len(roles)) < 0.52)
    is_male = np.where(role == "S", ~head[household], is_male)
    for i in range(1, len(roles)):  # the second parent is the other one's spouse
        if roles[i] == "P" and roles[i - 1] == "P" and household[i] == household[i - 1]:
            is_male[i] = not is_male[i - 1]
    return np.asarray(is_male, dtype=bool)


def _twins(
    rng: np.random.Generator, block: Block, roles: list[str], household: Ints, age: Ints, is_male: Flags
) -> dict[int, int]:
    """Second twin → first twin: two children of one household, same day, same gender, neighbouring ids."""
    share = min(1.0, RATES["twins"] / 2 * len(roles) / max(1, _pairs_of_children(roles, household)))
    twins: dict[int, int] = {}
    for i in range(1, len(roles)):
        if roles[i] == roles[i - 1] == "C" and household[i] == household[i - 1] and rng.random() < share:
            twins[i] = i - 1
            age[i], is_male[i] = age[i - 1], is_male[i - 1]
    block.counts["twins"] += 2 * len(twins)
    return twins


def _pairs_of_children(roles: list[str], household: Ints) -> int:
    return sum(
        roles[i] == roles[i - 1] == "C" and household[i] == household[i - 1] for i in range(1, len(roles))
    )


def _birth_days(
    rng: np.random.Generator, block: Block, age: Ints, is_male: Flags, twins: dict[int, int]
) -> Ints:
    """Days of birth that no two people of a block and gender share unless they are twins (see numbering)."""
    today = block.timeline.as_of.toordinal()
    days = today - (age * 365.25).astype(np.int64) - rng.integers(0, 365, age.size) - 1
    share = block.number // numbering.SEQUENCE_PAIRS % numbering.DAY_ROUNDS
    days = days - (days - share) % numbering.DAY_ROUNDS
    taken: set[tuple[int, bool]] = set()
    for i in range(age.size):
        if i in twins:
            days[i] = days[twins[i]]
            continue
        while (int(days[i]), bool(is_male[i])) in taken:
            days[i] -= numbering.DAY_ROUNDS
        taken.add((int(days[i]), bool(is_male[i])))
    return np.asarray(days)


def _ids(
    rng: np.random.Generator, block: Block, birth_day: Ints, is_male: Flags, twins: dict[int, int]
) -> list[str]:
    made: list[str] = []
    draws = rng.random(birth_day.size).tolist()
    for i, (day, male, draw) in enumerate(zip(birth_day.tolist(), is_male.tolist(), draws, strict=True)):
        others = numbering.OTHER_REGIONS
        region = (
            block.ground.region.code if draw > 0.08 else others[int(draw / 0.08 * len(others)) % len(others)]
        )
        pair = numbering.sequence_pair(block.number, day, i in twins)
        if i in twins:
            region = made[twins[i]][:6]
            if pair == 1:  # the first twin has this pair too: the second was registered elsewhere
                region = others[0] if region != others[0] else others[1]
        birth = date.fromordinal(day)
        made.append(numbering.citizen_id(region, f"{birth:%Y%m%d}", pair, male))
    return made


def _names(
    rng: np.random.Generator,
    block: Block,
    roles: list[str],
    household: Ints,
    birth_day: Ints,
    is_male: Flags,
    atom: Ints,
) -> list[str]:
    """Children carry the father's surname, a father the head's when the head is his child."""
    codes = block.ground.village_codes
    drawn = names.surnames(rng, [codes[atom[h]] for h in household.tolist()])
    years = [date.fromordinal(day).year for day in birth_day.tolist()]
    given = names.given_names(rng, years, is_male.tolist())
    family: dict[int, str] = {}
    made: list[str] = []
    for i, (role, h) in enumerate(zip(roles, household.tolist(), strict=True)):
        surname = drawn[i]
        if role == "H" or (role == "S" and is_male[i]):
            family[h] = surname
        elif role == "C" or (role == "P" and is_male[i]):
            surname = family[h]
        made.append(surname + given[i])
    return made


def _share_phones(rng: np.random.Generator, people: People) -> None:
    """Old parents and small children have the head's telephone."""
    heads: dict[int, str] = {}
    draws = rng.random(people.size).tolist()
    for i, h in enumerate(people.household.tolist()):
        if people.role[i] == "H":
            heads[h] = people.phone[i]
        age = int(people.age[i])
        if age < 14 or (age > 74 and draws[i] < 0.5) or draws[i] < 0.05:
            people.phone[i] = heads[h]


def _move_out(rng: np.random.Generator, block: Block, people: People) -> None:
    """Those who moved live elsewhere in the county; the register still has the old address."""
    moved = np.flatnonzero(people.has_moved)
    atoms = pick(rng, block.ground.settled, moved.size)
    people.atom = people.atom.copy()
    people.lon, people.lat, people.house = people.lon.copy(), people.lat.copy(), people.house.copy()
    people.atom[moved] = atoms
    people.lon[moved], people.lat[moved] = block.ground.points(rng, atoms)
    people.house[moved] = rng.integers(1, 260, moved.size)
