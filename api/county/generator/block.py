"""The plan of a county of N customers: blocks of a thousand, each on its own, so that any number can be streamed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from api.county.generator.dirt import Counts
from api.county.generator.places import Ground
from api.county.generator.timeline import Timeline

BLOCK = 1000
# Numbers (ids, telephones, customer numbers) that a block has to itself.
SERIALS = 8192

SHARES = {"households": 0.17, "sole_traders": 0.10, "enterprises": 0.045, "organisations": 0.005}


@dataclass(frozen=True)
class Block:
    """One block: its number, how many parties of each kind it has, its chance, and what all blocks share."""

    number: int
    size: int
    seed: int
    ground: Ground
    timeline: Timeline
    counts: Counts
    shocked_towns: dict[int, date]
    """Towns (by index) where a competitor opened, and when."""

    def rng(self, stream: int) -> np.random.Generator:
        """A generator of its own for each purpose, so that one part of the code does not disturb another."""
        return np.random.default_rng([self.seed, self.number, stream])

    def of_kind(self, kind: str) -> int:
        return round(self.size * SHARES[kind])

    @property
    def persons(self) -> int:
        return self.size - sum(self.of_kind(kind) for kind in SHARES)

    def serial(self, place: int) -> int:
        """A number that no other party of the county has, for `place` below SERIALS."""
        return self.number * SERIALS + place

    def party(self, place: int) -> int:
        """The id of a party in the truth."""
        return self.number * BLOCK + place + 1


def blocks_of(customers: int) -> list[int]:
    """The sizes of the blocks."""
    whole, rest = divmod(customers, BLOCK)
    return [BLOCK] * whole + ([rest] if rest else [])
