"""Rows of household (户籍): who belongs to which household, who has moved away, who is dead."""

from api.county.generator.clerks import Clerk
from api.county.generator.mishaps import REGISTER, Mishaps
from api.county.generator.rows import FeedRows, day
from api.county.generator.world import World

_CHANGED = 0.004


def register_rows(world: World) -> FeedRows:
    rows = FeedRows("household")
    clerk = Clerk(world.block.rng(8), world.block.counts)
    mishaps = Mishaps(world.block.rng(27), world.block.counts, REGISTER)
    for h, members in enumerate(world.households.members):
        place = 0
        for i in members:
            if world.presence.person_register[i]:
                place += 1
                _person(world, rows, clerk, mishaps, h, i, place)
    return rows


def _person(world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, h: int, i: int, place: int) -> None:
    people, households, ground = world.people, world.households, world.block.ground
    atom, number = int(households.atom[h]), f"{place:02d}"
    is_newborn = int(people.age[i]) < 1
    if is_newborn or clerk.slips("empty_certificate_household"):
        certificate = ""
    else:
        certificate = clerk.id_number(people.id_number[i], 2000)
    status = "3" if people.is_dead[i] else "2" if people.has_moved[i] else "1"
    name = people.name[i]
    if i in people.strange:
        name = clerk.strange_name(people.strange[i], name, mishaps.draw(), is_old_system=False)
    if h in world.emptied:
        clerk.slipped.append(world.emptied[h])
    elif status != "1":
        clerk.slip("dead" if status == "3" else "moved")
    if i in people.twin_of or i in people.first_twins:
        clerk.slipped.append("twins")
    columns = [
        households.hukou[h],
        number,
        name,
        certificate,
        _relation(people.role[i], bool(people.is_male[i])),
        "M" if people.is_male[i] else "F",
        day(people.birth(i)),
        ground.village_codes[atom],
        ground.address(atom, int(households.house[h]), 0.0),
        status,
    ]
    key, kinds = f"{households.hukou[h]}/{number}", [*mishaps.befall(columns), *clerk.done()]
    rows.touch(key, kinds)
    if people.role[i] == "H":  # the household itself is known by its head's row
        rows.touch(households.hukou[h], kinds, "household.household")
    before = columns
    if status != "1" and clerk.draw() < 0.03:
        before = [*columns[:9], "1"]
    elif clerk.draw() < _CHANGED:
        before = [*columns[:8], ground.address(atom, int(households.house[h]), 0.5), status]
    rows.add_changed(columns, before, key, world.person_party(i))


def _relation(role: str, is_male: bool) -> str:
    if role == "C":
        return "子" if is_male else "女"
    if role == "P":
        return "父" if is_male else "母"
    return {"H": "户主", "S": "配偶"}[role]
