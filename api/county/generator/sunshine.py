"""Rows of sunshine_credit (阳光信贷): one file a rural household, surveyed at the door for about half of them."""

from datetime import timedelta

from api.county.generator import names
from api.county.generator.clerks import Chance, Clerk
from api.county.generator.dirt import RATES
from api.county.generator.files import yuan
from api.county.generator.mishaps import SUNSHINE, Mishaps
from api.county.generator.rows import FeedRows, day
from api.county.generator.world import World

_CHANGED = 0.02
_SURVEYED_BY_GPS = 0.5


def sunshine_rows(world: World) -> FeedRows:
    rows = FeedRows("sunshine_credit")
    clerk = Clerk(world.block.rng(9), world.block.counts)
    mishaps = Mishaps(world.block.rng(28), world.block.counts, SUNSHINE)
    for h in range(world.households.rural):
        _household(world, rows, clerk, mishaps, h, is_second=False)
        if clerk.slips("second_sunshine_file"):
            _household(world, rows, clerk, mishaps, h, is_second=True)
    return rows


def _lied_about(chance: Chance, clerk: Clerk, lon: str, lat: str, elsewhere_deg: float) -> tuple[str, str]:
    """The surveyed point, or nought where the telephone had none yet, or a place far to the north."""
    draw = chance.draw()
    if draw < RATES["nought_place"]:
        clerk.slip("nought_place")
        return "0.000000", "0.000000"
    if draw > 1 - RATES["place_elsewhere"]:
        clerk.slip("place_elsewhere")
        return lon, f"{float(lat) + elsewhere_deg:.6f}"
    return lon, lat


def _household(
    world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, h: int, *, is_second: bool
) -> None:
    households, people, ground = world.households, world.people, world.block.ground
    as_of = world.block.timeline.as_of
    head, atom = households.head[h], int(households.atom[h])
    file_no = f"YG{world.block.serial(h + 4000 * is_second):09d}"
    if head in people.strange:
        name = clerk.strange_name(
            people.strange[head], people.name[head], mishaps.draw(), is_old_system=False
        )
    else:
        name = clerk.person_name(people.name[head])
        if is_second and clerk.draw() < 0.2:
            name = names.misspell(name, clerk.draw())
    if h in world.emptied:
        clerk.slipped.append(world.emptied[h])
    certificate = ""
    if is_second or not clerk.slips("empty_head_certificate"):
        certificate = clerk.id_number(people.id_number[head], people.birth(head).year)
    income = int((2 + clerk.draw() * 18) * 1e4) * 100
    line = int(1 + clerk.draw() * 29) * 1_000_000 // 100 * 100
    surveyed = as_of - timedelta(days=int(clerk.draw() * 700) + (900 if is_second else 30))
    lon, lat, datum = "", "", ""
    if clerk.draw() < _SURVEYED_BY_GPS:
        # A few metres of noise, as telephones have it.
        lon = f"{households.lon[h] + (clerk.draw() - 0.5) * 6e-5:.6f}"
        lat = f"{households.lat[h] + (clerk.draw() - 0.5) * 6e-5:.6f}"
        datum = "WGS84"
        lon, lat = _lied_about(mishaps, clerk, lon, lat, ground.region.elsewhere_deg)
    columns = [
        file_no,
        name,
        certificate,
        clerk.phone(people.phone[head]),
        str(len(households.members[h])),
        ground.village_codes[atom],
        ground.address(atom, int(households.house[h]), clerk.draw()),
        yuan(income),
        yuan(int(income * (1 + clerk.draw() * 6))),
        str(60 + int(clerk.draw() * 40)),
        yuan(line),
        day(surveyed + timedelta(days=1095)),
        lon,
        lat,
        datum,
        day(surveyed),
    ]
    rows.touch(file_no, [*mishaps.befall(columns), *clerk.done()])
    before, line_before = columns, line
    if clerk.draw() < _CHANGED:
        line_before = line + 1_000_000
        before = [*columns[:10], yuan(line_before), *columns[11:]]
    rows.add_changed(columns, before, file_no, world.household_party(h), line, line_before)
