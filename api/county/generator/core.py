"""Rows of core_customer: people, some of them twice, and firms."""

from api.county.generator import names
from api.county.generator.clerks import Chance, Clerk
from api.county.generator.dirt import RATES
from api.county.generator.mishaps import CORE_FIRM, CORE_PERSON, Mishaps
from api.county.generator.rows import FeedRows, day
from api.county.generator.sizes import SMALL
from api.county.generator.strange_names import Strange
from api.county.generator.world import World

_LANDLINE_SERIALS = 5000


def core_rows(world: World) -> FeedRows:
    rows = FeedRows("core_customer")
    clerk = Clerk(world.block.rng(6), world.block.counts)
    of_people = Mishaps(world.block.rng(24), world.block.counts, CORE_PERSON)
    of_firms = Mishaps(world.block.rng(25), world.block.counts, CORE_FIRM)
    presence = world.presence
    runs = _firm_of_each_person(world)
    for i in range(world.people.size):
        if presence.person_core[i]:
            _person(world, rows, clerk, of_people, i, presence.person_number[i], runs, is_second=False)
        if presence.person_second[i]:
            _person(world, rows, clerk, of_people, i, presence.second_number[i], runs, is_second=True)
    for f in range(world.firms.size):
        if presence.firm_core[f]:
            _firm(world, rows, clerk, of_firms, f)
    return rows


def _person(
    world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, i: int, number: str, runs: dict[int, int], *,
    is_second: bool,
) -> None:  # fmt: skip
    people, ground, presence = world.people, world.block.ground, world.presence
    birth = people.birth(i)
    if i in people.strange:
        name = clerk.strange_name(people.strange[i], people.name[i], mishaps.draw(), is_old_system=True)
    else:
        name = clerk.person_name(people.name[i])
        if is_second and clerk.slips("misspelt_name"):
            name = names.misspell(name, clerk.draw())
    cert_type, typed, is_heads = _certificate(world, clerk, mishaps, i, is_second=is_second)
    # Where the wrong id was typed, the day of birth was taken from the person: that is how it can be found out.
    empty_birth = not is_heads and clerk.slips("empty_birth")
    if presence.person_managers_phone[i] and not is_second:
        phone = ground.manager_phones[presence.manager]
    else:
        phone = clerk.core_phone(people.phone[i], world.block.serial(_LANDLINE_SERIALS + i))
    atom = int(people.atom[i])
    opened = int(world.person_opened[i]) + (0 if not is_second else -int(clerk.draw() * 2000) - 1)
    is_new = not is_second and opened == world.block.timeline.as_of.toordinal()
    columns = [
        number,
        "P",
        name,
        cert_type,
        typed,
        "",
        "" if empty_birth else day(birth),
        "M" if people.is_male[i] else "F",
        phone,
        ground.address(atom, int(people.house[i]), clerk.draw()),
        ground.village_codes[atom] if clerk.draw() < 0.85 else "",
        "",
        "",
        "",
        ground.outlet_codes[ground.outlet_of_atom[atom]],
        day(opened),
        "0" if people.is_dead[i] and clerk.draw() < 0.4 else "1",
        "",
        "",
        "",
        *_runs(world, runs.get(i)),
    ]
    kinds = mishaps.befall(columns)
    before = None if is_new else _changed(world, clerk, columns, i)
    rows.add_changed(columns, before, number, world.person_party(i))
    kinds += clerk.done()
    if is_second:
        kinds.append("second_customer_number")
    elif presence.person_managers_phone[i]:
        kinds.append("managers_phone")
    if i in people.twin_of or i in people.first_twins:
        kinds.append("twins")
    rows.touch(number, kinds)


def _firm_of_each_person(world: World) -> dict[int, int]:
    """By person: the shop or firm that he runs, the last of several."""
    return {person: f for f, person in enumerate(world.firms.person.tolist()) if person >= 0}


