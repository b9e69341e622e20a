"""`./yunge staff …`: how much of full time people work, from today on."""

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

staff = typer.Typer(no_args_is_help=True, help=t("staff.people"))
Person = Annotated[str, typer.Argument(help=t("staff.number"), show_default=False)]


@staff.command("part-time", help=t("staff.list_part_time"))
def part_time() -> None:
    from rich.console import Console

    from api.cli.tables import plain_table
    from domain.shared.in_service import TODAY, is_in_service

    asked = f"""
        select u.code, u.name, s.number, s.name, s.full_time_percent, d.from_on
          from staff s join org_units u on u.id = s.org_unit_id
          left join staff_days d on d.staff_id = s.id and d.to_on = 'infinity'
         where s.full_time_percent < 100 and {is_in_service("s", TODAY)} order by u.code, s.number"""  # noqa: S608
    with psycopg.connect(database_url()) as database:
        found = database.execute(asked.encode()).fetchall()
    if not found:
        print(t("staff.all_full_time"))
        return
    table = plain_table(*(t(f"staff.{one}") for one in ("unit", "person", "of_full_time", "since")))
    for unit, unit_name, number, name, percent, since in found:
        table.add_row(f"{unit} {unit_name}", f"{number} {name}", f"{percent} %", str(since or ""))
    Console(soft_wrap=True).print(table)


@staff.command(help=t("staff.set_share"))
def share(
    number: Person,
    percent: Annotated[int, typer.Argument(help=t("staff.percent"), show_default=False)],
    by: By,
) -> None:
    from domain.grids.full_time import set_full_time
    from domain.shared.calendar import bank_day

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await set_full_time(uow, actor, number, percent, key=uuid4(), today=bank_day(now))

    signed_in(by, act)
    print(t("staff.share_set", number=number, percent=percent))
