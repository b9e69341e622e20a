"""What a change of a border says: how much ground more or less, never a fingerprint."""

import pytest

from domain.shared.imports.borders import (
    GONE,
    LARGER,
    LAYER_CHANGED,
    LAYER_NEW,
    MOVED,
    NEW,
    SMALLER,
    differing,
    said_of_border,
)
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


def test_a_layer_says_its_lines_and_kilometres() -> None:
    one = {"source": "水利局", "features": 3, "areas": 1, "length_km": 12.3, "shape": "aa"}
    other = {**one, "features": 5, "length_km": 20.0, "shape": "bb"}
    was, becomes = {"lines": 2, "kilometres": 12.3, "areas": 1}, {"lines": 4, "kilometres": 20.0, "areas": 1}
    assert said_of_border(None, one) == LAYER_NEW(**was)
    before = {f"{name}_before": value for name, value in was.items()}
    assert said_of_border(one, other) == LAYER_CHANGED(**becomes, **before)
    assert said_of_border(one, {**one, "source": "河长办"}) is None
    assert differing(one, other) == [], "no number is told twice"
    # Imports that were kept before lengths were.
    assert said_of_border({"features": 1, "shape": "cc"}, {"features": 3, "shape": "aa"}) == MOVED()
    assert differing({"features": 1}, {"features": 3}) == [("features", 1, 3)]


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
