"""`./yunge leave …`: who is away from when to when; from today, B has what is open of his walk at once."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer

from api.cli.signed import By, database_url, signed_in
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

leave = typer.Typer(no_args_is_help=True, help=t("leave.who_is_away"))
Person = Annotated[str, typer.Argument(help=t("leave.number"), show_default=False)]
Day = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=t("leave.first_day"))]
Back = Annotated[datetime | None, typer.Option("--back", formats=["%Y-%m-%d"], help=t("leave.back_on"))]

# Who has the walks: whoever is there on B of the grids on whose A he sits.
_LASTING = """
select u.code || ' ' || u.name, s.number || ' ' || s.name, l.from_on, l.to_on, l.from_on <= {today},
       (select count(*) from customers c where c.owner_id = s.id),
       (select string_agg(distinct b.number || ' ' || b.name, ', ')
          from posts a join grids g on g.id = a.grid_id join plan_in_force f on f.id = g.plan_id
          join posts p on p.grid_id = g.id and p.role = 'B' and {sits_on_b}
          join staff b on b.id = p.staff_id and {is_there}
         where a.staff_id = s.id and a.role = 'A' and {sits_on_a})
  from staff_leaves l join staff s on s.id = l.staff_id join org_units u on u.id = s.org_unit_id
 where l.to_on is null or l.to_on > {today}
 order by l.from_on, u.code, s.number
"""


@leave.command("list", help=t("leave.list_leaves"))
def list_() -> None:
    from rich.console import Console

    from api.cli.tables import plain_table
    from domain.grids.posts import is_sat_on
    from domain.shared.in_service import TODAY, is_there

    asked = _LASTING.format(
        today=TODAY,
        sits_on_a=is_sat_on("a", TODAY),
        sits_on_b=is_sat_on("p", TODAY),
        is_there=is_there("b", TODAY),
    )
    with psycopg.connect(database_url()) as database:
        found = database.execute(asked.encode()).fetchall()
    if not found:
        print(t("leave.nobody_is_away"))
        return
    table = plain_table(
        *(
            t(f"leave.{one}")
            for one in ("unit", "person", "from_on", "back", "state", "customers", "stands_in")
        )
    )
    for unit, person, from_on, back_on, is_now, customers, stands_in in found:
        state = t("leave.lasts" if is_now else "leave.comes")
        table.add_row(
            unit,
            person,
            str(from_on),
            str(back_on or t("leave.open")),
            state,
            f"{customers:,}",
            stands_in or t("leave.nobody"),
        )
    Console(soft_wrap=True).print(table)


@leave.command(help=t("leave.enter"))
def add(number: Person, from_on: Day, by: By, back_on: Back = None) -> None:
    from domain.shared.calendar import bank_day
    from domain.tasks.leave import enter_leave
    from geo.following_leave import walks_follow_leave

    first, back = from_on.date(), back_on and back_on.date()

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await enter_leave(
                uow, actor, number, first, back, walks_follow_leave, key=uuid4(), today=bank_day(now)
            )

    signed_in(by, act)
    print(t("leave.entered", number=number, first=first, back=back or t("leave.open")))


@leave.command(help=t("leave.take_back"))
def end(number: Person, by: By) -> None:
    from domain.shared.calendar import bank_day
    from domain.tasks.leave import end_leave
    from geo.following_leave import walks_follow_leave

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await end_leave(uow, actor, number, walks_follow_leave, key=uuid4(), today=bank_day(now))

    signed_in(by, act)
    print(t("leave.ended", number=number))
