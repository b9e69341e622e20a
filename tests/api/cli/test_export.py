"""Exports are read back with other people's tools and say what the database says."""

import csv
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import psycopg
import pytest
import shapely
from psycopg.types.json import Jsonb

from api.cli.export import Export, write_export
from api.local.refusal import CannotGoOn
from ml.score_rows import Scores, put_fresh_in_place, write_fresh
from tests.databases import database_of
from tests.waiting import wait_for_a_waiter

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def county_url(make_database: Callable[..., str], county_template: str) -> str:
    """A county with one customer who is placed and scored, and one of whom nothing is known."""
    url = make_database(county_template)
    with psycopg.connect(url) as database:
        database.execute(
            """insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen,
                                      lon_deg_wgs84, lat_deg_wgs84, atom_id, grid_id, org_unit_id, owner_id)
               select 7, 'PERSON', 'KEY', 'ACTIVE', '王磊', 0, 0, 0, a.lon_deg_wgs84, a.lat_deg_wgs84, a.id, g.id,
                      g.org_unit_id, p.staff_id
                 from atoms a join plan_atoms x on x.atom_id = a.id join grids g on g.id = x.grid_id
                 join posts p on p.grid_id = g.id and p.role = 'A' order by a.code limit 1"""
        )
        database.execute(
            """insert into customers (id, kind, tier, status, name, deposit_fen, loan_fen, line_fen)
               values (9, 'ENTERPRISE', 'GENERAL', 'ACTIVE', '无址公司', 0, 0, 0)"""
        )
        database.execute(
            """insert into source_records (feed, key, kind, data_date, row_hash, name, name_norm, status, customer_id,
                                           evidence)
               values ('core_customer', '=1+1', 'PERSON', %(d)s, 1, '王磊', '王磊', 'ACTIVE', 7, 'certificate'),
                      ('crm_legacy', 'C,"1"', 'PERSON', %(d)s, 1, '王磊', '王磊', 'ACTIVE', 7, 'phone and name'),
                      ('crm_legacy', 'C2', 'PERSON', %(d)s, 1, '未归并', '未归并', 'ACTIVE', null, '')""",
            {"d": AS_OF},
        )
        database.execute(
            """with v as (insert into model_versions (name, version, in_force, auc, baseline_auc, data_from, data_to,
                                                      parameters, metrics, artefact)
                          values ('attrition', '1', true, 0.8, 0.7, %(d)s, %(d)s, '{}', '{}', '') returning id)
               insert into score_runs (model, night_run_id, model_version_id, data_date)
               select 'attrition', 1, id, %(d)s from v""",
            {"d": AS_OF},
        )
        database.execute(
            "insert into scores (customer_id, value, band, model) values (7, 0.25, 4, 'attrition')"
        )
    return url


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_links_name_every_linked_record_and_no_formula(county_url: str, tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    assert write_export(county_url, Export.LINKS, out) == 2
    assert rows_of(out) == [
        {"feed": "core_customer", "key": "'=1+1", "customer_id": "7", "evidence": "certificate"},
        {"feed": "crm_legacy", "key": 'C,"1"', "customer_id": "7", "evidence": "phone and name"},
    ]


def test_reviews_name_both_records_and_why_they_are_in_doubt(
    county_url: str, lend_database: Callable[..., str], tmp_path: Path
) -> None:
    url, out = lend_database(database_of(county_url)), tmp_path / "reviews.csv"
    with psycopg.connect(url) as database:
        database.execute(
            """insert into match_reviews (record_a_id, record_b_id, rule, reason, state)
               select a.id, b.id, 'PHONE', 'BIRTHDAYS_DIFFER', state from source_records a, source_records b,
                      (values ('core_customer', 'OPEN'), ('crm_legacy', 'JUDGED')) v (feed, state)
                where a.feed = v.feed and a.customer_id = 7 and b.key = 'C2'"""
        )
    assert write_export(url, Export.REVIEWS, out) == 1
    assert rows_of(out) == [
        {
            "rule": "PHONE", "reason": "BIRTHDAYS_DIFFER",
            "feed_a": "core_customer", "key_a": "'=1+1", "customer_id_a": "7",
            "feed_b": "crm_legacy", "key_b": "C2", "customer_id_b": "",
        }
    ]  # fmt: skip


def test_quarantined_lines_name_their_file_their_line_and_why(
    county_url: str, lend_database: Callable[..., str], tmp_path: Path
) -> None:
    url, out = lend_database(database_of(county_url)), tmp_path / "quarantined.csv"
    reasons = [{"code": "ROW_TYPE", "values": {"column": "balance"}}, {"code": "ROW_TWIN", "values": {}}]
    with psycopg.connect(url) as database:
        database.execute(
            """with taken as (insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused,
                                                   quarantined, changed)
                              values ('loan', '2026-06-30', 1, 'loan_20260630_1.dat', 'LOADED', 1, 0, 0, 1, 0)
                              returning id)
               insert into quarantined_rows (batch_id, line, raw, reasons, key)
               select id, 12, '=L1|@|\\x02', %s, 'L1' from taken""",
            [Jsonb(reasons)],
        )
    assert write_export(url, Export.QUARANTINED, out) == 1
    assert rows_of(out) == [
        {
            "feed": "loan", "data_date": "2026-06-30", "sequence": "1", "file_name": "loan_20260630_1.dat",
            "state": "LOADED", "line": "12", "key": "L1", "reasons": "ROW_TYPE balance, ROW_TWIN",
            "raw": "'=L1|@|\\x02",
        }
    ]  # fmt: skip


def test_owners_hold_everybody_placed_or_not(county_url: str, tmp_path: Path) -> None:
    out = tmp_path / "owners.csv"
    assert write_export(county_url, Export.OWNERS, out) == 2
    placed, unplaced = rows_of(out)
    assert placed["customer_id"] == "7"
    assert all(placed[name] for name in ("atom_code", "grid_code", "org_code", "owner_number"))
    assert unplaced["customer_id"] == "9"
    assert unplaced["atom_code"] == unplaced["grid_code"] == unplaced["lon_deg_wgs84"] == ""


def test_owners_of_a_past_day_are_those_of_that_day(
    county_url: str, lend_database: Callable[..., str], tmp_path: Path
) -> None:
    url, out = lend_database(database_of(county_url)), tmp_path / "owners.csv"
    with psycopg.connect(url) as database:
        database.execute(
            """insert into placements (customer_id, from_on, to_on, grid_id, org_unit_id, owner_id, cause)
               select 7, date '2026-10-01', date '2026-10-15', null, org_unit_id, null, 'FIRST'
                 from customers where id = 7
               union all
               select 7, date '2026-10-15', 'infinity', c.grid_id, c.org_unit_id, c.owner_id, 'PLACE'
                 from customers c where c.id = 7"""
        )
        database.execute(
            "insert into customer_tiers values (7, '2026-10-10', '2026-10-01', 'GENERAL', 'FIRST'),"
            " (7, 'infinity', '2026-10-10', 'KEY', 'FILES')"
        )
    found = {}
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 14), date(2026, 10, 15)):
        write_export(url, Export.OWNERS, out, on=day)
        found[day.isoformat()] = [
            (row["tier"], bool(row["plan"]), bool(row["owner_number"])) for row in rows_of(out)
        ]
    assert found == {
        "2026-09-30": [],
        "2026-10-01": [("GENERAL", False, False)],
        "2026-10-14": [("KEY", False, False)],
        "2026-10-15": [("KEY", True, True)],
    }
    with pytest.raises(CannotGoOn, match="owners"):
        write_export(url, Export.GRIDS, out, on=AS_OF)


