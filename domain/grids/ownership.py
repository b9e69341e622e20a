"""Whose customer it is: an exception, a list that names him, a rule (`claiming.py`); else atom → small grid of the plan
in force → outlet and A post; else by the bank's books.

Everything is worked out every night, because a plan or a post that begins today concerns customers whom no file
touched; only rows that come out different are written. The day is the one after the data date: the day of the walks.

Whom the books may name is said by a duty of the member of staff (`domain/shared/duties.py`); what his role lets him
see has no part in it. A unit that is not there on the day is given nobody: the nearest unit above it stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.grids.claiming import claim, keep_claims
from domain.grids.lists import seat_people
from domain.grids.ownership_rules import rules_on
from domain.grids.placements import PLACEMENTS
from domain.grids.plans import HELD, put_in_force
from domain.grids.posts import DAY_OF_THE_NIGHT, is_sat_on
from domain.grids.statements import OWN_DONE, OWN_DONE_RULES_IDLE
from domain.shared.dated import EVERYBODY, Cause, Whom, keep, these
from domain.shared.errors import DomainError
from domain.shared.in_service import is_in_service
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rows import NightRows, Rows
from domain.shared.rules.language import Language
from domain.shared.statements import DATE
from domain.shared.statistics import note_written


class NoPlanInForce(DomainError):
    code = "NO_PLAN_IN_FORCE"
    takes: ClassVar = {"day_on": DATE}

    def __init__(self, day: date) -> None:
        super().__init__(day_on=day)


# Each unit with the one that stands for it on the day.
_STANDING = """
create temp table standing on commit drop as
select unit.id as unit_id, unit_standing(unit.id, %(day)s) as org_unit_id from org_units unit
"""

# A is responsible; B stands in while nobody in service sits on A.
_SEATS = f"""
create temp table seat on commit drop as
select g.id as grid_id, g.code, g.level, standing.org_unit_id,
       (select p.staff_id from posts p join staff s on s.id = p.staff_id
         where p.grid_id = g.id and {is_in_service("s", "%(day)s")} and {is_sat_on("p", "%(day)s")}
         order by p.role, p.from_on desc, p.id limit 1) as owner_id
  from grids g join standing on standing.unit_id = g.org_unit_id
 where g.plan_id = %(plan)s and g.level <> 'LARGE'
"""  # noqa: S608
_PLACES = """
create temp table place on commit drop as
select pa.atom_id, seat.grid_id, seat.org_unit_id, seat.owner_id
  from plan_atoms pa join seat on seat.grid_id = pa.grid_id
 where pa.plan_id = %(plan)s
"""

# What the books say: the outlet that opened the account with its manager, and whoever looks after customers by name.
_OUTLETS = f"""
create temp table outlet on commit drop as
select standing.org_unit_id as id, o.code,
       (select s.id from staff s where s.duty = 'UNIT' and {is_in_service("s", "%(day)s")}
           and s.org_unit_id = standing.org_unit_id
         order by s.id limit 1) as manager_id
  from org_units o join standing on standing.unit_id = o.id where o.kind = 'OUTLET'
"""  # noqa: S608
_PEOPLE = f"""
create temp table named on commit drop as
select s.number, s.id, standing.org_unit_id
  from staff s join standing on standing.unit_id = s.org_unit_id
 where s.duty = 'CUSTOMERS' and {is_in_service("s", "%(day)s")}
"""  # noqa: S608

# An operator who is known by his shop alone is looked after where the shop stands; so is a member of a household.
_RELATED = """
create temp table related on commit drop as
select distinct on (c.id) c.id, place.org_unit_id, place.owner_id
  from customers c
  join relations r on r.customer_id = c.id
  join customers other on other.id = r.other_id
  join place on place.atom_id = other.atom_id
 where c.atom_id is null and {whom}
 order by c.id, other.id
"""

# Without a point: the manager whom CRM names, if he is in service, else the manager of the outlet that opened the
# account, else the owner of a related customer; whom nobody knows belongs to the head office until he is placed.
WOULD_BE = """
with head as (
    select o.id from org_units o join standing on standing.unit_id = o.id and standing.org_unit_id = o.id
     where o.kind = 'HEAD_OFFICE' order by o.id limit 1),
found as (
    select c.id, c.grid_id as grid_before, c.org_unit_id as unit_before, c.owner_id as owner_before,
           coalesce(claimed.grid_id, place.grid_id) as grid_id,
           coalesce(claimed.org_unit_id, place.org_unit_id, crm.org_unit_id, outlet.id, related.org_unit_id,
                    (select id from head)) as org_unit_id,
           case when claimed.customer_id is not null then claimed.owner_id
                when place.atom_id is not null then place.owner_id
                else coalesce(crm.id, outlet.manager_id, related.owner_id) end as owner_id
      from customers c
      left join claimed on claimed.customer_id = c.id
      left join place on place.atom_id = c.atom_id
      left join named crm on crm.number = c.manager_number
      left join outlet on outlet.code = c.open_org_code
      left join related on related.id = c.id
     where {whom}),
