"""Balance proposals over the demonstration's plan: seconds, evenness by outlet, hand-overs and ways of each.

    ./yunge bench proposals [CUSTOMERS ...]

Customers are drawn over the atoms by where people live, a tenth of them key customers; work follows from how often and
how far away they are seen. Without an argument: 60,000 and 1,000,000 customers.
"""

import sys
import time

import numpy as np

from api.county.bank import demonstration_bank
from api.county.geography import load_geography
from api.county.joining import neighbours_of
from api.county.plan import demonstration_plan
from geo.balancing.ground import Atoms, Grids, Ground, People, Weights
from geo.balancing.obstacles import Obstacle
from geo.balancing.proposing import propose
from geo.measuring import LocalPlane
from tests.bench.figures import Figure, at_least, at_most, machine, print_figures

KEY_SHARE = 0.1
MINUTES_A_VISIT = 30.0
MINUTES_A_KM = 2.0


def ground_of(customers: int, seed: int = 1) -> Ground:
    """The demonstration's plan with so many customers."""
    geography = load_geography()
    bank = demonstration_bank(geography)
    plan = demonstration_plan(geography, bank)
    chance = np.random.default_rng(seed)
    expected = np.array([atom.expected_weight for atom in geography.atoms])
    counts = chance.multinomial(customers, expected / expected.sum())
    key = chance.binomial(counts, KEY_SHARE)
    degrees = np.array([[atom.lon_deg_wgs84, atom.lat_deg_wgs84] for atom in geography.atoms])
    plane = LocalPlane(*degrees.mean(axis=0))
    points = plane.metres(degrees)
    numbers = {outlet.code: i for i, outlet in enumerate(bank.outlets)}
    places = plane.metres(np.array([[o.lon_deg_wgs84, o.lat_deg_wgs84] for o in bank.outlets]))
    grid_of_atom = np.full(len(points), -1)
    for g, grid in enumerate(plan.small):
        grid_of_atom[list(grid.atoms)] = g
    outlets = np.array([numbers[grid.org_code] for grid in plan.small])
    away_km = np.hypot(*(points - places[outlets[grid_of_atom]]).T) / 1000.0
    minutes = (key + (counts - key) / 6.0) * (MINUTES_A_VISIT + away_km * MINUTES_A_KM)
    holders = sorted({post.staff_number for post in plan.posts if post.role == "A"})
    holder_of = {post.grid_code: post.staff_number for post in plan.posts if post.role == "A"}
    staff_outlet = {one.number: numbers[one.org_code] for one in bank.staff if one.org_code in numbers}
    return Ground(
        Atoms(
            minutes,
            counts,
            points,
            tuple(atom.town_code for atom in geography.atoms),
            neighbours_of(np.array([atom.boundary for atom in geography.atoms])),
        ),
        Grids(
            grid_of_atom,
            np.array([holders.index(holder_of[grid.code]) for grid in plan.small]),
            outlets,
            tuple(grid.town_code for grid in plan.small),
        ),
        People(np.array([staff_outlet[one] for one in holders]), np.ones(len(holders))),
    )


def figures(customers: int) -> list[Figure]:
    ground = ground_of(customers)
    started, worked = time.perf_counter(), time.process_time()
    proposals = propose(ground, Weights(), seed=1)
    seconds, own_processor = time.perf_counter() - started, time.process_time() - worked
    found = [
        Figure(
            "atoms, grids, people",
            len(ground.atoms.minutes),
            f"{len(ground.grids.people)} {len(ground.people.share)}",
        ),
        at_most("three proposals", seconds, "s", 10.0),
        Figure("of it processor time", own_processor, "s"),
    ]
    for one in proposals:
        name = one.character.value
        before = sum(o.evenness_before <= 1.15 for o in one.outlets)
        even = sum(o.evenness_after <= 1.15 for o in one.outlets)
        named = [o.obstacle for o in one.outlets if o.evenness_after > 1.15]
        found += [
            at_least(f"{name}: outlets even (before: {before})", even, f"of {len(one.outlets)}", 30),
            Figure(f"{name}: worst", max(o.evenness_after for o in one.outlets), ""),
            Figure(f"{name}: mean", sum(o.evenness_after for o in one.outlets) / len(one.outlets), ""),
            Figure(f"{name}: customers handed over", 100 * one.customers_handed_over / customers, "%"),
            Figure(f"{name}: atoms moved", one.atoms_moved, f"and {one.posts_changed} posts"),
            Figure(f"{name}: away, before {one.away_m_before:.0f} m", one.away_m_after, "m"),
        ]
        found += [Figure(f"{name}: in the way: {_told(obstacle)}", 1, "outlet") for obstacle in named]
    return found


def _told(obstacle: Obstacle | None) -> str:
    if obstacle is None:
        return "NOT NAMED"
    proof = "proven" if obstacle.is_proven else "found nothing better"
    return f"{obstacle.kind} {obstacle.number if obstacle.number is not None else ''} ({proof})"


if __name__ == "__main__":
    for wanted in [int(one) for one in sys.argv[1:]] or [60_000, 1_000_000]:
        print_figures(f"Balance of {wanted:,} customers ({machine()})", figures(wanted))
