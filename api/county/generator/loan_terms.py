"""What a loan is for, whom it was lent to, and as what the bank reports it; with the truth of the latter.

Farmers are who lived in a village on the day of drawing. The rules are those of farm and inclusive lending as they have
been since 2025 (docs/county.md); the bank's reported flags follow them but for a few.
"""

from dataclasses import dataclass

import numpy as np

from api.county.generator.clerks import Chance
from api.county.generator.dirt import RATES
from api.county.generator.places import Ints
from api.county.generator.rows import SEPARATOR
from api.county.generator.sizes import SMALL
from api.county.generator.world import World

MOST_SMALL_FEN, MOST_FARMER_FEN = 10_000_000_00, 5_000_000_00
_FARM_USES = ("01", "02", "03", "04", "05", "06", "07")
_WRITTEN_OFF_AFTER, _SOLD_AFTER = 90, 150  # days overdue
_Flags = tuple[bool, bool, bool]


@dataclass(frozen=True)
class Terms:
    """`true` are 涉农, 普惠型涉农, 普惠型小微 by the rules, `reported` what stands in the file. `end` is what becomes
    of a loan that is late for long: W, T or nothing."""

    farm_use: str
    is_farmer: bool
    policy: str
    true: _Flags
    reported: _Flags
    end: str

    def text(self, days_late: int) -> str:
        """The columns behind the status, as the loan is on a day."""
        is_off = self.end == "W" and days_late > _WRITTEN_OFF_AFTER
        is_sold = self.end == "T" and days_late > _SOLD_AFTER
        flags = (self.is_farmer, *self.reported)
        farmer, *reported = ("Y" if flag else "N" for flag in flags)
        columns = (
            "",
            "CNY",
            self.farm_use,
            farmer,
            self.policy,
            "Y" if is_off else "N",
            "Y" if is_sold else "N",
            "N",
        )
        return SEPARATOR.join((*columns, *reported))


def terms_of(world: World, chance: Chance, holder: int, purpose: str, industry: str, line_fen: int) -> Terms:
    """The terms of one loan of a holder whose business lines come to `line_fen`."""
    is_farmer = _lived_in_a_village(world, holder)
    firm = int(world.holder_firm[holder])
    is_business, is_company = purpose == "B", firm >= 0 and world.firms.kind[firm] != "S"
    draw = chance.draw()
    farm_use = _FARM_USES[int(chance.draw() * len(_FARM_USES))] if is_business and draw < 0.12 else ""
    is_farm = is_farmer or industry.startswith("A") or bool(farm_use)
    is_small_firm = False
    if is_company:
        is_farm = is_farm or world.is_rural_firm(firm)
        is_small_firm = world.firms.kind[firm] == "E" and world.sizes.class_of(firm) in SMALL
    is_inclusive_farm = is_business and (
        (is_farmer and line_fen <= MOST_FARMER_FEN)
        or (is_farm and is_small_firm and line_fen <= MOST_SMALL_FEN)
    )
    runs_a_business = not is_company and (firm >= 0 or purpose == "B")
    is_inclusive_small = is_business and (is_small_firm or runs_a_business) and line_fen <= MOST_SMALL_FEN
    true = (is_farm, is_inclusive_farm, is_inclusive_small)
    fate = chance.draw()
    return Terms(
        farm_use=farm_use,
        is_farmer=is_farmer,
        policy="01" if is_business and not is_company and chance.draw() < 0.03 else "",
        true=true,
        reported=_reported(world, chance, true),
        end="W" if fate < 0.5 else "T" if fate < 0.65 else "",
    )


def _reported(world: World, chance: Chance, true: _Flags) -> _Flags:
    """As the rules say, but now and then one of them is not."""
    draw = chance.draw()
    if draw >= RATES["misreported_loan"]:
        return true
    world.block.counts["misreported_loan"] += 1
    wrong = int(draw / RATES["misreported_loan"] * len(true))
    farm, inclusive_farm, inclusive_small = (flag != (k == wrong) for k, flag in enumerate(true))
    return farm, inclusive_farm, inclusive_small


def _lived_in_a_village(world: World, holder: int) -> bool:
    """The household's home decides, not where somebody has moved to since."""
    person = int(world.holder_person[holder])
    if person < 0:
        firm = int(world.holder_firm[holder])
        person = int(world.firms.person[firm]) if world.firms.kind[firm] == "S" else -1
    if person < 0:
        return False
    atom = int(world.households.atom[world.people.household[person]])
    return not bool(world.block.ground.is_urban[atom])


def business_lines_fen(world: World, purposes: list[str]) -> Ints:
    """What each holder was lent for business, all loans that are drawn together."""
    loans = world.loans
    there = (loans.start <= world.block.timeline.as_of.toordinal()) & (np.array(purposes) == "B")
    lent = np.bincount(
        loans.holder[there], weights=loans.amount_yuan[there] * 100.0, minlength=world.holders.size
    )
    return np.asarray(np.rint(lent), dtype=np.int64)
