"""Why depositors leave: a monthly hazard that depends on thresholds and on two things at once, never on one alone.

Most of what drives it can be seen in the files (trend, maturing term deposit, settled loan, fading POS, age with
distance, number of products, the competitor's town); the rest is a frailty that nobody sees, and chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.county.generator.places import Floats, Ints

Flags = NDArray[np.bool_]

BASE_MONTHLY = 0.0075
FRAILTY_SIGMA = 0.45
REASONS = (
    "OTHER",
    "TERM_MATURED",
    "LOAN_SETTLED",
    "POS_FADED",
    "BALANCE_FALLING",
    "YOUNG_AND_FAR",
    "VERY_OLD",
    "COMPETITOR",
    "RATE_SHOPPING",
)


@dataclass(frozen=True)
class Drivers:
    """What a holder looks like at a point. Money in yuan, `trend` is total over its three-month average."""

    kind: Ints
    age: Ints
    km: Floats
    total: Floats
    trend: Floats
    term_share: Floats
    maturing_share: Floats
    products: Ints
    active_loan: Flags
    settled_lately: Flags
    pos_ratio: Floats  # volume over that of three months before; 1 without a POS
    has_pos: Flags
    in_shocked_town: Flags


def multipliers(d: Drivers) -> Floats:
    """One row for each of REASONS but the first: by how much each raises the hazard."""
    single = d.products <= 1
    few = d.products <= 2
    person = d.kind == 0
    return np.stack(
        [
            np.select([(d.maturing_share > 0.4) & few, d.maturing_share > 0.4, d.maturing_share > 0.15],
                      [7.0, 1.8, 1.3], 1.0),
            np.where(d.settled_lately, np.where(d.has_pos | (d.term_share > 0.3), 1.5, 7.0), 1.0),
            np.select([d.has_pos & (d.pos_ratio < 0.35), d.has_pos & (d.pos_ratio < 0.6)], [8.0, 2.5], 1.0),
            np.where(d.trend < 0.82, np.where((d.age < 60) & ~d.active_loan, 4.5, 1.2), 1.0),
            np.where(person & (d.age < 36), np.where((d.km > 2.5) & single, 4.0, 1.0), 1.0),
            np.where(person & (d.age > 77), 2.0, 1.0),
            np.where(d.in_shocked_town, np.where((d.total > 40_000) & ~d.active_loan, 4.0, 1.1), 1.0),
            np.where((d.total > 90_000) & (d.term_share < 0.1) & single, 3.0, 1.0),
        ]
    )  # fmt: skip


def monthly_hazard(d: Drivers, frailty: Floats) -> tuple[Floats, Ints]:
    """(hazard of a month, place of its strongest reason in REASONS)."""
    by_reason = multipliers(d)
    loyal = np.select([d.products >= 4, d.products == 3, d.active_loan], [0.35, 0.55, 0.6], 1.0)
    hazard = BASE_MONTHLY * frailty * loyal * by_reason.prod(axis=0)
    strongest = np.where(by_reason.max(axis=0) > 1.25, by_reason.argmax(axis=0) + 1, 0)
    return np.minimum(hazard, 0.6), strongest
