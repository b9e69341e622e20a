"""Connected components of linked records; a component's lowest record id is the customer's id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from domain.customers.identity.evidence import STRENGTH, Link

Cuts = Mapping[int, frozenset[int]]
"""For each record the records that a person said it must not share a customer with."""


def cuts_of(pairs: Iterable[tuple[int, int]]) -> Cuts:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {record: frozenset(others) for record, others in found.items()}


def customer_of_each(records: Iterable[int], links: Iterable[Link], cuts: Cuts) -> dict[int, int]:
    """Record id → customer id. Links are followed strongest first; one that would undo a cut is not followed."""
    root = {record: record for record in records}
    kept = sorted(
        (link for link in links if link.a in root and link.b in root),
        key=lambda link: (STRENGTH[link.rule], link.a, link.b),
    )
    members: dict[int, set[int]] = {record: {record} for record in cuts if record in root}
    for link in kept:
        a, b = _find(root, link.a), _find(root, link.b)
        if a == b:
            continue
        low, high = min(a, b), max(a, b)
        if cuts and _undoes(members.get(low, {low}), members.get(high, {high}), cuts):
            continue
        root[high] = low
        if cuts:
            members[low] = members.get(low, {low}) | members.pop(high, {high})
    return {record: _find(root, record) for record in root}


def _find(root: dict[int, int], record: int) -> int:
    """The root of a record; paths are halved on the way."""
    while root[record] != record:
        root[record] = root[root[record]]
        record = root[record]
    return record


def _undoes(left: set[int], right: set[int], cuts: Cuts) -> bool:
    smaller, larger = (left, right) if len(left) < len(right) else (right, left)
    return any(not larger.isdisjoint(cuts[record]) for record in smaller if record in cuts)
