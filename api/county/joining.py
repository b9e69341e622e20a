"""Making towns and villages connected: a group cut off from its own goes to the neighbour it touches most."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geo.coverage import shared_borders
from geo.districting import connected_pieces
from geo.importing import Shapes

Labels = NDArray[np.int64]
Neighbours = list[dict[int, float]]


def neighbours_of(boundaries: Shapes) -> Neighbours:
    """For each shape of a coverage, its neighbours with the length of the common border (map units)."""
    neighbours: Neighbours = [{} for _ in boundaries]
    for (one, other), length in sorted(shared_borders(boundaries).items()):
        neighbours[one][other] = length
        neighbours[other][one] = length
    return neighbours


def join_up(
    boundaries: Shapes, village_of_atom: Labels, town_of_village: Sequence[str], *, across_towns: bool = True
) -> Labels:
    """Villages of the atoms, changed where a town or a village would fall apart; towns alone keep real limits."""
    neighbours, villages = neighbours_of(boundaries), village_of_atom.copy()
    for _ in range(8):
        moved = 0
        if across_towns:
            moved += _reunite(villages, [town_of_village[v] for v in villages], neighbours, None)
        towns = [town_of_village[v] for v in villages]
        moved += _reunite(villages, [str(v) for v in villages], neighbours, towns)
        if not moved:
            break
    return villages


def _reunite(villages: Labels, labels: list[str], neighbours: Neighbours, towns: list[str] | None) -> int:
    """Moves the smaller pieces of each label to a neighbouring village (of the same town, where towns are given)."""
    members: dict[str, list[int]] = {}
    for atom, label in enumerate(labels):
        members.setdefault(label, []).append(atom)
    moved = 0
    for label in sorted(members):
        for piece in connected_pieces(members[label], neighbours)[1:]:
            for atom in piece:
                around = {
                    n: length
                    for n, length in neighbours[atom].items()
                    if labels[n] != label and (towns is None or towns[n] == towns[atom])
                }
                if around:
                    villages[atom] = villages[max(around, key=lambda n: (around[n], -n))]
                    moved += 1
    return moved
