"""The distance of a visit, as PostgreSQL reckons it in the statement that records the visit."""

import psycopg
import pytest
from sqlalchemy import Float, literal, null, select
from sqlalchemy.dialects import postgresql

from domain.tasks.visit_statement import great_circle_m

PLACES = [
    (119.8, 33.78, 119.8, 33.78),
    (119.8, 33.78, 119.8001, 33.7801),
    (119.5, 33.5, 119.95, 33.95),
    (-179.9, 10.0, 179.9, 10.0),
    (0.0, 0.0, 179.999, 0.0),
    (12.0, 45.0, -168.0, -45.0),
    (0.0, 90.0, 77.0, -90.0),
]


def reckoned(url: str, *degrees: float | None) -> float | None:
    values = [null() if one is None else literal(one, Float) for one in degrees]
    text = select(great_circle_m(*values)).compile(
        dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}
    )
    with psycopg.connect(url) as connection:
        row = connection.execute(str(text)).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("place", PLACES)
def test_metres_are_those_of_postgis_on_the_sphere(
    database_url: str, place: tuple[float, float, float, float]
) -> None:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "select st_distancesphere(st_point(%s, %s), st_point(%s, %s))", place
        ).fetchone()
    assert row is not None
    assert reckoned(database_url, *place) == pytest.approx(row[0], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("unknown", range(4))
def test_a_place_that_is_not_known_has_no_distance(database_url: str, unknown: int) -> None:
    place: list[float | None] = [119.8, 33.78, 119.9, 33.8]
    place[unknown] = None
    assert reckoned(database_url, *place) is None
