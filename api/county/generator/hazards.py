"""Why depositors leave: a monthly hazard that depends on thresholds and on two things at once, never on one alone.

Most of what drives it can be seen in the files (trend, maturing term deposit, settled loan, fading POS, age with
distance, number of products, the competitor's town); the rest is a frailty that nobody sees, and chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.county.generator.places import Floats, Ints

Flags = NDArray[np.bool_]

BASE_MONTHLY = 0.0072
FRAILTY_SIGMA = 0.8
REASONS = (
    "OTHER",
    "TERM_MATURED",
    "LOAN_SETTLED",
    "POS_FADED",
    "BALANCE_FALLING",
    "YOUNG_SAVER",
    "IDLE_MONEY",
    "COMPETITOR",
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
    """One row for each of REASONS but the first: by how much each raises (or lowers) the hazard.

    Young people with a term deposit hunt for rates, more so far from an outlet; older people with much money on a
    current account are courted by others. Young without a term deposit and old with one stay: neither age nor
    product says anything alone.
    """
    few = d.products <= 2
    person, young, saves = d.kind == 0, d.age < 50, d.term_share > 0.1
    falling = (d.trend < 0.82) & (d.trend > 0.45)
    maturing = d.maturing_share
    return np.stack(
        [
            np.select([(maturing > 0.4) & few, maturing > 0.4, maturing > 0.15], [5.0, 1.6, 1.2], 1.0),
            np.where(d.settled_lately, np.where(d.has_pos | saves, 1.2, 7.0), 1.0),
            np.select([d.has_pos & (d.pos_ratio < 0.35), d.has_pos & (d.pos_ratio < 0.6)], [8.0, 2.5], 1.0),
            np.where(falling, np.where((d.age < 60) & ~d.active_loan, 2.0, 1.0), 1.0),
            np.select([person & young & saves, person & young], [np.where(d.km > 2.0, 8.0, 6.0), 0.35], 1.0),
            np.select(
                [person & ~young & ~saves, person & ~young], [np.where(d.total > 25_000, 6.0, 1.5), 0.3], 1.0
            ),
            np.where(d.in_shocked_town, np.where((d.total > 40_000) & ~d.active_loan, 3.5, 1.1), 1.0),
        ]
    )


def monthly_hazard(d: Drivers, frailty: Floats) -> tuple[Floats, Ints]:
    """(hazard of a month, place of its strongest reason in REASONS)."""
    by_reason = multipliers(d)
    loyal = np.select([d.products >= 4, d.products == 3, d.active_loan], [0.35, 0.55, 0.6], 1.0)
    hazard = BASE_MONTHLY * frailty * loyal * by_reason.prod(axis=0)
    strongest = np.where(by_reason.max(axis=0) > 1.25, by_reason.argmax(axis=0) + 1, 0)
    return np.minimum(hazard, 0.6), strongest
