"""Tiles of customers for every form of scope and every mask: who is on them, and how they are counted."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import psycopg
import pytest
from psycopg import RawCursor

from domain.shared.actor import Actor, RoleScope, Scope, ScopeForm
from domain.shared.masks import Mask, hides
from domain.shared.rows import NightRows
from geo.cells import COARSEST_ZOOM, FINEST_ZOOM, count_cells
from geo.customer_layers import MANY_ENOUGH
from geo.customer_tiles import customers_tile
from geo.tiles import Tile
from tests.mvt import layers

SCOPES = {
    ScopeForm.BANK: Scope(RoleScope.BANK),
    ScopeForm.UNIT: Scope(RoleScope.OWN_UNIT, unit_ids=(1,)),
    ScopeForm.UNITS: Scope(RoleScope.OWN_UNIT, unit_ids=(1, 2)),
    ScopeForm.GRIDS: Scope(RoleScope.OWN_GRIDS, grid_ids=(2, 3)),
    # One single customer stands in a unit already, one in a grid, one in neither, one outside every grid.
    ScopeForm.MIXED: Scope(
        RoleScope.OWN_GRIDS, unit_ids=(1,), grid_ids=(3,), customer_ids=(7, 5009, 9001, 9801)
    ),
    ScopeForm.NOTHING: Scope(RoleScope.NOTHING),
}
SAID = ("visited90d", "visited180d", "visited365d", "visitedEver")
PAIRS = list(product(SCOPES, Mask))
ZOOMS = (COARSEST_ZOOM, 12, FINEST_ZOOM, 16)
"""The coarsest, the deepest that is masked, the deepest that is kept, and one that is counted from points."""
WEST, NORTH = 13330000, 3980000
"""Of web mercator, in metres: where the customers begin."""
POINTS = """
insert into customer_points (customer_id, grid_id, org_unit_id, visit_class, point_3857)
select first + n, nullif(grid, 0), nullif(unit, 0), n %% 5,
       st_setsrid(st_makepoint(%(west)s + 3000 * position + 2900 * sqrt(n %% 61 / 61.0),
                               %(north)s + 2900 * power(n %% 59 / 59.0, 3)), 3857)
  from (values (0, 1, 1, 0, 4000), (5000, 2, 1, 1, 30), (5200, 2, 2, 1, 300), (6000, 3, 3, 2, 2400),
               (9000, 4, 3, 3, 700), (9800, 0, 0, 3, 12)) as crowd (first, grid, unit, position, people),
       lateral generate_series(1, people) n
"""
GRIDS = """
insert into grid_boundaries (grid_id, boundary_wgs84, boundary_3857)
select n, st_multi(st_transform(box, 4326)), st_multi(box)
  from generate_series(1, 4) n,
       lateral st_makeenvelope(%(west)s + 3000 * (n - 1), %(north)s, %(west)s + 3000 * n, %(north)s + 3000, 3857) box
"""
OF_SCOPE = """
select count(*) from customer_points
 where %(is_bank)s or org_unit_id = any(%(units)s) or grid_id = any(%(grids)s) or customer_id = any(%(customers)s)
