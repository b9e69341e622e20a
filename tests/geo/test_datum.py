"""The published vectors, and the inverse to a tenth of a millimetre everywhere in China."""

import numpy as np
import pytest

from geo.datum import Datum, from_wgs84, to_wgs84

MM_PER_DEGREE = 111_320_000.0


@pytest.mark.parametrize(
    ("wgs84", "datum", "expected", "digits"),
    [
        pytest.param(
            (120.596931, 31.280844), Datum.GCJ02, (120.6011000, 31.2786486), 7, id="published vector"
        ),
        pytest.param((116.404, 39.915), Datum.GCJ02, (116.410244, 39.916404), 6, id="Beijing to GCJ-02"),
        pytest.param((116.404, 39.915), Datum.BD09, (116.416627, 39.922700), 6, id="Beijing to BD-09"),
        pytest.param((119.80, 33.76), Datum.GCJ02, (119.805120, 33.758576), 6, id="near Funing"),
        pytest.param((106.55, 29.56), Datum.GCJ02, (106.553720, 29.557153), 6, id="near Chongqing"),
    ],
)
def test_published_vectors(wgs84, datum, expected, digits):
    assert from_wgs84(*wgs84, datum) == pytest.approx(expected, abs=10**-digits)


@pytest.mark.parametrize("datum", list(Datum))
def test_there_and_back_is_below_a_tenth_of_a_millimetre(datum):
    generator = np.random.default_rng(7)
    lon, lat = generator.uniform(74.0, 134.0, 20_000), generator.uniform(4.0, 53.0, 20_000)
    back_lon, back_lat = to_wgs84(*from_wgs84(lon, lat, datum), datum)
    assert np.abs(back_lon - lon).max() * MM_PER_DEGREE < 0.1
    assert np.abs(back_lat - lat).max() * MM_PER_DEGREE < 0.1


def test_the_shift_is_half_a_kilometre_near_funing():
    lon, lat = from_wgs84(119.80, 33.76, Datum.GCJ02)
    east_m = (lon - 119.80) * 111_320 * np.cos(np.radians(33.76))
    assert np.hypot(east_m, (lat - 33.76) * 110_920) == pytest.approx(499, abs=2)


def test_numbers_give_numbers_and_arrays_give_arrays():
    lon, lat = to_wgs84(119.8036, 33.767564, Datum.GCJ02)
    lons, lats = to_wgs84(np.array([119.8036]), np.array([33.767564]), Datum.GCJ02)
    assert isinstance(lon, float)
    assert (lons[0], lats[0]) == (lon, lat)
    assert (lon, lat) == pytest.approx((119.798475, 33.768983), abs=1e-6)


@pytest.mark.parametrize("place", [(2.35, 48.85), (-74.0, 40.7), (151.2, -33.9)])
def test_outside_china_gcj02_is_wgs84(place):
    assert from_wgs84(*place, Datum.GCJ02) == place
    assert to_wgs84(*place, Datum.GCJ02) == place


def test_an_unknown_datum_is_no_datum():
    with pytest.raises(ValueError, match="XIAN80"):
        Datum("XIAN80")
