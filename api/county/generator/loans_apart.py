"""Loans and lines that are in no sum: in dollars, lent for somebody else's account, or long written off. They stand
still."""

from api.county.generator.clerks import Chance
from api.county.generator.files import yuan
from api.county.generator.rows import day
from api.county.generator.world import World
from domain.feeds.contracts import OPEN_DATE

_LOAN_SERIALS, _LINE_SERIALS = 7000, 7400
_ABROAD, _ENTRUSTED = 0.03, 0.02  # of enterprises in the core
_WRITTEN_OFF = 0.004  # of persons from 30 on in the core


def _enterprises(world: World, stream: int) -> list[tuple[int, float, float]]:
    """(firm, draw, size) of the enterprises in the core, in their order."""
    chance = Chance(world.block.rng(stream))
    there = [f for f in range(world.firms.size) if world.firms.kind[f] == "E" and world.presence.firm_core[f]]
    return [(f, chance.draw(), chance.draw()) for f in there]


def loans_apart(world: World) -> list[list[str]]:
    """Columns of loans of exporters in dollars, and of entrusted ones (委托贷款)."""
    made, as_of = [], world.block.timeline.as_of.toordinal()
    for f, draw, size in _enterprises(world, 42):
        if draw >= _ABROAD + _ENTRUSTED:
            continue
        is_abroad = draw < _ABROAD
        start = as_of - 40 - int(size * 300)
        amount = yuan((5 + int(size * 40)) * (1_000_000 if is_abroad else 10_000_000))
        made.append([
            f"JW{world.block.serial(_LOAN_SERIALS + f % 400):010d}", _contract(world, f),
            world.presence.firm_number[f], "外汇流动资金贷款" if is_abroad else "委托贷款", "B",
            world.firms.industry[f], "保证", amount, amount, "4.1000", day(start), day(start + 720),
            "正常", "0", _outlet(world, f), "1", "USD" if is_abroad else "CNY", "", "N", "", "N", "N",
            "N" if is_abroad else "Y", "N", "N", "N",
        ])  # fmt: skip
    return made + _written_off(world)


def _written_off(world: World) -> list[list[str]]:
    """Loans of years ago that are still collected; half of them are sold since."""
    made, chance = [], Chance(world.block.rng(43))
    people, ground, as_of = world.people, world.block.ground, world.block.timeline.as_of.toordinal()
    for i in range(people.size):
        if not world.presence.person_core[i] or people.age[i] < 30 or chance.draw() >= _WRITTEN_OFF:
            continue
        late, amount = 500 + int(chance.draw() * 1500), yuan((1 + int(chance.draw() * 8)) * 1_000_000)
        is_farmer = not ground.is_urban[int(people.atom[i])]
        made.append([
            f"JO{world.block.serial(i):010d}", "", world.presence.person_number[i], "农户小额贷款", "B", "A0111",
            "保证", amount, amount, "6.5000", day(as_of - late - 365), day(as_of - late), "损失", str(late),
            ground.outlet_codes[int(ground.outlet_of_atom[int(people.atom[i])])], "1", "CNY", "",
            "Y" if is_farmer else "N", "", "Y", "Y" if chance.draw() < 0.5 else "N", "N", "N", "N", "N",
        ])  # fmt: skip
    return made


def foreign_lines(world: World) -> list[list[str]]:
    """Columns of the lines under which the loans in dollars are drawn."""
    made, as_of = [], world.block.timeline.as_of.toordinal()
    for f, draw, size in _enterprises(world, 42):
        if draw >= _ABROAD:
            continue
        line = (5 + int(size * 40)) * 1_000_000
        since = as_of - 40 - int(size * 300)
        made.append([
            _contract(world, f), world.presence.firm_number[f], yuan(2 * line), yuan(line), "Y", day(since),
            OPEN_DATE, "B", "1", "USD", "保证",
        ])  # fmt: skip
    return made


def _contract(world: World, firm: int) -> str:
    return f"HW{world.block.serial(_LINE_SERIALS + firm % 400):010d}"


def _outlet(world: World, firm: int) -> str:
    ground = world.block.ground
    return ground.outlet_codes[int(ground.outlet_of_atom[int(world.firms.atom[firm])])]
