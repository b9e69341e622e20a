"""Who counts as having carried the money away."""

import numpy as np
import pytest

from ml import labels


@pytest.mark.parametrize(
    ("average_fen", "later_fen", "expected"),
    [
        (1_000_000, 500_000, True),  # exactly half, exactly 5,000 yuan
        (1_000_000, 500_001, False),  # a fen more than half stayed
        (999_998, 499_999, False),  # half, but a fen less than 5,000 yuan
        (20_000_000, 0, True),
        (20_000_000, 10_000_000, True),
        (20_000_000, 14_000_000, False),  # 60,000 yuan are a lot, but less than half
        (20_000_000, 30_000_000, False),
        (0, 0, False),
        (
            -500_000,
            -2_000_000,
            True,
        ),  # an overdraft that deepens has fallen; nobody asks it of such a customer
    ],
)
def test_has_left(average_fen: int, later_fen: int, expected: bool) -> None:
    assert labels.has_left(average_fen, later_fen) is expected
    assert labels.left(np.array([average_fen]), np.array([later_fen])).tolist() == [expected]


def test_it_is_asked_of_all_who_could_lose_as_much() -> None:
    assert labels.is_asked(500_000)
    assert labels.has_left(500_000, 0)
    assert not labels.is_asked(499_999)
    assert not labels.has_left(499_999, 0)