def _runs(world: World, firm: int | None) -> tuple[str, str]:
    """个体工商户主 or 小微企业主, and of what; a large firm's representative is neither."""
    if firm is None:
        return "", ""
    kind = world.firms.kind[firm]
    if kind == "S" or (kind == "E" and world.sizes.class_of(firm) in SMALL):
        return kind, world.firms.uscc[firm]
    return "", ""


def _certificate(
    world: World, clerk: Clerk, chance: Chance, i: int, *, is_second: bool
) -> tuple[str, str, bool]:
    """(type, number as typed, whether it is the head's). Children show the household's book, foreigners a passport."""
    people = world.people
    if people.strange.get(i) == Strange.FOREIGN:
        return "12", people.id_number[i], False
    head = world.households.head[people.household[i]]
    typed, year = people.id_number[i], people.birth(i).year
    is_heads = head != i and not is_second and clerk.slips("family_certificate")
    if is_heads:
        typed, year = people.id_number[head], people.birth(head).year
    typed = clerk.id_number(typed, year)
    if people.age[i] < 16 and not is_heads and chance.draw() < RATES["hukou_book"]:
        clerk.slip("hukou_book")
        return "11", typed, False
    return "10", typed, is_heads


def _changed(world: World, clerk: Clerk, columns: list[str], i: int) -> list[str]:
    """The row of the night before: a few had another telephone or address, or were still in force."""
    draw = clerk.draw()
    if draw > 0.025:
        return columns
    before = columns.copy()
    if draw < 0.0005:
        columns[16], before[16] = "0", "1"
    elif draw < 0.012:
        before[8] = ""
    else:
        ground = world.block.ground
        before[9] = ground.address(int(world.people.atom[i]), int(world.people.house[i]) + 1, clerk.draw())
    return before


def _firm(world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, f: int) -> None:
    firms, ground = world.firms, world.block.ground
    kind, atom, number = firms.kind[f], int(firms.atom[f]), world.presence.firm_number[f]
    uscc, cert_type, cert_no = firms.uscc[f], "20", firms.uscc[f]
    if kind == "E" and clerk.slips("organisation_code_only"):
        uscc, cert_type, cert_no = "", "21", firms.uscc[f][8:17]
    elif kind == "S" and clerk.slips("empty_credit_code_core"):
        uscc, cert_type, cert_no = "", "", ""
    elif clerk.slips("full_width_id"):
        uscc = names.full_width(uscc)
    head_name, head_id = ("", "") if kind == "O" else (firms.head_name[f], firms.head_id[f])
    if kind == "S" and uscc and mishaps.draw() < RATES["sole_trader_by_id_card"]:
        uscc, cert_type, cert_no = "", "10", head_id
        clerk.slip("sole_trader_by_id_card")
    opened = int(world.firm_opened[f])
    columns = [
        number,
        kind,
        firms.name[f],
        cert_type,
        cert_no,
        uscc,
        "",
        "",
        clerk.phone(firms.phone[f]),
        ground.address(atom, int(firms.house[f]), clerk.draw()),
        ground.village_codes[atom] if clerk.draw() < 0.7 else "",
        firms.industry[f],
        head_name,
        head_id,
        ground.outlet_codes[ground.outlet_of_atom[atom]],
        day(opened),
        "1",
        world.sizes.class_of(f) if kind == "E" else "",
        str(world.block.timeline.as_of.year - 1) if kind == "E" else "",
        "R" if world.is_rural_firm(f) else "U",
        "",
        "",
    ]
    kinds = mishaps.befall(columns)
    before: list[str] | None = columns
    if opened == world.block.timeline.as_of.toordinal():
        before = None
    elif firms.old_name[f] is not None and clerk.draw() < 0.1:
        before = [*columns[:2], str(firms.old_name[f]), *columns[3:]]
    rows.add_changed(columns, before, number, world.firm_party(f))
    rows.touch(number, [*kinds, *clerk.done(), *firms.dirt(f)])
