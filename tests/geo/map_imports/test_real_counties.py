"""Real counties of the shared data opened as a bank opens one: outline, villages, outlets and people, first plan.

Outline and villages go through the same kinds of import as at the desk. Villages are the points or areas that are
published: of some counties that is a part of them, so their atoms are as many as have a place.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape as shape_of

from domain.grids.drafting import change_draft, make_draft
from domain.grids.lifecycle import check_plan
from domain.grids.plans import put_in_force
from geo.coverage import prove_partition
from geo.first_plan.proposing import first_plan
from geo.plan_drawing import draw_plan
from tests.conftest import SHARED
from tests.domain.small_bank import insert
from tests.geo.map_imports.conftest import TODAY, Maps

pytestmark = [pytest.mark.shared_data, pytest.mark.slow("install")]
GEO = SHARED / "data" / "geo"
OUTLETS, MANAGERS = 4, 3


@pytest.mark.parametrize(
    ("counties", "code"),
    [("chongqing_counties_wgs84", "500101"), ("yancheng_counties_wgs84", "320902")],
    ids=["wanzhou", "tinghu"],
)
def test_a_county_with_points_of_villages_gets_grids_without_a_gap(
    maps: Maps, counties: str, code: str
) -> None:
    (found,) = [one for one in _features(counties) if one["properties"]["adcode"] == code]
    shape, names = shape_of(found["geometry"]), found["properties"]
    maps.applied("outline", maps.drawn(shape, name=[names["name"]], code=[code], city=[names["city"]]))
    maps.applied("atoms", _village_points(maps.folder, names["name"]))
    _is_opened(maps)


def test_a_county_with_areas_of_villages_keeps_them(maps: Maps) -> None:
    villages = [one for one in _features("substitute_yunlin_villages_wgs84") if one["geometry"]]
    shapes = [shape_of(one["geometry"]) for one in villages]
    columns = {
        ours: [one["properties"][theirs] for one in villages]
        for ours, theirs in (
            ("code", "village_code"),
            ("name", "village_zh_hans"),
            ("town_code", "town_code"),
            ("town", "town_zh_hans"),
        )
    }
    maps.applied("outline", maps.drawn(shapely.union_all(shapes), name=["云林"]))
    maps.applied("atoms", maps.drawn(*shapes, **columns))
    assert _is_opened(maps) == len(villages) == 389


def _is_opened(maps: Maps) -> int:
    """Outlets in the towns with most villages; the first plan of it all is a partition, checked and in force."""
    head_id, rows = _people(maps), maps.rows
    plan = make_draft(rows, "首个方案", head_id, None)
    assert change_draft(rows, plan, first_plan(rows), by_id=head_id, version=0) == 1
    assert maps.execute(f"select findings from plans where id = {plan}") == [([],)]
    check_plan(rows, plan, 1)
    draw_plan(rows, plan)
    maps.execute(f"update plans set state = 'APPROVED', from_on = '{TODAY}' where id = {plan} returning id")
    put_in_force(maps.connection, TODAY)
    proof = prove_partition(maps.connection)
    assert proof.holds, proof
    ((grids, idle),) = maps.execute(
        "select count(*), count(*) filter (where post_a_id is null) from grids where level = 'SMALL'"
    )
    assert (grids >= OUTLETS * MANAGERS, idle) == (True, 0)
    return proof.atoms


def _people(maps: Maps) -> int:
    """Outlets and customer managers; gives the one of head office who draws the plan up."""
    connection = maps.connection
    head = insert(connection, "org_units", code="01", name="总行", kind="HEAD_OFFICE")
    towns = maps.execute(
        f"""select town, (array_agg(lon_deg_wgs84 order by code))[1], (array_agg(lat_deg_wgs84 order by code))[1]
              from atoms group by town order by count(*) desc, town limit {OUTLETS}"""
    )
    for place, (town, lon_deg, lat_deg) in enumerate(towns):
        unit = insert(
            connection, "org_units", code=f"03{place:02d}", name=f"{town}支行", kind="OUTLET", parent_id=head,
            lon_deg_wgs84=lon_deg, lat_deg_wgs84=lat_deg,
        )  # fmt: skip
        for number in range(MANAGERS):
            insert(
                connection, "staff", number=f"{place}{number}", name=f"{place}{number}", role="CUSTOMER_MANAGER",
                org_unit_id=unit, is_active=True, duty="CUSTOMERS",
            )  # fmt: skip
    return insert(
        connection, "staff", number="h1", name="h1", role="HEAD_OFFICE", org_unit_id=head, is_active=True
    )


def _features(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(GEO / f"{name}.geojson.gz", "rt", encoding="utf-8") as file:
        yield from json.load(file)["features"]


def _village_points(folder: Path, county: str) -> Path:
    """The villages of a county that have a place, as a bank's own list would have them."""
    path = folder / "村.csv"
    with (
        gzip.open(GEO / "villages_2016_urbanrural_js_cq.csv.gz", "rt", encoding="utf-8") as given,
        path.open("w", encoding="utf-8", newline="") as made,
    ):
        rows = csv.writer(made)
        rows.writerow(["编号", "名称", "乡镇", "经度", "纬度"])
        for one in csv.DictReader(given):
            if one["county"] == county and one["inside_county"] == "True":
                rows.writerow([one["code"], one["name"], one["town"], one["lng_wgs84"], one["lat_wgs84"]])
    return path
