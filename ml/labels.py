"""Deposit attrition 存款流失: who counts as having carried the money away, and of whom it is asked."""

import numpy as np
import numpy.typing as npt

LEAST_FALL_FEN = 500_000
"""By how much at least: 5,000 yuan. Less is noise of the purse, however large its share."""

LEAST_AVERAGE_FEN = LEAST_FALL_FEN
"""Of whom: whoever has a 3-month average of 5,000 yuan on the day. Nobody below it can lose as much."""


def has_left(average_fen: int, later_average_fen: int) -> bool:
    """The 3-month average fell by half or more, and by 5,000 yuan or more, within three months."""
    fall_fen = average_fen - later_average_fen
    return 2 * later_average_fen <= average_fen and fall_fen >= LEAST_FALL_FEN


def is_asked(average_fen: int) -> bool:
    return average_fen >= LEAST_AVERAGE_FEN


def left(
    average_fen: npt.NDArray[np.int64], later_average_fen: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """`has_left` for whole arrays."""
    fall_fen = average_fen - later_average_fen
    return (2 * later_average_fen <= average_fen) & (fall_fen >= LEAST_FALL_FEN)
