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
    help=t("授权：某位员工另外能看到的机构、网格或客户", "Grants: what one member of staff sees besides"),
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
_OF = {"UNIT": t("机构", "unit"), "GRID": t("网格", "grid"), "CUSTOMER": t("客户", "customer")}


@grants.command(name="list", help=t("列出没有结束的授权", "List all grants that have not ended"))
def list_grants() -> None:
    with psycopg.connect(database_url()) as database:
        found = database.execute(_LIST).fetchall()
    if not found:
        print(t("没有授权。", "There is no grant."))
        return
    table = Table(box=None, pad_edge=False)
    for heading in (
        t("工号", "number"),
        t("姓名", "name"),
        t("授权", "granted"),
        t("自", "from"),
        t("至", "until"),
        t("理由", "reason"),
    ):
        table.add_column(heading)
    nothing = t("（现行方案没有这个网格，不生效）", "(not in the plan in force, gives nothing)")
    for number, name, of, code, called, gives_nothing, from_on, to_on, reason in found:
        granted = f"{_OF[of]} {code} {called}".rstrip() + (nothing if gives_nothing else "")
        table.add_row(number, name, granted, str(from_on), str(to_on or ""), reason)
    Console().print(table)


@grants.command(
    help=t(
        "提议授权，或修改已有授权的日期（--to 为今天即收回）；另一位同事同意后生效",
        "Propose a grant, or other days of one (--to today takes it back); it holds once a colleague agrees",
    )
)
def propose(
    number: Annotated[str, typer.Argument(help=t("给谁：工号", "for whom: the staff number"))],
    by: By,
    reason: Reason,
    unit: Annotated[
        str | None, typer.Option(help=t("机构号（含下级）", "number of a unit, with all below it"))
    ] = None,
    grid: Annotated[
        str | None, typer.Option(help=t("网格号（换方案后仍按此号）", "code of a grid, in any plan"))
    ] = None,
    customer: Annotated[int | None, typer.Option(help=t("客户号", "id of a customer"))] = None,
    from_on: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help=t("从哪天起（默认今天；已有的不变）", "first day (today, or as it is)"),
        ),
    ] = None,
    to_on: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help=t("到哪天为止（不含）", "up to, without that day")),
    ] = None,
) -> None:
    from domain.shared.calendar import bank_day
    from domain.shared.grant_changes import GRANT_KIND, grant_change
    from domain.shared.proposals import propose as write

    granted = _granted(unit, grid, customer)
    first, end = from_on and from_on.date(), to_on and to_on.date()

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            change = await grant_change(uow, number, granted, first, end, today=bank_day(now))
            return await write(
                uow, actor, GRANT_KIND, change, key=uuid4(), reason=reason, until=None, now=now
            )

    told_proposed(signed_in(by, act))


def _granted(unit: str | None, grid: str | None, customer: int | None) -> "Granted":
    from domain.shared.grant_changes import Granted, GrantOf

    given = {GrantOf.UNIT: unit, GrantOf.GRID: grid, GrantOf.CUSTOMER: customer}
    named = [Granted(of, str(code)) for of, code in given.items() if code is not None]
    if len(named) != 1:
        raise CannotGoOn(
            t(
                "--unit、--grid、--customer 给且只给一个；没有改动。",
                "Give one of --unit, --grid, --customer; nothing was changed.",
            )
        )
    return named[0]
