"""What a change of a border says: how much ground more or less, never a fingerprint."""

import pytest

from domain.shared.imports.borders import GONE, LARGER, MOVED, NEW, SMALLER, differing, said_of_border
from domain.shared.imports.carrying_out import _is_so
from domain.shared.statements import Statement

WAS = {"name": "东村一组", "shape": "aa", "area_m2": 4000}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, WAS, NEW(square_metres=4000)),
        (WAS, {**WAS, "shape": "bb", "area_m2": 4300}, LARGER(square_metres=300)),
        (WAS, {**WAS, "shape": "bb", "area_m2": 3999}, SMALLER(square_metres=1)),
        (WAS, {**WAS, "shape": "bb"}, MOVED()),
        (WAS, {**WAS, "shape": None, "area_m2": None}, GONE()),
        # Imports that were kept before areas were.
        ({"shape": "aa"}, {"shape": "bb"}, MOVED()),
        ({"shape": "aa"}, {"shape": "bb", "area_m2": 7}, MOVED()),
        (WAS, {**WAS, "name": "东一组"}, None),
        ({"name": "周梅"}, {"name": "周美"}, None),
    ],
)
def test_a_border_says_its_ground(before: object, after: object, said: Statement | None) -> None:
    assert said_of_border(before, after) == said  # type: ignore[arg-type]


def test_fields_are_told_without_it() -> None:
    after = {**WAS, "name": "东一组", "shape": "bb", "area_m2": 1}
    assert differing(WAS, after) == [("name", "东村一组", "东一组")]
    assert differing(None, WAS) == [("name", None, "东村一组")]


def test_what_was_kept_by_an_earlier_version_is_compared_by_what_it_said() -> None:
    assert _is_so(WAS, {"name": "东村一组", "shape": "aa"})
    assert not _is_so(WAS, {"name": "东村一组", "shape": "bb"})
    assert not _is_so(None, {"name": "东村一组"})
    assert _is_so(None, None)
    assert not _is_so(WAS, None)
