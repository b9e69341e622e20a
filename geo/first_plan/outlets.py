"""Atoms to outlets: each to the nearest one of its town, by the way over the town's own ground.

Grounds grow from the atoms where the outlets stand, so that each hangs together. A town without an outlet goes to the
nearest one whole. Outlets without customer managers take ground only where there are no others.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

import numpy as np

from geo.districting import connected_pieces
from geo.first_plan.ground import FirstGround, Floats, Numbers


def share_among_outlets(ground: FirstGround) -> Numbers:
    """The index of the outlet of each atom; there is at least one outlet."""
    outlet_of = np.full(len(ground.atoms), -1, dtype=np.int64)
    towns: dict[str, list[int]] = {}
    for i, atom in enumerate(ground.atoms):
        towns.setdefault(atom.town_code, []).append(i)
    everybody = _with_people(ground, range(len(ground.outlets)))
    for town, atoms in sorted(towns.items()):
        there = [i for i, outlet in enumerate(ground.outlets) if outlet.town_code == town]
        if there:
            _grow(ground, atoms, _with_people(ground, there), outlet_of)
        else:
            outlet_of[atoms] = _nearest(ground, everybody, ground.points_m[atoms].mean(axis=0))
    return outlet_of


def _with_people(ground: FirstGround, outlets: Sequence[int]) -> list[int]:
    return [i for i in outlets if ground.outlets[i].managers] or list(outlets)


def _nearest(ground: FirstGround, outlets: Sequence[int], point_m: Floats) -> int:
    return min(outlets, key=lambda i: (float(np.hypot(*(point_m - ground.outlets[i].place_m))), i))


def _grow(ground: FirstGround, atoms: list[int], outlets: list[int], outlet_of: Numbers) -> None:
    inside, ends = set(atoms), _standing(ground, atoms, outlets)
    while ends:
        way_m, outlet, atom = heappop(ends)
        if outlet_of[atom] >= 0:
            continue
        outlet_of[atom] = outlet
        for other in ground.neighbours[atom]:
            if other in inside and outlet_of[other] < 0:
                step_m = float(np.hypot(*(ground.points_m[other] - ground.points_m[atom])))
                heappush(ends, (way_m + step_m, outlet, other))
    left = [atom for atom in atoms if outlet_of[atom] < 0]
    for piece in connected_pieces(left, ground.neighbours):
        outlet_of[piece] = _nearest(ground, outlets, ground.points_m[piece].mean(axis=0))


def _standing(ground: FirstGround, atoms: list[int], outlets: list[int]) -> list[tuple[float, int, int]]:
    """Where each outlet begins: the nearest atom from which no other one does. (metres, outlet, atom)"""
    free = list(atoms)
    found: list[tuple[float, int, int]] = []
    for outlet in outlets:
        if not free:
            break
        away_m = np.hypot(*(ground.points_m[free] - ground.outlets[outlet].place_m).T)
        nearest = int(np.argmin(away_m))
        heappush(found, (float(away_m[nearest]), outlet, free.pop(nearest)))
    return found
