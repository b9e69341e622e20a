"""How large firms are: what every feed that tells of it goes by."""

from dataclasses import dataclass

import numpy as np

from api.county.generator.block import Block
from api.county.generator.firms import Firms
from api.county.generator.places import Floats, Ints

SMALL = ("CS03", "CS04")
_LEAST_STAFF = ((1000, "CS01"), (300, "CS02"), (20, "CS03"), (0, "CS04"))
_REVENUE_A_HEAD_YUAN = 310_000.0


@dataclass(frozen=True)
class Sizes:
    """By firm: people employed in the last full year, the year's revenue, and by what share it grows in a year."""

    staff: Ints
    revenue_yuan: Floats
    growth: Floats

    def class_of(self, firm: int) -> str:
        """大型 to 微型 by people employed, as the standard counts industry."""
        return next(code for least, code in _LEAST_STAFF if self.staff[firm] >= least)

    def revenue_of(self, firm: int, years_back: int) -> int:
        """Revenue of a year in whole thousands of yuan; it grows or shrinks steadily."""
        revenue = self.revenue_yuan[firm] * (1.0 + self.growth[firm]) ** -years_back
        return max(50, round(float(revenue) / 1000)) * 1000


def make_sizes(block: Block, firms: Firms) -> Sizes:
    """Most firms of a county have fewer than twenty people, a shop one to five."""
    rng, n = block.rng(40), firms.size
    of_firm = np.maximum(2, np.rint(np.exp(2.5 + 1.05 * rng.standard_normal(n)))).astype(np.int64)
    of_shop = 1 + (4 * rng.random(n) ** 2).astype(np.int64)
    staff = np.where(np.array(firms.kind) == "S", of_shop, of_firm)
    revenue = staff * _REVENUE_A_HEAD_YUAN * np.exp(0.5 * rng.standard_normal(n))
    return Sizes(staff, revenue, np.clip(0.06 + 0.12 * rng.standard_normal(n), -0.3, 0.6))
