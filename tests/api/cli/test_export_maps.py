"""Atoms and grids as map files of every form: read back they are the same areas, to the last digit."""

from collections.abc import Callable
from datetime import date

import numpy as np
import psycopg
import pytest
import python_calamine
import shapely

from api.cli.export import Export, write_export
from api.local.refusal import CannotGoOn
from domain.grids.drafting import make_draft
from domain.shared.imports.kinds import Brought, kind_named
from domain.shared.imports.trying import try_import
from domain.shared.rows import NightRows
from geo.datum import Datum
from geo.plan_export import exported_plan
from geo.reading.read import read_features
from geo.writing_exports import write_grids
from schema.house import HOUSE

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def county_url(make_database: Callable[..., str], county_template: str) -> str:
    return make_database(county_template)


@pytest.fixture(scope="module")
def stored(county_url: str) -> dict[str, shapely.Geometry]:
    with psycopg.connect(county_url) as database:
        found = database.execute(
            """select g.code, st_asbinary(b.boundary_wgs84) from grids g join plan_in_force p on p.id = g.plan_id
                 join grid_boundaries b on b.grid_id = g.id"""
        ).fetchall()
    return {code: shapely.from_wkb(bytes(shape)) for code, shape in found}


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "kml", "zip"])
def test_grids_come_back_exactly(county_url, stored, tmp_path, ending):
    out = tmp_path / f"grids.{ending}"
    assert write_export(county_url, Export.GRIDS, out) == len(stored) == 490
    found = read_features(out, Datum.WGS84)
    assert found.problems == ()
    read = {feature.properties["code"]: feature for feature in found.features}
    assert read.keys() == stored.keys()
    for code, feature in read.items():
        assert feature.shape.normalize().equals_exact(stored[code].normalize()), code
    assert read["L01"].first(["name"]).endswith("大网格")
    assert {feature.properties["post_a"][:3] for code, feature in read.items() if code[0] == "S"} == {"300"}


def test_atoms_of_a_shapefile_are_still_one_coverage(county_url, tmp_path):
    write_export(county_url, Export.ATOMS, tmp_path / "atoms.zip")
    found = read_features(tmp_path / "atoms.zip", Datum.WGS84)
    shapes = np.array([feature.shape for feature in found.features])
    assert len(shapes) == 1400
    assert shapely.coverage_is_valid(shapes)
    assert {"code", "village_co", "town_code", "lon_deg_wg", "lat_deg_wg", "grid_code"} <= {
        name for feature in found.features for name in feature.properties
    }


def test_a_workbook_keeps_codes_as_texts(county_url, tmp_path):
    write_export(county_url, Export.ATOMS, tmp_path / "atoms.xlsx")
    rows = (
        python_calamine.CalamineWorkbook.from_path(tmp_path / "atoms.xlsx").get_sheet_by_index(0).to_python()
    )
    assert rows[0][:3] == ["code", "name", "village_code"]
    assert "boundary" not in rows[0]
    assert rows[1][0] == "320923001001001"
    assert len(rows) == 1401


def test_a_folder_that_there_is_not_is_a_sentence_and_leaves_nothing(county_url, tmp_path):
    with pytest.raises(CannotGoOn):
        write_export(county_url, Export.GRIDS, tmp_path / "missing" / "grids.gpkg")
    assert list(tmp_path.iterdir()) == []


LONG = pytest.mark.slow("documents")


@pytest.mark.parametrize(
    "ending", ["xlsx", "zip", *(pytest.param(one, marks=LONG) for one in ("geojson", "gpkg", "kml"))]
)
def test_what_goes_out_comes_in_again_without_a_change(county_url, tmp_path, ending):
    """Grids with their posts, and atoms, in every form: nothing is new, changed, ended or refused."""
    with psycopg.connect(county_url) as database:
        for what, name in ((Export.GRIDS, "grids"), (Export.ATOMS, "atoms")):
            if (what, ending) == (Export.ATOMS, "xlsx"):
                continue  # a sheet has the middles of atoms and not their areas
            out = tmp_path / f"{name}.{ending}"
            count = write_export(county_url, what, out)
            kind = kind_named(HOUSE.imports, name)
            tried = try_import(NightRows(database), kind, Brought(out, out.name, TODAY, datum="WGS84"))
            assert (tried.changes, tried.problems, tried.same) == ((), (), count)
            said = {note.code for note in tried.notes}
            assert said <= {"ATOMS_PROOF", "SHEET_COLUMN_NOT_USED", "MAP_MENDED", "MAP_HEIGHTS_DROPPED"}


def test_a_plan_is_exported_as_it_is_and_comes_back(county_url, stored, tmp_path):
    """The plan in force by its stored shapes, a draft by the unions of its atoms: the same, to the last digit."""
    with psycopg.connect(county_url) as database:
        rows = NightRows(database)
        ((base,),) = rows.execute("select id from plan_in_force")
        ((by,),) = rows.execute("select id from staff where role = 'HEAD_OFFICE' limit 1")
        draft = make_draft(rows, "新方案", by, base)
        rows.execute("update plans set based_on_id = null where id = %(draft)s", {"draft": draft})
        in_force, drawn = exported_plan(rows, base), exported_plan(rows, draft)
        database.rollback()
    assert in_force.columns == drawn.columns
    for code, one, other in zip(in_force.columns["code"], in_force.shapes, drawn.shapes, strict=True):
        assert shapely.from_geojson(one).normalize().equals_exact(stored[code].normalize()), code
        assert shapely.from_geojson(other).normalize().equals_exact(stored[code].normalize()), code
    out = tmp_path / "plan.xlsx"
    write_grids(out, "xlsx", in_force.columns, in_force.shapes)
    with psycopg.connect(county_url) as database:
        kind = kind_named(HOUSE.imports, "grids")
        tried = try_import(NightRows(database), kind, Brought(out, out.name, TODAY))
        assert (tried.changes, tried.problems) == ((), ())