assigned as materialized (
    select * from found
     where (grid_before, unit_before, owner_before) is distinct from (grid_id, org_unit_id, owner_id))"""
"""Of whom it concerns, those whose grid, outlet or owner would be another than it is."""
_ASSIGN = f"""{WOULD_BE},
moved as (
    update customers c
       set grid_id = assigned.grid_id, org_unit_id = assigned.org_unit_id, owner_id = assigned.owner_id
      from assigned where assigned.id = c.id
    returning c.id)
insert into owned select id from moved
"""  # noqa: S608
# Whose days may change: who was moved, and whom tonight added or joined to another.
_OWNED = "create temp table owned (customer_id bigint) on commit drop"
_TONIGHT = "insert into owned select customer_id from night_changes where night_run_id = %s"
_WHOM = Whom("{key} in (select customer_id from owned)")

_COUNTS = """
select count(*) filter (where grid_id is not null), count(*) filter (where grid_id is null),
       count(*) filter (where owner_id is null), (select count(*) from ownership_claims)
  from customers
"""


def assign_owners(connection: Connection, night: Night, report: Report, *, language: Language) -> StepResult:
    """Put the plan of the day in force; write grid, outlet and owner of everybody whose place, posts or claims changed.

    `language` is what rules are asked in.
    """
    assigned = own(connection, night.data_date + timedelta(days=1), report, night, language=language)
    counts = connection.execute(_COUNTS).fetchone()
    assert counts is not None
    in_grid, without_grid, without_owner, claimed = counts
    told = {"in_grid": in_grid, "by_books": without_grid, "without_owner": without_owner}
    idle = assigned.idle_rules
    return StepResult(
        assigned.changed,
        OWN_DONE_RULES_IDLE(**told, idle_rules=len(idle), first_rules=" ".join(idle[:_NAMED]))
        if idle
        else OWN_DONE(**told),
        {
            "in_grid": in_grid,
            "without_grid": without_grid,
            "without_owner": without_owner,
            "claimed": claimed,
            "idle_rules": len(idle),
        },
    )


_NAMED = 5
"""Rules that the night's report names."""


@dataclass(frozen=True)
class Assigned:
    """How many customers changed; the codes of rules that have nobody to give to, or can no longer be read."""

    changed: int
    idle_rules: Sequence[str]


def own(
    connection: Connection, day: date, report: Report, night: Night | None = None, *, language: Language
) -> Assigned:
    """Put the plan of `day` in force, give every customer grid, outlet and owner by it, and note from when on each is
    so.

    The night calls it for the day after the data date, and the job of midnight when a plan begins.
    """
    rows = NightRows(connection)
    before = rows.execute(HELD)
    plan = put_in_force(connection, day)
    if plan is None:
        raise NoPlanInForce(day)
    report(0.1, DOING(doing="OWNERS"))
    seat_people(rows, plan, day)
    assigned = _assign(rows, day, plan, EVERYBODY, language)
    if night is not None:
        connection.execute(_TONIGHT, [night.run_id])
    connection.execute("analyze owned")
    report(0.5, DOING(doing="DAYS"))
    whom = EVERYBODY if night is not None and night.is_full else _WHOM
    cause = Cause.FILES if before == [(plan,)] else Cause.PLAN
    begun = keep(rows, PLACEMENTS, day, whom, cause=cause)
    note_written(connection, "placements", begun)
    rows.execute(_DROP)
    return assigned


def _assign(rows: Rows, day: date, plan: int, whom: Whom, language: Language) -> Assigned:
    """Grid, outlet and owner by a plan on a day; the table `owned` names who changed."""
    ground(rows, day, plan, whom)
    idle = claim(rows, day, whom, language, rules_on(rows, day))
    keep_claims(rows, whom)
    rows.execute(_OWNED)
    rows.execute(_ASSIGN.format(whom=whom.of("c.id")), whom.parameters)
    return Assigned(int(rows.execute("select count(*) from owned")[0][0]), idle)


def ground(rows: Rows, day: date, plan: int, whom: Whom) -> None:
    """What owners are worked out of: units, seats, places and books of a day, as tables of this transaction."""
    given = {"day": day, "plan": plan, **(whom.parameters or {})}
    rows.execute(_STANDING, given)
    for statement, name in ((_SEATS, "seat"), (_PLACES, "place"), (_OUTLETS, "outlet"), (_PEOPLE, "named")):
        rows.execute(statement, given)
        rows.execute(f"analyze {name}")
    rows.execute(_RELATED.format(whom=whom.of("c.id")), given)
    rows.execute("analyze related")


CLEAR = "drop table standing, seat, place, outlet, named, related, claimed"
_DROP = f"{CLEAR}, owned"
IN_FORCE = f"select id, {DAY_OF_THE_NIGHT} from plan_in_force"  # noqa: S608
"""The plan in force and the day by which customers are somebody's."""


def assign_again(rows: Rows, customer_ids: Sequence[int], *, language: Language) -> None:
    """After a cut, or when somebody is given to somebody: the same for these customers, by the day of the last night;
    without a plan nobody is moved."""
    for plan, day in rows.execute(IN_FORCE):
        seat_people(rows, plan, day)
        _assign(rows, day, plan, these(list(customer_ids)), language)
        rows.execute(_DROP)
