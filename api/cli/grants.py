"""`./yunge grant …`: what one member of staff sees beside what his role gives, and proposing it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from api.cli.signed import By, Reason, database_url, signed_in, told_proposed
from api.local.refusal import CannotGoOn
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.grant_changes import Granted
    from domain.shared.unit_of_work import OpenUnitOfWork

grants = typer.Typer(
    no_args_is_help=True,
    help=t("grants.grants_what_one"),
)

# A grid is looked for in the plan in force: that is where the grant finds it.
_LIST = """
select staff.number, staff.name,
       case when g.unit_id is not null then 'UNIT' when g.grid_code is not null then 'GRID' else 'CUSTOMER' end,
       coalesce(unit.code, g.grid_code, g.customer_id::text), coalesce(unit.name, grid.name, ''),
       g.grid_code is not null and grid.id is null, g.from_on, g.to_on, coalesce(p.reason, '')
  from scope_grants g
  join staff on staff.id = g.staff_id
  left join org_units unit on unit.id = g.unit_id
  left join grids grid on grid.code = g.grid_code and grid.plan_id = (select id from plan_in_force)
  left join proposals p on p.id = g.proposal_id
 where g.to_on is null or g.to_on > (now() at time zone 'Asia/Shanghai')::date
 order by staff.number, g.from_on, g.id
"""
_OF = {"UNIT": t("grants.unit"), "GRID": t("grants.grid"), "CUSTOMER": t("grants.customer")}


@grants.command(name="list", help=t("grants.list_all_grants"))
def list_grants() -> None:
    with psycopg.connect(database_url()) as database:
        found = database.execute(_LIST).fetchall()
    if not found:
        print(t("grants.there_no_grant"))
        return
    table = Table(box=None, pad_edge=False)
    for heading in (
        t("grants.number"),
        t("grants.name"),
        t("grants.granted"),
        t("grants.from"),
        t("grants.until"),
        t("grants.reason"),
    ):
        table.add_column(heading)
    nothing = t("grants.not_plan_force")
    for number, name, of, code, called, gives_nothing, from_on, to_on, reason in found:
        granted = f"{_OF[of]} {code} {called}".rstrip() + (nothing if gives_nothing else "")
        table.add_row(number, name, granted, str(from_on), str(to_on or ""), reason)
    Console().print(table)


@grants.command(help=t("grants.propose_grant_or"))
def propose(
    number: Annotated[str, typer.Argument(help=t("grants.for_whom_staff"))],
    by: By,
    reason: Reason,
    unit: Annotated[str | None, typer.Option(help=t("grants.number_unit_all"))] = None,
    grid: Annotated[str | None, typer.Option(help=t("grants.code_grid_any"))] = None,
    customer: Annotated[int | None, typer.Option(help=t("grants.id_customer"))] = None,
    from_on: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help=t("grants.first_day_today"),
        ),
    ] = None,
    to_on: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help=t("grants.up_without_that")),
    ] = None,
) -> None:
    from domain.shared.calendar import bank_day
    from domain.shared.grant_changes import GRANT_KIND, grant_asked
    from domain.shared.proposals import propose as write

    granted = _granted(unit, grid, customer)
    first, end = from_on and from_on.date(), to_on and to_on.date()

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            asked = grant_asked(uow, number, granted, first, end, today=bank_day(now))
            return await write(uow, actor, GRANT_KIND, asked, key=uuid4(), reason=reason, until=None, now=now)

    told_proposed(signed_in(by, act))


def _granted(unit: str | None, grid: str | None, customer: int | None) -> "Granted":
    from domain.shared.grant_changes import Granted, GrantOf

    given = {GrantOf.UNIT: unit, GrantOf.GRID: grid, GrantOf.CUSTOMER: customer}
    named = [Granted(of, str(code)) for of, code in given.items() if code is not None]
    if len(named) != 1:
        raise CannotGoOn(t("grants.give_one_unit"))
    return named[0]
