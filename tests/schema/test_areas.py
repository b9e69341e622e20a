"""An area on the map and its customers: the list, its count and its groups, within the scope and behind the mask."""

from typing import Any

import pytest

from tests.schema.bank import SIDE_DEG, SOUTH_DEG, WEST_DEG
from tests.schema.conftest import Ask

LIST = """query ($filter: CustomerFilter) {
  customers(first: 200, filter: $filter) { totalCount { value } edges { node { id } } }
  customerGroups(by: [KIND], filter: $filter) { kind customers } }"""


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """In sides of the small bank's square grids, from the south-west corner of the first one."""
    places = [(west, south), (east, south), (east, north), (west, north)]
    ring = [[WEST_DEG + x * SIDE_DEG, SOUTH_DEG + y * SIDE_DEG] for x, y in places]
    return {"type": "Polygon", "coordinates": [ring]}


def keys(data: Any) -> set[int]:
    found = data["customers"]
    assert found["totalCount"]["value"] == len(found["edges"])
    assert sum(group["customers"] for group in data["customerGroups"]) == len(found["edges"])
    return {int(edge["node"]["id"].partition(":")[2]) for edge in found["edges"]}


def drawn_in(ask: Ask, grid: str, *, up_to_row: int) -> set[int]:
    """The customers of a grid stand in rows of nine, from the south."""
    return {key for key in ask.bank.customers[grid] if key % 1000 // 9 < up_to_row}


async def test_an_area_keeps_whom_the_map_draws_there(ask: Ask) -> None:
    """Half of the first grid and of the second: the rows up to the middle."""
    area = box(0, 0, 2, 0.5)
    for who, grids in {"a1": ("g1", "g2"), "outlet_a": ("g1", "g2"), "b1": (), "bare": ()}.items():
        found = keys((await ask.both_ways(who, LIST, filter={"area": area})).data)
        assert found == {key for grid in grids for key in drawn_in(ask, grid, up_to_row=5)}, who


async def test_not_in_the_area_is_everybody_else(ask: Ask) -> None:
    area = box(0, 0, 2, 0.5)
    everybody = keys(await ask.data("outlet_a", LIST, filter=None))
    inside = keys(await ask.data("outlet_a", LIST, filter={"area": area}))
    outside = keys(await ask.data("outlet_a", LIST, filter={"not": {"area": area}}))
    assert inside
    assert outside == everybody - inside
    assert inside < everybody


async def test_masked_places_are_asked_for_by_whole_grids(ask: Ask) -> None:
    """Moving the line about within a grid tells the head office nothing of who lives where."""
    whole = set(ask.bank.customers["g1"])
    for area in (box(0.4, 0.4, 0.6, 0.6), box(0, 0, 1, 0.6), box(-1, -1, 1.4, 2)):
        assert keys((await ask.both_ways("head", LIST, filter={"area": area})).data) == whole
    assert keys(await ask.data("head", LIST, filter={"area": box(0, 0, 1, 0.4)})) == set()


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "AREA_UNREADABLE"),
        ({"type": "Polygon", "coordinates": [[[119.5, 33.6], [119.6, 33.7]]]}, "AREA_CORNERS"),
        ({"type": "Polygon", "coordinates": [[[33.6, 119.5], [33.6, 119.6], [33.7, 119.6]]]}, "lat=119.5"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2]]]}, "AREA_CROSSES lon=1"),
    ],
)
async def test_what_is_no_area_is_refused_in_a_sentence(ask: Ask, area: Any, said: str) -> None:
    answer = await ask("a1", LIST, filter={"area": area})
    assert answer.errors is not None
    error = answer.errors[0]
    assert (error.extensions or {})["code"] == "BAD_AREA"
    assert said in error.message
