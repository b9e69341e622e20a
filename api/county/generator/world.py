"""A block's parties with everything the feeds need to know about them."""

from dataclasses import dataclass

import numpy as np

from api.county.generator.behaviour import CYCLING, Holders, Paths, draw_frailty, make_holders_state, simulate
from api.county.generator.block import Block
from api.county.generator.credit import Borrowing, Loans, borrowing, make_loans
from api.county.generator.emptied import empty_households
from api.county.generator.families import Flags, Households, People, make_families
from api.county.generator.firms import Firms, make_firms
from api.county.generator.places import Ints
from api.county.generator.presence import Presence, decide_presence
from api.county.generator.sizes import Sizes, make_sizes
from api.county.generator.strange_names import name_strangely

_NEVER = 10**7


@dataclass
class World:
    """`holder_person` and `holder_firm` say who a holder of deposits is (-1: the other)."""

    block: Block
    households: Households
    people: People
    firms: Firms
    sizes: Sizes
    presence: Presence
    emptied: dict[int, str]
    person_opened: Ints
    firm_opened: Ints
    holder_person: Ints
    holder_firm: Ints
    holders: Holders
    loans: Loans
    borrowing: Borrowing
    paths: Paths

    def person_party(self, i: int) -> int:
        return self.block.party(i)

    def household_party(self, h: int) -> int:
        return self.block.party(self.people.size + h)

    def firm_party(self, f: int) -> int:
        return self.block.party(self.people.size + self.households.rural + f)

    def holder_party(self, holder: int) -> int:
        person = int(self.holder_person[holder])
        return self.person_party(person) if person >= 0 else self.firm_party(int(self.holder_firm[holder]))

    def holder_number(self, holder: int) -> str:
        person = int(self.holder_person[holder])
        if person >= 0:
            return self.presence.person_number[person]
        return self.presence.firm_number[int(self.holder_firm[holder])]

    def is_rural_firm(self, firm: int) -> bool:
        """Registered outside of the urban communities (农村企业)."""
        return not bool(self.block.ground.is_urban[int(self.firms.atom[firm])])

    def holder_outlet(self, holder: int) -> str:
        person = int(self.holder_person[holder])
        atom = self.people.atom[person] if person >= 0 else self.firms.atom[int(self.holder_firm[holder])]
        return self.block.ground.outlet_codes[int(self.block.ground.outlet_of_atom[int(atom)])]


def make_world(block: Block) -> World:
    households, people = make_families(block)
    name_strangely(block, households, people)
    firms = make_firms(block, people)
    presence = decide_presence(block, households, people, firms)
    emptied = empty_households(block, households, people, firms, presence)
    rng = block.rng(4)
    as_of = block.timeline.as_of.toordinal()
    person_opened = _opened(rng, as_of, np.minimum(people.age * 0.7, 24.0))
    firm_opened = _opened(rng, as_of, firms.founded_years)
    holder_person, holder_firm = _who_holds(rng, people, firms, presence)
    holders = _holders(block, rng, people, firms, presence, holder_person, holder_firm,
                       person_opened, firm_opened)  # fmt: skip
    state, total = make_holders_state(rng, block.timeline, holders)
    late = holders.opened[None, :] + (state.months * 30.44).astype(np.int64)
    state.matures = np.where(holders.opened > block.timeline.points[0].toordinal(), late, state.matures)
    loans = make_loans(rng, block.timeline, holders.kind, total)
    borrowed = borrowing(block.timeline, loans, holders.size)
    paths = simulate(rng, block.timeline, holders, state, borrowed)
    return World(
        block, households, people, firms, make_sizes(block, firms), presence, emptied, person_opened, firm_opened,
        holder_person, holder_firm, holders, loans, borrowed, paths,
    )  # fmt: skip


def _opened(rng: np.random.Generator, as_of: int, most_years: np.ndarray) -> Ints:
    """Day of opening; a few tonight, which the night before does not know."""
    years = rng.random(most_years.size) ** 0.9 * np.maximum(most_years, 0.3)
    opened = as_of - 2 - (years * 365.25).astype(np.int64)
    return np.where(rng.random(most_years.size) < 0.0004, as_of, opened)


def _who_holds(
    rng: np.random.Generator, people: People, firms: Firms, presence: Presence
) -> tuple[Ints, Ints]:
    kind = np.array(firms.kind)
    persons = np.flatnonzero(presence.person_core & (people.age >= 16) & (rng.random(people.size) < 0.88))
    share = np.select([kind == "S", kind == "E"], [0.82, 0.95], 1.0)
    companies = np.flatnonzero(presence.firm_core & (rng.random(kind.size) < share))
    nobody = -np.ones(1, dtype=np.int64)
    return (
        np.concatenate([persons, np.repeat(nobody, companies.size)]),
        np.concatenate([np.repeat(nobody, persons.size), companies]),
    )


def _holders(
    block: Block, rng: np.random.Generator, people: People, firms: Firms, presence: Presence,
    holder_person: Ints, holder_firm: Ints, person_opened: Ints, firm_opened: Ints,
) -> Holders:  # fmt: skip
    is_person = holder_person >= 0
    person, firm = np.maximum(holder_person, 0), np.maximum(holder_firm, 0)
    kind_of_firm = np.array(["SEO".index(k) + 1 for k in firms.kind])
    atom = np.where(is_person, people.atom[person], firms.atom[firm])
    shocked = np.full(max(block.ground.town_index) + 1, _NEVER)
    for town, since in block.shocked_towns.items():
        shocked[town] = since.toordinal()
    has_pos: Flags = ~is_person & presence.firm_pos[firm]
    return Holders(
        kind=np.where(is_person, 0, kind_of_firm[firm]),
        age=np.where(is_person, people.age[person], 45),
        km=block.ground.km_to_outlet[atom],
        opened=np.where(is_person, person_opened[person], firm_opened[firm]),
        shocked_from=shocked[block.ground.town_index[atom]],
        has_pos=has_pos,
        has_line=rng.random(is_person.size) < 0.14,
        frailty=draw_frailty(rng, is_person.size),
        is_cycling=rng.random(is_person.size) < CYCLING,
    )
