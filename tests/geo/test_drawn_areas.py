"""What may be wrong with an area that somebody drew, with the place where it shows."""

from typing import Any

import pytest

from geo.drawn_areas import MOST_CORNERS, Wrong, WrongArea, area_of

SQUARE = [[119.5, 33.6], [119.6, 33.6], [119.6, 33.7], [119.5, 33.7], [119.5, 33.6]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize("ring", [SQUARE, SQUARE[::-1], SQUARE[:-1]], ids=["closed", "clockwise", "open"])
def test_a_ring_may_run_either_way_and_need_not_be_closed(ring: list[list[float]]) -> None:
    area = area_of(polygon(ring))
    assert area.ewkt.startswith("SRID=3857;POLYGON((")
    assert area.first_row < area.last_row
    assert area.first_column < area.last_column


@pytest.mark.parametrize(
    ("geojson", "wrong", "at_deg"),
    [
        (None, Wrong.UNREADABLE, None),
        ([], Wrong.UNREADABLE, None),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, Wrong.UNREADABLE, None),
        ({"type": "Polygon"}, Wrong.UNREADABLE, None),
        (polygon(SQUARE, SQUARE), Wrong.UNREADABLE, None),
        (polygon([*SQUARE, [1.0]]), Wrong.UNREADABLE, None),
        (polygon([*SQUARE, ["1", "2"]]), Wrong.UNREADABLE, None),
        (polygon([*SQUARE, [True, 2.0]]), Wrong.UNREADABLE, None),
        (polygon([*SQUARE, [float("nan"), 2.0]]), Wrong.UNREADABLE, None),
        (polygon([*SQUARE, [119.5, 33.6, 7.0]]), Wrong.UNREADABLE, None),
        (polygon([]), Wrong.CORNERS, None),
        (polygon(SQUARE[:2]), Wrong.CORNERS, None),
        (polygon([[119 + n / 1000, 33.0] for n in range(MOST_CORNERS + 1)]), Wrong.CORNERS, None),
        (polygon([[33.6, 119.5], [33.6, 119.6], [33.7, 119.6]]), Wrong.OFF_THE_MAP, (33.6, 119.5)),
        (polygon([[200, 33], [201, 33], [201, 34]]), Wrong.OFF_THE_MAP, (200, 33)),
        (polygon([[1, 33], [2, 33], [3, 33]]), Wrong.FLAT, None),
    ],
)
def test_what_is_no_area_is_refused(geojson: Any, wrong: Wrong, at_deg: Any) -> None:
    with pytest.raises(WrongArea) as refused:
        area_of(geojson)
    assert (refused.value.wrong, refused.value.at_deg) == (wrong, at_deg)


def test_a_line_that_crosses_itself_is_refused_with_the_place() -> None:
    with pytest.raises(WrongArea) as refused:
        area_of(polygon([[119.5, 0.0], [119.7, 0.2], [119.7, 0.0], [119.5, 0.4]]))
    assert refused.value.wrong is Wrong.CROSSES
    assert refused.value.at_deg == pytest.approx((119.6333, 0.1333), abs=0.001)


def test_a_line_that_encloses_as_much_one_way_as_the_other_crosses_itself() -> None:
    with pytest.raises(WrongArea) as refused:
        area_of(polygon([[0, -1], [2, 1], [2, -1], [0, 1]]))
    assert refused.value.wrong is Wrong.CROSSES


def test_a_point_drawn_twice_in_a_row_is_no_fault() -> None:
    assert area_of(polygon([SQUARE[0], *SQUARE])) != area_of(polygon(SQUARE[:3]))
