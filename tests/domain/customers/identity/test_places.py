"""Where a customer is, and which points of a POS are not believed."""

import pytest

from domain.customers.addresses import Addressed
from domain.customers.identity.places import Ground, choose_place, distance_m
from domain.customers.identity.survivorship import Known
from geo.datum import Datum, from_wgs84, to_wgs84

SHOP = (119.8000, 33.7600)
NEXT = (119.8045, 33.7590)
OUTLET = (119.8100, 33.7700)
ADDRESSED = Addressed(1, *SHOP, 300.0, True)
ATOMS = {1: SHOP, 2: NEXT, 3: OUTLET}


def nearest(lon: float, lat: float) -> int:
    return min(ATOMS, key=lambda atom: distance_m(lon, lat, *ATOMS[atom]))


GROUND = Ground(nearest, [OUTLET], lambda lon, lat: to_wgs84(lon, lat, Datum.GCJ02))


def record(point: tuple[float, float], datum: str = "WGS84", method: str = "POS") -> Known:
    return Known(
        1, "pos_merchant", "SOLE_TRADER", "店", "店", lon_deg_wgs84=point[0], lat_deg_wgs84=point[1],
        source_datum=datum, location_method=method,
    )  # fmt: skip


def test_a_surveyed_point_comes_before_a_pos_and_a_pos_before_the_address() -> None:
    place = choose_place([record(SHOP), record(NEXT, method="SURVEY")], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert place.method == "SURVEY"
    place = choose_place([record(SHOP)], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert place.method == "POS"
    place = choose_place([], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert (place.method, place.accuracy_m, place.feed) == ("ADDRESS", 300.0, "core_customer")
    assert choose_place([], None, "core_customer", GROUND) is None


def test_gcj02_that_was_said_to_be_wgs84_is_put_right() -> None:
    wrong = from_wgs84(*SHOP, Datum.GCJ02)
    place = choose_place([record(wrong)], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert (place.method, place.source_datum) == ("POS", "GCJ02")
    assert (place.lon_deg_wgs84, place.lat_deg_wgs84) == pytest.approx(SHOP, abs=1e-6)


def test_the_outlets_own_place_is_no_place_of_a_shop() -> None:
    place = choose_place([record(OUTLET)], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert place.method == "ADDRESS"


def test_a_point_that_no_datum_brings_to_the_address_is_not_believed() -> None:
    place = choose_place([record((119.83, 33.80))], ADDRESSED, "core_customer", GROUND)
    assert place is not None
    assert place.method == "ADDRESS"


def test_without_an_address_the_point_is_taken_at_its_word() -> None:
    place = choose_place([record(NEXT)], None, "", GROUND)
    assert place is not None
    assert (place.lon_deg_wgs84, place.lat_deg_wgs84) == NEXT


def method_of(record: Known, addressed: Addressed | None, ground: Ground = GROUND) -> str | None:
    place = choose_place([record], addressed, "core_customer", ground)
    return None if place is None else place.method


CROWDED = Ground(nearest, [], GROUND.from_gcj02, frozenset({("pos_merchant", *NEXT)}))


@pytest.mark.parametrize("method", ["SURVEY", "POS"])
def test_a_default_that_many_share_is_believed_where_the_address_agrees(method: str) -> None:
    default = record(NEXT, method=method)
    assert method_of(default, None, CROWDED) is None
    assert method_of(default, ADDRESSED, CROWDED) == "ADDRESS"
    assert method_of(default, Addressed(2, *NEXT, 300.0, True), CROWDED) == method
    assert method_of(default, Addressed(2, *NEXT, 300.0, False), CROWDED) == "ADDRESS", "the village alone"
    assert method_of(record(SHOP, method=method), None, CROWDED) == method, "nobody shares this one"


def test_a_survey_that_was_made_in_the_outlet_is_believed_of_who_lives_there() -> None:
    surveyed = record(OUTLET, method="SURVEY")
    assert method_of(surveyed, None) is None
    assert method_of(surveyed, ADDRESSED) == "ADDRESS"
    assert method_of(surveyed, Addressed(3, *OUTLET, 300.0, True)) == "SURVEY"


def branch(id_: int, address: str | None, point: tuple[float, float] | None) -> Known:
    found = Known(id_, "pos_merchant", "SOLE_TRADER", "店", "店", address=address)
    if point is not None:
        found.lon_deg_wgs84, found.lat_deg_wgs84 = point
        found.source_datum, found.location_method = "WGS84", "POS"
    return found


def test_of_two_branches_the_one_whose_address_is_shown_says_where_it_is() -> None:
    """Whichever was first, and never between them."""
    here, there = branch(1, "一组", SHOP), branch(2, "二组", NEXT)
    village = Addressed(1, *SHOP, 900.0, False)
    for shown, point in ((here, SHOP), (there, NEXT)):
        for addressed in (None, village):
            place = choose_place([here, there], addressed, "pos_merchant", GROUND, shown.id)
            assert place is not None
            assert (place.lon_deg_wgs84, place.lat_deg_wgs84) == point


def test_the_point_of_another_branch_is_no_place_of_this_address() -> None:
    here, there = branch(1, "一组", None), branch(2, "二组", NEXT)
    assert choose_place([here, there], None, "pos_merchant", GROUND, 1) is None
    place = choose_place([here, there], Addressed(1, *SHOP, 900.0, False), "pos_merchant", GROUND, 1)
    assert place is not None
    assert place.method == "ADDRESS"
    of_the_same, without = branch(2, "一组", NEXT), branch(2, None, NEXT)
    for other in (of_the_same, without):
        place = choose_place([here, other], None, "pos_merchant", GROUND, 1)
        assert place is not None
        assert place.method == "POS"
