"""Rows of crm_legacy: the worst keys. Some have a customer number, some only a name and a telephone."""

from datetime import timedelta

from api.county.generator import names
from api.county.generator.clerks import Clerk
from api.county.generator.mishaps import CRM, Mishaps
from api.county.generator.rows import FeedRows, day
from api.county.generator.words import CRM_NOTES
from api.county.generator.world import World

_CHANGED = 0.03


def crm_rows(world: World) -> FeedRows:
    rows = FeedRows("crm_legacy")
    clerk = Clerk(world.block.rng(7), world.block.counts)
    mishaps = Mishaps(world.block.rng(26), world.block.counts, CRM)
    presence = world.presence
    for i in range(world.people.size):
        if presence.person_crm[i]:
            _person(world, rows, clerk, mishaps, i)
    for f in range(world.firms.size):
        if presence.firm_crm[f]:
            _firm(world, rows, clerk, mishaps, f)
    return rows


def _person(world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, i: int) -> None:
    people, presence = world.people, world.presence
    number, name, phone = presence.person_number[i], people.name[i], people.phone[i]
    managers = world.block.ground.manager_phones
    if not presence.person_core[i] or (
        not presence.person_managers_phone[i] and clerk.slips("crm_without_number")
    ):
        number = ""
    elif clerk.slips("crm_wrong_number"):
        number = presence.person_number[(i + 1) % people.size]
    elif i not in people.strange and clerk.slips("misspelt_name_crm"):
        name = names.misspell(name, clerk.draw())
    if i in people.strange:
        name = clerk.strange_name(people.strange[i], people.name[i], mishaps.draw(), is_old_system=True)
    if number and presence.person_managers_phone[i] and clerk.draw() < 0.7:
        phone = managers[presence.manager]
        clerk.slipped.append("managers_phone")
    else:
        phone = clerk.phone(phone)
    crm_id = f"KH{world.block.serial(i):09d}"
    _add(world, rows, clerk, mishaps, crm_id, number, name, phone, int(people.atom[i]), int(people.house[i]),
         world.person_party(i))  # fmt: skip


def _firm(world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, f: int) -> None:
    firms = world.firms
    name = firms.old_name[f] or firms.name[f]
    number = world.presence.firm_number[f]
    if firms.old_name[f] is None and clerk.slips("crm_without_number", 0.6):
        number = ""
    crm_id = f"KH{world.block.serial(world.people.size + f):09d}"
    clerk.slipped.extend(firms.dirt(f))
    _add(world, rows, clerk, mishaps, crm_id, number, name, clerk.phone(firms.phone[f]), int(firms.atom[f]),
         int(firms.house[f]), world.firm_party(f))  # fmt: skip


def _add(
    world: World, rows: FeedRows, clerk: Clerk, mishaps: Mishaps, crm_id: str, number: str, name: str, phone: str,
    atom: int, house: int, party: int,
) -> None:  # fmt: skip
    ground, as_of = world.block.ground, world.block.timeline.as_of
    candidates = ground.managers_of_outlet[ground.outlet_of_atom[atom]]
    manager = ground.managers[candidates[int(clerk.draw() * len(candidates))]]
    is_touched = clerk.draw() < _CHANGED
    updated = as_of if is_touched else as_of - timedelta(days=2 + int(clerk.draw() ** 2 * 2500))
    columns = [
        crm_id,
        number,
        name,
        phone,
        manager,
        ground.address(atom, house, clerk.draw()) if clerk.draw() < 0.8 else "",
        CRM_NOTES[int(clerk.draw() * len(CRM_NOTES))],
        day(updated),
    ]
    rows.touch(crm_id, [*mishaps.befall(columns), *clerk.done()])
    before = columns
    if is_touched:
        before = [*columns[:6], "", day(as_of - timedelta(days=90))]
    rows.add_changed(columns, before, crm_id, party)
