"""Accounts that are not in yuan, and the ways in which systems write the yuan."""

from dataclasses import dataclass, field

from api.county.generator import numbering
from api.county.generator.clerks import Chance
from api.county.generator.dirt import RATES
from api.county.generator.rows import SEPARATOR, day
from api.county.generator.world import World
from domain.feeds.contracts import CORE_DEPOSIT, OPEN_DATE

# Currency with the usual balance of an account: a number that looks rich is not always.
_FOREIGN = (("USD", 3_000), ("HKD", 20_000), ("JPY", 300_000), ("EUR", 2_500))
_YUAN = ("RMB", "156", "人民币", "cny", "")
_SLOT = 50


@dataclass
class ForeignAccounts:
    """Lines of the accounts of a block that are not in yuan, which stand still, with the day each was opened."""

    opened: list[int] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    fen: list[int] = field(default_factory=list)

    def on(self, day_ordinal: int) -> tuple[bytes, int, int]:
        """(lines, rows, sum in hundredths of whatever currency, as a core adds it up) of those opened by then."""
        there = [k for k, opened in enumerate(self.opened) if opened <= day_ordinal]
        return b"".join(self.lines[k] for k in there), len(there), sum(self.fen[k] for k in there)


def foreign_accounts(world: World) -> ForeignAccounts:
    """Of persons in the core from 16 on; some have no account in yuan."""
    made, chance = ForeignAccounts(), Chance(world.block.rng(32))
    presence, people, ground = world.presence, world.people, world.block.ground
    for i in range(people.size):
        if not presence.person_core[i] or people.age[i] < 16 or chance.draw() >= RATES["foreign_currency"]:
            continue
        currency, usual = _FOREIGN[int(chance.draw() * len(_FOREIGN))]
        fen = round(usual * 100 * (0.2 + 2 * chance.draw()))
        outlet = ground.outlet_codes[int(ground.outlet_of_atom[int(people.atom[i])])]
        number = numbering.account_number(outlet, _SLOT, world.block.serial(i))
        amount, opened = f"{fen // 100}.{fen % 100:02d}", int(world.person_opened[i])
        columns = (number, presence.person_number[i], "2111", "活期储蓄", currency, amount, amount, amount,
                   day(opened), OPEN_DATE, outlet, "1")  # fmt: skip
        made.opened.append(opened)
        made.lines.append(SEPARATOR.join(columns).encode(CORE_DEPOSIT.encoding) + b"\n")
        made.fen.append(fen)
    world.block.counts["foreign_currency"] += len(made.lines)
    return made


def yuan_as_written(chance: Chance, counts: dict[str, int]) -> str:
    """CNY, and now and then something else for it."""
    draw = chance.draw()
    if draw >= RATES["currency_written_otherwise"]:
        return "CNY"
    counts["currency_written_otherwise"] += 1
    return _YUAN[int(draw / RATES["currency_written_otherwise"] * len(_YUAN))]
