"""What is usual of a file, and what a person is asked about."""

import pytest

from domain.feeds.intake import Limits
from domain.feeds.jumps import Jump

BAND = Limits.of({}).band


@pytest.mark.parametrize(
    ("before", "after", "ended", "is_usual"),
    [
        pytest.param(0, 0, 0, True, id="nothing, still nothing"),
        pytest.param(0, 5_000, 0, True, id="a first load"),
        pytest.param(199, 0, 199, False, id="an empty file"),
        pytest.param(1, 0, 1, False, id="an empty file of the smallest feed"),
        pytest.param(3, 2, 1, True, id="one of three"),
        pytest.param(3, 1, 2, True, id="two of three"),
        pytest.param(3, 9, 0, True, id="a small feed grows"),
        pytest.param(3, 3, 3, True, id="a small feed with other keys"),
        pytest.param(20, 9, 11, False, id="less than half of what is compared"),
        pytest.param(200, 100, 100, True, id="half"),
        pytest.param(200, 99, 101, False, id="less than half"),
        pytest.param(200, 300, 0, True, id="half as much again"),
        pytest.param(200, 301, 0, False, id="more than that"),
        pytest.param(200, 320, 0, False, id="a merger"),
        pytest.param(200, 200, 200, False, id="as many, all others"),
        pytest.param(200, 200, 100, True, id="as many, half of them others"),
        pytest.param(1_000_000, 990_000, 20_000, True, id="a usual day"),
    ],
)
def test_what_is_usual(before: int, after: int, ended: int, is_usual: bool) -> None:
    assert Jump(before, after, ended).is_usual(BAND) is is_usual


def test_what_is_told_adds_up() -> None:
    assert Jump(200, 150, 70).told(151).values == {
        "rows": 151,
        "before": 200,
        "after": 150,
        "ended": 70,
        "added": 20,
    }
    assert Jump(3, 0, 3).told(2).code == "FILE_HELD_EMPTY"
