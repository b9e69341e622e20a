"""A datum that does not fit what is there."""

import pytest
import shapely

from geo.datum import Datum, from_wgs84, to_wgs84
from geo.datum_fit import better_datum

KNOWN = shapely.box(119.5, 33.5, 119.8, 33.8)


def read_as(truth: shapely.Geometry, made_in: Datum, said: Datum) -> shapely.Geometry:
    """A shape whose numbers are of one datum and that was read as another."""

    def moved(x, y):
        return to_wgs84(*from_wgs84(x, y, made_in), said)

    return shapely.transform(truth, moved, interleaved=False)


@pytest.mark.parametrize(
    ("made_in", "said", "least_m"),
    [(Datum.GCJ02, Datum.WGS84, 400), (Datum.WGS84, Datum.GCJ02, 400), (Datum.BD09, Datum.GCJ02, 600)],
)
def test_the_datum_that_fits_is_found(made_in, said, least_m):
    found = better_datum(read_as(KNOWN, made_in, said), KNOWN, said)
    assert found is not None
    assert found.datum is made_in
    assert least_m < found.off_by_m < 3 * least_m


def test_what_fits_is_left_alone_even_where_the_limits_changed_since():
    changed = shapely.difference(KNOWN, shapely.box(119.5, 33.5, 119.53, 33.6))
    assert better_datum(changed, KNOWN, Datum.WGS84) is None
