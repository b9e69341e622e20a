"""The truth: who is who, who leaves and why, where each lives. A separate folder that the product never reads."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import numpy as np

from api.county.generator.accounts import Accounts
from api.county.generator.attrition import ASKED_FROM_YUAN, FALL_YUAN, has_left, leaving_probability
from api.county.generator.dirt import RATES, Counts
from api.county.generator.emptied import DEAD, MOVED
from api.county.generator.hazards import REASONS
from api.county.generator.lending import Lending
from api.county.generator.rows import FeedRows
from api.county.generator.timeline import AS_OF, POINTS
from api.county.generator.world import World

HEADERS = {
    "parties": ("party_id", "kind", "name", "certificate", "birth_on", "status"),
    "links": ("feed", "key", "party_id"),
    "touched": ("kind", "feed", "key"),
    "leavers": ("party_id", "cust_nos", "left", "true_probability", "reason", "average_3m_yuan",
                "average_3m_after_yuan", "eligible"),
    "places": ("party_id", "lon_deg_wgs84", "lat_deg_wgs84", "atom_code"),
    "relations": ("party_id", "other_id", "kind"),
    "households": ("party_id", "hukou_no"),
    "loans": ("loan_no", "farm", "inclusive_farm", "inclusive_small"),
}  # fmt: skip


_HOUSEHOLD_STATUS = {DEAD: "DEAD", MOVED: "MOVED"}


class Truth:
    """Open CSV files of the truth folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._handles: dict[str, TextIO] = {}
        for name, header in HEADERS.items():
            handle = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            handle.write(",".join(header) + "\n")
            self._handles[name] = handle

    def write(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        csv.writer(self._handles[name], lineterminator="\n").writerows(rows)

    def close(self) -> None:
        for handle in self._handles.values():
            handle.close()

    def write_dirt(self, counts: Counts) -> None:
        with (self._folder / "dirt.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(("kind", "count", "rate"))
            for kind in sorted(set(counts) | set(RATES)):
                writer.writerow((kind, counts[kind], RATES.get(kind, "")))


def write_truth(
    truth: Truth, world: World, accounts: Accounts, lending: Lending, feeds: list[FeedRows]
) -> None:
    """Everything that is known of one block."""
    for rows in feeds:
        truth.write("links", ((rows.feed, key, party) for key, party in rows.links))
        truth.write("touched", rows.touched)
    truth.write("parties", _parties(world))
    truth.write("places", _places(world))
    truth.write("relations", _relations(world))
    truth.write("households", (
        (world.household_party(h), world.households.hukou[h]) for h in range(world.households.rural)
    ))  # fmt: skip
    truth.write("loans", lending.true_flags())
    truth.write("leavers", _leavers(world, accounts))


def _parties(world: World) -> Iterable[tuple[object, ...]]:
    people, firms = world.people, world.firms
    for i in range(people.size):
        status = "DEAD" if people.is_dead[i] else "MOVED" if people.has_moved[i] else "ACTIVE"
        yield (world.person_party(i), "PERSON", people.name[i], people.id_number[i], people.birth(i), status)
    for h in range(world.households.rural):
        head = world.households.head[h]
        yield (
            world.household_party(h),
            "HOUSEHOLD",
            people.name[head],
            world.households.hukou[h],
            "",
            _HOUSEHOLD_STATUS.get(world.emptied.get(h, ""), "ACTIVE"),
        )
    kinds = {"S": "SOLE_TRADER", "E": "ENTERPRISE", "O": "ORGANISATION"}
    for f in range(firms.size):
        yield (world.firm_party(f), kinds[firms.kind[f]], firms.name[f], firms.uscc[f], "", "ACTIVE")


def _places(world: World) -> Iterable[tuple[object, ...]]:
    codes = world.block.ground.codes
    groups = (
        (world.person_party, world.people, world.people.size),
        (world.household_party, world.households, world.households.rural),
        (world.firm_party, world.firms, world.firms.size),
    )
    for party, where, size in groups:
        for i in range(size):
            yield (party(i), f"{where.lon[i]:.6f}", f"{where.lat[i]:.6f}", codes[where.atom[i]])


def _relations(world: World) -> Iterable[tuple[object, ...]]:
    for h in range(world.households.rural):
        for member in world.households.members[h]:
            yield (world.household_party(h), world.person_party(member), "MEMBER")
    for f, person in enumerate(world.firms.person.tolist()):
        if person >= 0:
            kind = "OPERATOR" if world.firms.kind[f] == "S" else "REPRESENTATIVE"
            yield (world.firm_party(f), world.person_party(person), kind)


def _leavers(world: World, accounts: Accounts) -> Iterable[tuple[object, ...]]:
    """Every holder of deposits. Attrition is asked of those with 10,000 yuan on average (`eligible`)."""
    n = world.holders.size
    before = accounts.of_holders(accounts.three_months[AS_OF], n)
    after = accounts.of_holders(accounts.three_months[POINTS - 1], n)
    left = has_left(before, after)
    probability = leaving_probability(
        world.block.rng(13), world.block.timeline, world.holders, world.paths.at_data_date,
        world.borrowing, before,
    )  # fmt: skip
    probability = np.where(before >= FALL_YUAN, probability, 0.0)
    for h in range(n):
        reason = REASONS[world.paths.reason[h]] if world.paths.reason[h] >= 0 else "SPENT"
        yield (
            world.holder_party(h),
            _numbers(world, h),
            "true" if left[h] else "false",
            f"{probability[h]:.5f}",
            reason if left[h] else "",
            f"{before[h]:.2f}",
            f"{after[h]:.2f}",
            "true" if before[h] >= ASKED_FROM_YUAN else "false",
        )


def _numbers(world: World, holder: int) -> str:
    person = int(world.holder_person[holder])
    numbers = [world.holder_number(holder)]
    if person >= 0 and world.presence.person_second[person]:
        numbers.append(world.presence.second_number[person])
    return " ".join(numbers)
