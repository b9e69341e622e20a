"""Rows of firm_year, registry and tax_power: what other offices tell of the firms that the core knows."""

from datetime import date, timedelta

from api.county.generator.clerks import Chance
from api.county.generator.files import yuan
from api.county.generator.rows import FeedRows, day
from api.county.generator.world import World

_YEARS = 2
_TOLD = {"E": 0.95, "S": 0.0, "O": 0.0}  # of whom a report of the year is there
_POWER = {"E": 0.7, "S": 0.12, "O": 0.3}  # who has a meter and a tax grade of his own
_KWH_A_HEAD = 180.0
# One firm in so many has filed its report, had its entry altered, had its meter read since the night before.
_FILED, _ALTERED, _READ = 20, 50, 15
_GRADES = (("A", 0.2), ("B", 0.62), ("M", 0.88), ("C", 0.96), ("D", 1.0))


def firm_rows(world: World) -> list[FeedRows]:
    """The three feeds; the same on both nights but for registrations that were changed tonight."""
    return [_firm_year(world), _registry(world), _tax_power(world)]


def _known(world: World) -> list[int]:
    return [f for f in range(world.firms.size) if world.presence.firm_core[f]]


def _firm_year(world: World) -> FeedRows:
    rows, chance = FeedRows("firm_year"), Chance(world.block.rng(44))
    firms, sizes = world.firms, world.sizes
    last = world.block.timeline.as_of.year - 1
    for f in _known(world):
        if chance.draw() >= _TOLD[firms.kind[f]]:
            continue
        for back in range(_YEARS):
            revenue = sizes.revenue_of(f, back)
            assets = round(revenue * (0.4 + 0.9 * chance.draw()))
            columns = [
                firms.uscc[f], str(last - back), firms.name[f], str(sizes.staff[f]), yuan(revenue * 100),
                yuan(assets * 100), firms.industry[f], "2017",
            ]  # fmt: skip
            is_filed_tonight = back == 0 and f % _FILED == 7
            rows.add_changed(columns, None if is_filed_tonight else columns, None, 0)
        rows.tell(f"{firms.uscc[f]}/{last}", world.firm_party(f))
    return rows


def _registry(world: World) -> FeedRows:
    rows, chance = FeedRows("registry"), Chance(world.block.rng(45))
    firms, ground, as_of = world.firms, world.block.ground, world.block.timeline.as_of
    for f in _known(world):
        draw, capital = chance.draw(), chance.draw()
        state = "2" if draw < 0.006 else "3" if draw < 0.02 else "1"
        registered = as_of.toordinal() - 30 - int(firms.founded_years[f] * 365.25)
        is_new = f % _ALTERED == 3
        updated = as_of.toordinal() if is_new else max(registered, as_of.toordinal() - int(capital * 900))
        yuan_of = (
            0
            if firms.kind[f] == "O"
            else (2 + int(capital * 20)) * (10_000 if firms.kind[f] == "S" else 100_000)
        )
        atom = int(firms.atom[f])
        columns = [
            firms.uscc[f], firms.name[f], state, firms.head_name[f], yuan(yuan_of * 100) if yuan_of else "",
            day(registered), firms.industry[f], ground.address(atom, int(firms.house[f]), chance.draw()), day(updated),
        ]  # fmt: skip
        before = [*columns[:2], "1", *columns[3:8], day(registered)] if is_new else columns
        rows.add_changed(columns, before, None, 0)
        rows.tell(firms.uscc[f], world.firm_party(f))
    return rows


def _tax_power(world: World) -> FeedRows:
    rows, chance = FeedRows("tax_power"), Chance(world.block.rng(46))
    firms, sizes = world.firms, world.sizes
    as_of = world.block.timeline.as_of
    month = date(as_of.year, as_of.month, 1) - timedelta(days=1)
    for f in _known(world):
        if chance.draw() >= _POWER[firms.kind[f]]:
            continue
        grade = next(one for one, upto in _GRADES if chance.draw() < upto or upto == 1.0)
        kwh = round(int(sizes.staff[f]) * _KWH_A_HEAD * (0.5 + chance.draw()))
        before = round(kwh / (1.0 + float(sizes.growth[f])) * (0.85 + 0.3 * chance.draw()))
        columns = [firms.uscc[f], grade, str(as_of.year - 1), day(month), str(kwh), str(before)]
        rows.add_changed(columns, [*columns[:4], "", ""] if f % _READ == 4 else columns, None, 0)
        rows.tell(firms.uscc[f], world.firm_party(f))
    return rows
