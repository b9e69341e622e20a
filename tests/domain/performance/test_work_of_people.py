"""Work by person, by full-time post: a plain sum over grids."""

import pytest

from domain.grids.plan_reading import GridRead, Holder
from domain.performance.plan_figures import Figures
from domain.performance.work_of_people import heaviest_to_lightest, work_of_people

FULL, HALF = Holder("M1", "王磊", 100), Holder("M2", "李秀兰", 50)


def grid(code: str, a: Holder | None, b: Holder | None = None, level: str = "SMALL") -> GridRead:
    return GridRead(code, code, level, None, "A01", "城北", "t", 1, 1.0, None, a, b)


def test_half_a_post_with_half_of_the_work_is_even() -> None:
    grids = [
        grid("G1", FULL),
        grid("G2", FULL, HALF),
        grid("G3", None, HALF),
        grid("G4", None),
        grid("L", None),
    ]
    minutes = {"G1": 300.0, "G2": 300.0, "G3": 300.0, "G4": 900.0}
    found = work_of_people(grids, {code: Figures(minutes=one) for code, one in minutes.items()})
    assert [(one.number, one.grids, one.minutes, one.minutes_full_time) for one in found["A01"]] == [
        ("M1", 2, 600.0, 600.0),
        ("M2", 1, 300.0, 600.0),
    ]
    assert heaviest_to_lightest(found["A01"]) == pytest.approx(1.0)


def test_who_has_none_beside_others_is_no_ratio() -> None:
    found = work_of_people([grid("G1", FULL), grid("G2", HALF)], {"G1": Figures(minutes=5)})
    assert heaviest_to_lightest(found["A01"]) is None
    assert heaviest_to_lightest(found["A01"][:1]) == heaviest_to_lightest(()) == 1.0


def test_large_grids_are_no_work_of_their_own() -> None:
    assert work_of_people([grid("L1", FULL, level="LARGE")], {"L1": Figures(minutes=5)}) == {}
