"""How well records are put together, over pairs of records of one party; also by the kind of dirt that touches them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

Record = tuple[str, str]
"""(feed, key)."""
Parties = Mapping[Record, int]


@dataclass(frozen=True)
class Quality:
    """Pairs of records: joined and right, joined and wrong, of one party but apart."""

    right: int
    wrong: int
    missed: int
    records: int

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def pairs(self) -> int:
        """Pairs that are one party, or that were joined."""
        return self.right + self.wrong + self.missed

    def without(self, other: "Quality") -> "Quality":
        """What is left when the pairs of fewer records are taken away."""
        return Quality(
            self.right - other.right,
            self.wrong - other.wrong,
            self.missed - other.missed,
            self.records - other.records,
        )


def quality(found: Parties, truth: Parties) -> Quality:
    """A record of the truth that is not found (quarantined, say) is a party of its own: missed."""
    sizes_true: Counter[int] = Counter(truth.values())
    sizes_found: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    for record, party in truth.items():
        customer = found.get(record)
        if customer is not None:
            sizes_found[customer] += 1
            both[customer, party] += 1
    right = sum(_pairs(n) for n in both.values())
    joined = sum(_pairs(n) for n in sizes_found.values())
    return Quality(right, joined - right, sum(_pairs(n) for n in sizes_true.values()) - right, len(truth))


def by_kind(found: Parties, truth: Parties, touched: Mapping[str, Collection[Record]]) -> dict[str, Quality]:
    """Over the pairs of which at least one record is touched by a kind; `records` are those that it touches.

    The pairs of which none is touched are taken away from all pairs; only parties and customers that a touched record
    belongs to can differ.
    """
    return {kind: _touched_pairs(found, truth, records) for kind, records in touched.items()}


def _touched_pairs(found: Parties, truth: Parties, touched: Collection[Record]) -> Quality:
    known = {record for record in touched if record in truth}
    parties = {truth[record] for record in known}
    customers = {found[record] for record in known if record in found}
    near = {r: p for r, p in truth.items() if p in parties or found.get(r) in customers}
    rest = {record: party for record, party in near.items() if record not in known}
    return quality(found, near).without(quality(found, rest))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
