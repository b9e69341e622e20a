"""Which degrees can be a place."""

import pytest

from domain.customers.identity.degrees import read_point

SHOP = (119.805120, 33.758576)


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        pytest.param(*SHOP, SHOP, id="as it should be"),
        pytest.param(SHOP[1], SHOP[0], SHOP, id="swapped"),
        pytest.param(87.617733, 43.792818, (87.617733, 43.792818), id="both fit a latitude"),
        pytest.param(43.792818, 87.617733, (87.617733, 43.792818), id="both fit a latitude, swapped"),
        pytest.param(0.0, 0.0, None, id="nought"),
        pytest.param(0.0, SHOP[1], None, id="half nought"),
        pytest.param(SHOP[0], 0.0, None, id="the other half"),
        pytest.param(1e-6, -1e-6, None, id="nearly nought"),
        pytest.param(119.0, 33.0, None, id="whole degrees"),
        pytest.param(119.8, 33.8, None, id="tenths"),
        pytest.param(119.8, 33.758576, (119.8, 33.758576), id="one of them even"),
        pytest.param(119.81, 33.76, (119.81, 33.76), id="hundredths"),
        pytest.param(-119.805120, 33.758576, None, id="west"),
        pytest.param(2.3522, 48.8566, None, id="abroad"),
        pytest.param(48.8566, 2.3522, None, id="abroad, swapped"),
        pytest.param(SHOP[0], SHOP[0], None, id="one of them twice"),
        pytest.param(180.0, 90.0, None, id="the limits of the form"),
        pytest.param(None, SHOP[1], None, id="half unknown"),
    ],
)
def test_degrees_that_can_be_a_place(
    lon: float | None, lat: float | None, expected: tuple[float, float] | None
) -> None:
    assert read_point(lon, lat) == expected
