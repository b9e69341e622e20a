"""Small changes, the one that gains most first, until none gains; then a few shakes by a seed, the best is kept.

No clock decides anything: a busy machine comes to the same division as an idle one.
"""

import random

import numpy as np

from geo.balancing.ground import GOAL, evenness
from geo.balancing.moves import Rules
from geo.balancing.state import Move, State

_STEPS = 2_000
_SHAKES, _SHAKES_UNEVEN = 3, 24
_GAINS = -1e-9


def descend(state: State, rules: Rules) -> None:
    """Apply the change that gains most as long as one gains anything."""
    for _ in range(_STEPS):
        move = _best(state, rules)
        if move is None:
            return
        state.apply(move)


def _best(state: State, rules: Rules) -> Move | None:
    priced = ((state.price(move), move) for move in rules.moves(state))
    found = [one for one in priced if one[0] < _GAINS]
    found.sort(key=lambda one: (one[0], one[1].atoms, one[1].grids))
    return next((move for _price, move in found if rules.holds_together(state, move)), None)


def shake(state: State, rules: Rules, chance: random.Random, changes: int) -> None:
    """A few changes by chance, whatever they cost."""
    for _ in range(changes):
        allowed = list(rules.moves(state))
        chance.shuffle(allowed)
        move = next((one for one in allowed if rules.holds_together(state, one)), None)
        if move is not None:
            state.apply(move)


def is_even(state: State) -> bool:
    return evenness(np.array(state.loads())) <= GOAL


def search(state: State, rules: Rules, seed: int) -> State:
    """The best division found. Shaken more often where the work is not even yet."""
    chance = random.Random(seed)  # noqa: S311
    best = state.copy()
    descend(best, rules)
    tried = 0
    while tried < (_SHAKES if is_even(best) else _SHAKES_UNEVEN):
        other = best.copy()
        shake(other, rules, chance, 2 + tried % 3)
        descend(other, rules)
        if other.cost() < best.cost() - 1e-9:
            best = other
        tried += 1
    return best