def test_scores(county_url: str, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    assert write_export(county_url, Export.SCORES, out) == 1
    assert rows_of(out) == [
        {
            "customer_id": "7",
            "model": "attrition",
            "model_version": "1",
            "data_date": "2026-10-31",
            "value": "0.25",
            "band": "4",
        }
    ]


def test_scores_and_their_run_are_of_one_night(
    county_url: str, lend_database: Callable[..., str], tmp_path: Path
) -> None:
    """An export that begins while a night puts its scores in place waits, and has them with their own day."""
    url, out = lend_database(database_of(county_url)), tmp_path / "scores.csv"
    with psycopg.connect(url) as night, ThreadPoolExecutor(1) as pool:
        version = night.execute("select model_version_id from score_runs").fetchone()
        assert version is not None
        one = (np.array([7]), np.array([0.5]), np.array([5], dtype=np.int16))
        fresh = Scores("attrition", 2, version[0], AS_OF + timedelta(days=1), *one)
        write_fresh(night, fresh)
        put_fresh_in_place(night, fresh)
        exporting = pool.submit(write_export, url, Export.SCORES, out)
        wait_for_a_waiter(night)
        night.commit()
        assert exporting.result(timeout=20) == 1
    assert [(row["data_date"], row["value"], row["band"]) for row in rows_of(out)] == [
        ("2026-11-01", "0.5", "5")
    ]


def runs_as_rfc_7946_says(shape: shapely.MultiPolygon) -> bool:
    """Outer rings against the clock, holes with it."""
    outer = all(polygon.exterior.is_ccw for polygon in shape.geoms)
    return outer and not any(hole.is_ccw for polygon in shape.geoms for hole in polygon.interiors)


RING = "(119 33, 120 33, 120 34, 119 34, 119 33)"
HOLE = "(119.2 33.2, 119.2 33.4, 119.4 33.4, 119.4 33.2, 119.2 33.2)"
ISLAND = "(121 33, 121 34, 122 34, 122 33, 121 33)"


@pytest.mark.parametrize("is_turned", [False, True])
def test_rings_run_as_rfc_7946_says_however_they_are_stored(
    county_url: str, lend_database: Callable[..., str], tmp_path: Path, is_turned: bool
) -> None:
    """A grid with a hole and an island, and its atom."""
    url, out = lend_database(database_of(county_url)), tmp_path / "shapes.geojson"
    shape = f"multipolygon(({RING}, {HOLE}), ({ISLAND}))"
    with psycopg.connect(url) as database:
        for table in ("grid_boundaries", "atom_boundaries"):
            stored = "st_reverse(shape)" if is_turned else "shape"
            database.execute(
                f"update {table} set boundary_wgs84 = {stored} from (select st_geomfromtext(%s, 4326) as shape) s",
                [shape],
            )
    for what in (Export.ATOMS, Export.GRIDS):
        write_export(url, what, out)
        features = json.loads(out.read_text())["features"]
        shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
        assert {len(one.geoms) for one in shapes} == {2}
        assert all(map(runs_as_rfc_7946_says, shapes))


def test_atoms_and_grids_are_coverages_with_one_outline(county_url: str, tmp_path: Path) -> None:
    """Read back from text, with every digit: no gap, no overlap, and the same ground under each level."""
    layers: dict[str, list[shapely.Geometry]] = {}
    for what in (Export.ATOMS, Export.GRIDS):
        out = tmp_path / f"{what}.geojson"
        count = write_export(county_url, what, out)
        features = json.loads(out.read_text())["features"]
        assert len(features) == count
        for feature in features:
            level = feature["properties"].get("level", "ATOM")
            shape = shapely.geometry.shape(feature["geometry"])
            layers.setdefault(level, []).append(shape)
            assert runs_as_rfc_7946_says(shape), feature["properties"]["code"]
    assert (len(layers["SMALL"]), len(layers["LARGE"])) == (430, 60)
    outline = shapely.coverage_union_all(layers["ATOM"])
    for shapes in layers.values():
        assert shapely.coverage_is_valid(shapes)
        assert shapely.coverage_union_all(shapes).symmetric_difference(outline).area == 0


@pytest.fixture
def handed_over(county_url: str) -> Iterator[dict[str, str]]:
    """Two grids whose A posts are handed over, one a day after the day of the night and one on it, which is the day
    after the data date; gives who sits on each on the day of the night."""
    night_on = AS_OF + timedelta(days=1)
    with psycopg.connect(county_url) as database:
        database.execute("insert into settings (name, value) values ('data_date', %s)", [Jsonb(str(AS_OF))])
        (ahead, a), (over, _) = database.execute(
            """select g.code, s.number from posts p join grids g on g.id = p.grid_id join staff s on s.id = p.staff_id
                where p.role = 'A' order by g.code limit 2"""
        ).fetchall()
        for code, ends_on in ((ahead, night_on + timedelta(days=1)), (over, night_on)):
            database.execute(
                """with ending as (update posts p set to_on = %(day)s from grids g
                                    where g.id = p.grid_id and g.code = %(code)s and p.role = 'A' returning p.*)
                   insert into posts (grid_id, staff_id, role, from_on)
                   select e.grid_id, (select id from staff where number = '300999'), 'A', %(day)s from ending e""",
                {"day": ends_on, "code": code},
            )
    yield {ahead: a, over: "300999"}
    with psycopg.connect(county_url) as database:
        database.execute("delete from posts where staff_id = (select id from staff where number = '300999')")
        database.execute("update posts set to_on = null where to_on is not null")
        database.execute("delete from settings where name = 'data_date'")


def test_grids_name_who_sits_on_their_posts_on_the_day_after_the_data_date(
    county_url: str, handed_over: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "grids.geojson"
    write_export(county_url, Export.GRIDS, out)
    found = {
        feature["properties"]["code"]: feature["properties"]
        for feature in json.loads(out.read_text())["features"]
    }
    assert {code: found[code]["post_a"] for code in handed_over} == handed_over
    small = [grid for grid in found.values() if grid["level"] == "SMALL"]
    assert sum(grid["post_a"] is not None for grid in small) == len(small)


def test_nothing_half_written_stays(county_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="missing"):
        write_export(county_url, Export.ATOMS, tmp_path / "missing" / "atoms.geojson")
    out = tmp_path / "scores.csv"
    out.write_text("kept")
    with psycopg.connect(county_url) as blocker:
        blocker.execute("alter table scores rename to scores_gone")
        blocker.commit()
        with pytest.raises(psycopg.errors.UndefinedTable):
            write_export(county_url, Export.SCORES, out)
        blocker.execute("alter table scores_gone rename to scores")
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]
    assert out.read_text() == "kept"
