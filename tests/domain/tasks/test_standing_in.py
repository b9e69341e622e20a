"""Who walks to a customer while somebody is away."""

import numpy as np

from domain.tasks.standing_in import NOBODY, stand_ins, walkers

A, B, OTHER = 11, 12, 13
EAST, WEST = 1, 2
POSTS = [(EAST, "B", B), (EAST, "A", A), (WEST, "A", B)]


def walk(owner: int, grid: int, there: set[int]) -> int:
    return int(walkers(np.array([owner]), np.array([grid]), there, stand_ins(POSTS, there))[0])


def test_who_is_there_walks_to_his_own() -> None:
    assert walk(A, EAST, {A, B}) == A
    assert walk(OTHER, NOBODY, {OTHER}) == OTHER


def test_b_walks_for_a_who_is_away() -> None:
    assert walk(A, EAST, {B, OTHER}) == B


def test_a_does_not_walk_for_himself_by_another_grid() -> None:
    assert walk(B, WEST, {A}) == NOBODY


def test_nobody_walks_where_both_are_away() -> None:
    assert walk(A, EAST, {OTHER}) == NOBODY
    assert walk(A, EAST, set()) == NOBODY


def test_without_a_grid_or_on_one_without_posts_nobody_stands_in() -> None:
    assert walk(A, NOBODY, {B}) == NOBODY
    assert walk(A, 99, {B}) == NOBODY


def test_who_covers_has_his_own_as_well_and_everybody_in_one_go() -> None:
    owners, grids = np.array([A, B, OTHER, A]), np.array([EAST, WEST, WEST, NOBODY])
    assert walkers(owners, grids, {B}, stand_ins(POSTS, {B})).tolist() == [B, B, B, NOBODY]
    nobody_due = np.empty(0, dtype=np.int64)
    assert walkers(nobody_due, nobody_due, {B}, {}).tolist() == []


def test_a_comes_before_b_and_the_first_of_several_counts() -> None:
    assert stand_ins(POSTS, {A, B}) == {EAST: A, WEST: B}
    assert stand_ins([(EAST, "A", OTHER), *POSTS], {A, B, OTHER})[EAST] == OTHER
