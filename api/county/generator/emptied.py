"""Households in which nobody lives any more: all dead, or all moved away together."""

from api.county.generator.block import Block
from api.county.generator.dirt import RATES
from api.county.generator.families import Households, People
from api.county.generator.firms import Firms
from api.county.generator.places import pick
from api.county.generator.presence import Presence

DEAD, MOVED = "dead_household", "moved_household"
_OLD = 55
_FEW = 2


def empty_households(
    block: Block, households: Households, people: People, firms: Firms, presence: Presence
) -> dict[int, str]:
    """Household → why it is empty, of rural ones that the register knows whole and whose members run no firm."""
    rng = block.rng(21)
    busy = set(firms.person.tolist())
    emptied: dict[int, str] = {}
    for h, (first, second) in enumerate(rng.random((households.rural, 2)).tolist()):
        members = households.members[h]
        if any(not presence.person_register[i] or i in busy for i in members):
            continue
        old = len(members) <= _FEW and people.age[households.head[h]] >= _OLD
        if old and first < RATES[DEAD]:
            emptied[h] = DEAD
            people.is_dead[members] = True
        elif second < RATES[MOVED]:
            emptied[h] = MOVED
            people.has_moved[members] = True
            _move(block, people, members, first)
    for why in emptied.values():
        block.counts[why] += 1
    return emptied


def _move(block: Block, people: People, members: list[int], draw: float) -> None:
    """All of them to one new house of the county."""
    rng = block.rng(1000 + members[0])
    atom = pick(rng, block.ground.settled, 1)
    lon, lat = block.ground.points(rng, atom)
    people.atom[members], people.lon[members], people.lat[members] = atom[0], lon[0], lat[0]
    people.house[members] = 1 + int(draw * 259)