"""


@pytest.fixture(scope="module")
def crowd(make_database: Any) -> Iterator[psycopg.Connection]:
    with psycopg.connect(make_database()) as connection:
        connection.execute("set session_replication_role = replica")
        where = {"west": WEST, "north": NORTH}
        connection.execute(GRIDS, where)
        connection.execute(POINTS, where)
        count_cells(NightRows(connection))
        connection.execute("analyze")
        yield connection
        connection.rollback()


def actor(form: ScopeForm, mask: Mask) -> Actor:
    return Actor(1, 1, "ANY", 1, scope=SCOPES[form], mask=mask)


def tiles_of(zoom: int) -> list[Tile]:
    """All that the customers touch."""
    world = 40075016.685578488
    x, y = ((WEST / world + 0.5) * 2**zoom, (0.5 - NORTH / world) * 2**zoom)
    wide, high = 12_000 / world * 2**zoom, 3_000 / world * 2**zoom
    return [
        Tile(zoom, i, j) for i in range(int(x), int(x + wide) + 1) for j in range(int(y - high), int(y) + 1)
    ]


def drawn(
    connection: psycopg.Connection, who: Actor, tile: Tile, *, with_visits: bool = False
) -> dict[str, list[dict[str, Any]]]:
    statement = customers_tile(who, tile, with_visits=with_visits)
    row = RawCursor(connection).execute(statement.text.encode(), statement.parameters).fetchone()
    assert row is not None
    return layers(row[0])


def seen(crowd: psycopg.Connection, who: Actor, zoom: int) -> list[int]:
    """How many of all tiles were visited within 90, 180, 365 days, ever, and how many there are."""
    total = Counter[str]()
    for tile in tiles_of(zoom):
        found = drawn(crowd, who, tile, with_visits=True)
        for cell in found.get("cells", []):
            total.update({name: cell[name] for name in (*SAID, "count")})
        for point in found.get("points", []):
            total.update([*SAID[point["visitClass"] :], "count"])
    return [total[name] for name in (*SAID, "count")]


def within(connection: psycopg.Connection, scope: Scope) -> int:
    row = connection.execute(OF_SCOPE, given(scope)).fetchone()
    assert row is not None
    return int(row[0])


def given(scope: Scope) -> dict[str, Any]:
    return {
        "is_bank": scope.of_role is RoleScope.BANK,
        "units": list(scope.unit_ids),
        "grids": list(scope.grid_ids),
        "customers": list(scope.customer_ids),
    }


def test_the_short_lists_are_all_here() -> None:
    assert {form: scope.form for form, scope in SCOPES.items()} == {form: form for form in SCOPES}
    assert set(SCOPES) | {ScopeForm.NOBODY} == set(ScopeForm)


@pytest.mark.parametrize(("form", "mask"), PAIRS)
def test_everybody_of_the_scope_is_on_one_tile_once(
    crowd: psycopg.Connection, form: ScopeForm, mask: Mask
) -> None:
    """But for fewer than five of a tile where places are masked; and there no cell stands for fewer than five."""
    who, expected = actor(form, mask), within(crowd, SCOPES[form])
    is_masked = hides(mask, "location")
    for zoom in ZOOMS:
        tiles = [drawn(crowd, who, tile) for tile in tiles_of(zoom)]
        points = [point for tile in tiles for point in tile.get("points", [])]
        counts = [cell["count"] for tile in tiles for cell in tile.get("cells", [])]
        assert max(Counter(point["id"] for point in points).values(), default=1) == 1
        left_out = expected - len(points) - sum(counts)
        if is_masked:
            assert min(counts, default=MANY_ENOUGH) >= MANY_ENOUGH, zoom
            assert 0 <= left_out <= (MANY_ENOUGH - 1) * len(tiles), zoom
        else:
            assert left_out == 0, zoom
    assert (expected > 0) is (form is not ScopeForm.NOTHING)


@pytest.mark.parametrize("form", [form for form in SCOPES if form is not ScopeForm.NOTHING])
def test_a_masked_point_stands_in_the_middle_of_its_grid(crowd: psycopg.Connection, form: ScopeForm) -> None:
    grid_of = dict(
        crowd.execute("select 'Customer:' || customer_id, grid_id from customer_points").fetchall()
    )
    places: dict[int, set[tuple[int, Any]]] = {}
    for number, tile in enumerate(tiles_of(FINEST_ZOOM)):
        for point in drawn(crowd, actor(form, Mask.HEAD), tile).get("points", []):
            places.setdefault(grid_of[point["id"]], set()).add((number, point["at"]))
    assert places, "somebody is drawn as a point"
    assert all(len(at) == 1 for at in places.values())


@pytest.mark.parametrize(
    ("form", "mask", "with_visits"),
    [
        (form, mask, with_visits)
        for form, mask in PAIRS
        for with_visits in ((False, True) if mask is Mask.FULL_OWN else (False,))
        if form is not ScopeForm.NOTHING
    ],
)
def test_a_crowded_tile_is_read_from_the_kept_cells(
    crowd: psycopg.Connection, form: ScopeForm, mask: Mask, with_visits: bool
) -> None:
    """No more points are read than a tile may show, but for single customers: of a million no more either."""
    busiest = next(tile for tile in tiles_of(COARSEST_ZOOM))
    statement = customers_tile(actor(form, mask), busiest, with_visits=with_visits)
    assert drawn(crowd, actor(form, mask), busiest).get("cells"), "it is crowded"
    row = (
        RawCursor(crowd)
        .execute(b"explain (analyze, format json) " + statement.text.encode(), statement.parameters)
        .fetchone()
    )
    assert row is not None
    plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
    singles = len(SCOPES[form].customer_ids)
    assert read_of_points(plan[0]["Plan"]) <= 2_000 + 2 * singles


@pytest.mark.parametrize("form", [form for form in SCOPES if form is not ScopeForm.NOTHING])
def test_a_map_of_visits_counts_the_customers_of_the_scope(
    crowd: psycopg.Connection, form: ScopeForm
) -> None:
    """From kept cells, from points, and from both; what a class says is what it says at every zoom."""
    classes = crowd.execute(OF_SCOPE.replace("count(*)", "visit_class").encode(), given(SCOPES[form]))
    count = Counter(place for (place,) in classes)
    expected = [sum(count[place] for place in range(highest + 1)) for highest in range(5)]
    for zoom in ZOOMS:
        assert seen(crowd, actor(form, Mask.FULL_OWN), zoom) == expected, zoom


def test_who_sees_no_places_is_told_no_visits_of_cells(crowd: psycopg.Connection) -> None:
    who, tile = actor(ScopeForm.BANK, Mask.HEAD), tiles_of(COARSEST_ZOOM)[0]
    assert customers_tile(who, tile, with_visits=True) == customers_tile(who, tile)


def read_of_points(node: dict[str, Any]) -> int:
    """Rows that were taken from the table of points, with those that a filter then threw away."""
    own = 0
    if node.get("Relation Name") == "customer_points":
        own = node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
    return own + sum(read_of_points(part) for part in node.get("Plans", []))
