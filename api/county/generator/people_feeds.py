"""Rows of social_security and property: what other offices tell of people (and of firms that own what they sit in)."""

from datetime import date, timedelta

from api.county.generator import numbering
from api.county.generator.clerks import Chance
from api.county.generator.files import yuan
from api.county.generator.rows import FeedRows, day
from api.county.generator.world import World

_INSURED = 0.8  # of grown-ups of working age
_STAFF, _SELF = 0.42, 0.55  # of those: paid for by a firm, by themselves; the others as residents
_PAUSED, _ENDED = 0.04, 0.07
_PAID_LATE = 30  # of one in so many the payment of the last month came in tonight
_OWNS, _OWNS_MORE, _OWNS_SHOP = 0.34, 0.15, 0.05
_FIRM_OWNS = {"E": 0.3, "S": 0.1, "O": 0.5}
_MORTGAGED, _SOLD = 0.28, 0.03
_OLD_FORM = 0.04  # entries from before 1999 have fifteen digits
_ENTERED = 60  # one room in so many was entered tonight


def people_rows(world: World) -> list[FeedRows]:
    return [_social_security(world), _property(world)]


def _social_security(world: World) -> FeedRows:
    rows, chance = FeedRows("social_security"), Chance(world.block.rng(48))
    people, as_of = world.people, world.block.timeline.as_of
    last_month = date(as_of.year, as_of.month, 1) - timedelta(days=1)
    month_before = date(last_month.year, last_month.month, 1) - timedelta(days=1)
    employers = [f for f, kind in enumerate(world.firms.kind) if kind != "S"]
    for i in range(people.size):
        age, draws = int(people.age[i]), [chance.draw() for _ in range(6)]
        if not 18 <= age < 60 or people.is_dead[i] or draws[0] >= _INSURED:
            continue
        firm = employers[int(draws[1] * len(employers))] if employers and draws[2] < _STAFF else None
        kind = "1" if firm is not None else "2" if draws[2] < _SELF else "3"
        months = 1 + int(draws[3] * (age - 17) * 9)
        since = last_month.toordinal() - round(months * 30.44)
        status = "3" if draws[4] < _ENDED else "2" if draws[4] < _ENDED + _PAUSED else "1"
        paid = last_month if status == "1" else last_month - timedelta(days=60 + int(draws[5] * 900))
        base = 0 if kind == "3" else round((3_800 + 9_000 * draws[5] ** 2) / 10) * 10
        payer = [world.firms.uscc[firm], world.firms.name[firm]] if firm is not None else ["", ""]
        head = [
            f"SB{world.block.serial(i):010d}",
            people.id_number[i],
            people.name[i],
            *payer,
            kind,
            day(since),
        ]
        columns = [*head, day(paid), str(months), yuan(base * 100) if base else "", status]
        is_late = status == "1" and i % _PAID_LATE == 5
        before = [*head, day(month_before), str(months - 1), *columns[9:]] if is_late else columns
        rows.add_changed(columns, before, None, 0)
        rows.tell(head[0], world.person_party(i))
    return rows


def _property(world: World) -> FeedRows:
    rows, chance = FeedRows("property"), Chance(world.block.rng(49))
    for i in range(world.people.size):
        if world.people.age[i] < 22 or chance.draw() >= _OWNS:
            continue
        homes = 2 if chance.draw() < _OWNS_MORE else 1
        for place in range(homes + (chance.draw() < _OWNS_SHOP)):
            _add_room(rows, chance, world, person=i, place=place, use="1" if place < homes else "2")
    for f, kind in enumerate(world.firms.kind):
        if chance.draw() < _FIRM_OWNS[kind]:
            _add_room(
                rows, chance, world, firm=f, place=0, use="3" if kind == "E" else "2" if kind == "S" else "9"
            )
    return rows


def _add_room(
    rows: FeedRows, chance: Chance, world: World, *, place: int, use: str, person: int = -1, firm: int = -1
) -> None:
    people, firms, ground = world.people, world.firms, world.block.ground
    of_person = person >= 0
    where, at = (people, person) if of_person else (firms, firm)
    number = people.id_number[person] if of_person else firms.uscc[firm]
    is_old = of_person and int(people.birth(person).year) < 1980 and chance.draw() < _OLD_FORM
    as_of = world.block.timeline.as_of.toordinal()
    most_years = min(24.0, max(0.5, int(people.age[person]) - 21.0)) if of_person else 15.0
    since = as_of - 3 - int(chance.draw() * most_years * 365.25)
    serial = world.block.serial(person if of_person else people.size + firm)
    is_new = serial % _ENTERED == 7
    columns = [
        f"FW{serial:09d}{place}", numbering.fifteen_digits(number) if is_old else number, where.name[at],
        day(as_of if is_new else since), use, "Y" if chance.draw() < _MORTGAGED else "N", "",
        ground.address(int(where.atom[at]), int(where.house[at]) + 7 * place, chance.draw()),
        "0" if chance.draw() < _SOLD else "1",
    ]  # fmt: skip
    rows.add_changed(columns, None if is_new else columns, None, 0)
    party = world.person_party(person) if of_person else world.firm_party(firm)
    rows.tell("/".join(columns[:2]), party)
