"""Whole numbers in given proportions (largest remainders)."""

from collections.abc import Sequence


def apportion(
    weights: Sequence[float], total: int, *, least: int = 0, most: Sequence[int] | None = None
) -> list[int]:
    """Shares `total` out by weight, each between `least` and `most`; earlier ones win ties.

    >>> apportion([3.0, 1.0, 1.0], 10)
    [6, 2, 2]
    """
    caps = list(most) if most is not None else [total] * len(weights)
    if not least * len(weights) <= total <= sum(caps):
        raise ValueError(f"{total} cannot be shared out among {len(weights)} between {least} and {sum(caps)}")
    given = [least] * len(weights)
    for _ in range(total - sum(given)):
        # Who is farthest below his due takes the next one (Sainte-Laguë), so that small totals stay fair.
        i = max(
            (i for i in range(len(weights)) if given[i] < caps[i]),
            key=lambda i: (weights[i] / (2 * given[i] + 1), -i),
        )
        given[i] += 1
    return given
