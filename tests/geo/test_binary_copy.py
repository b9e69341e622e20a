"""Whole columns there and back."""

import numpy as np
import pytest
from psycopg import sql

from geo.binary_copy import read_rows, write_rows
from geo.writing import point_ewkb

COLUMNS = [("id", "i8"), ("weight", "f8")]


def test_there_and_back(county):
    county.execute("create temp table numbers (id bigint, weight float8)")
    ids = np.array([1, -5, 2**62], dtype=np.int64)
    weights = np.array([0.1, -1e300, np.nan])
    write_rows(county, "numbers", [ids, weights])
    rows = np.sort(read_rows(county, sql.SQL("select id, weight from numbers"), COLUMNS), order="id")
    assert rows["id"].tolist() == [-5, 1, 2**62]
    assert rows["weight"].astype(float).tolist() == pytest.approx([-1e300, 0.1, np.nan], nan_ok=True)


def test_more_than_one_chunk(county):
    query = sql.SQL("select i::bigint, i / 2.0::float8 from generate_series(1, 250001) i")
    rows = read_rows(county, query, COLUMNS)
    assert len(rows) == 250_001
    assert int(rows["id"].astype(np.int64).sum()) == 250_001 * 250_002 // 2
    assert (rows["weight"] == rows["id"] / 2.0).all()


def test_nothing(county):
    assert len(read_rows(county, sql.SQL("select 1::bigint, 1::float8 where false"), COLUMNS)) == 0
    county.execute("create temp table numbers (id bigint, weight float8)")
    write_rows(county, "numbers", [np.empty(0, dtype=np.int64), np.empty(0)])
    assert county.execute("select count(*) from numbers").fetchone() == (0,)


def test_a_null_is_refused_rather_than_lost(county):
    with pytest.raises(ValueError, match="gave a null"):
        read_rows(county, sql.SQL("values (1::bigint, 2::float8), (3, null)"), COLUMNS)


def test_points_arrive_as_points(county):
    county.execute("create temp table places (id bigint, point geometry(point, 3857))")
    points = point_ewkb(np.array([1.5, -2.0]), np.array([3.25, 1e7]), 3857)
    write_rows(county, "places", [np.array([1, 2]), points])
    found = county.execute(
        "select id, st_x(point), st_y(point), st_srid(point) from places order by id"
    ).fetchall()
    assert found == [(1, 1.5, 3.25, 3857), (2, -2.0, 1e7, 3857)]
