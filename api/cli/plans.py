"""`./yunge plan …`: drafts of plans, their check and their way into force, by whoever signs in."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer
from rich.console import Console

from api.cli.plan_figures import export, people, print_outlets
from api.cli.signed import By, Reason, database_url, signed_in, told_proposed
from api.cli.tables import plain_table
from api.local.refusal import CannotGoOn
from api.local.words import say, t

if TYPE_CHECKING:
    from domain.grids.acts import Act
    from domain.shared.actor import Actor
    from domain.shared.rows import Rows
    from domain.shared.unit_of_work import OpenUnitOfWork

plans = typer.Typer(no_args_is_help=True, help=t("plans.plans_of_grids"))

STATES = {
    state: t(f"plans.state_{state}")
    for state in ("DRAFT", "CHECKED", "APPROVED", "IN_FORCE", "RETIRED", "DISCARDED")
}
Number = Annotated[int, typer.Argument(help=t("plans.plan_number"), show_default=False)]
Version = Annotated[int | None, typer.Option(min=0, help=t("plans.version"))]
Code = Annotated[str, typer.Argument(help=t("plans.grid_code"), show_default=False)]
Atoms = Annotated[list[str], typer.Argument(help=t("plans.atom_codes"), show_default=False)]
Day = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=t("plans.first_day"))]
Outlet = Annotated[str, typer.Argument(help=t("plans.outlet_code"), show_default=False)]


@plans.command(name="list", help=t("plans.list_all_plans"))
def list_plans() -> None:
    from domain.grids.plan_reading import read_plans
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        found = read_plans(NightRows(database))
    table = plain_table(
        "", *(t(f"plans.head_{one}") for one in ("name", "state", "days", "version", "findings"))
    )
    for plan in found:
        days = f"{plan.from_on or ''} – {plan.to_on or ''}".strip(" –")
        state = STATES[plan.state]
        table.add_row(str(plan.id), plan.name, state, days, str(plan.version), str(len(plan.findings) or ""))
    Console().print(table)


@plans.command(help=t("plans.show_one_plan"))
def show(
    plan: Number,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=t("plans.on_day"))] = None,
) -> None:
    from domain.grids.plan_reading import read_plan
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        rows = NightRows(database)
        found = read_plan(rows, plan)
        print(f"{found.id}  {found.name}  {STATES[found.state]}  {t('plans.head_version')} {found.version}")
        if found.may_cross is not None:
            print(t("plans.crossing", reason=found.may_cross))
        for one in found.findings:
            print(f"  {say(one)}")
        if not found.findings:
            print(t("plans.no_findings"))
        print_outlets(rows, plan, on and on.date())


plans.command(help=t("plans.work_by_person"))(people)
plans.command(help=t("plans.export_plan"))(export)


@plans.command(help=t("plans.make_draft"))
def make(
    name: Annotated[str, typer.Argument(help=t("plans.name"), show_default=False)],
    by: By,
    based_on: Annotated[int | None, typer.Option("--from", help=t("plans.based_on"))] = None,
    empty: Annotated[bool, typer.Option("--empty", help=t("plans.empty"))] = False,
    propose_first: Annotated[bool, typer.Option("--propose", help=t("plans.propose_first"))] = False,
    grids: Annotated[int | None, typer.Option("--grids", help=t("plans.grids_per_outlet"))] = None,
) -> None:
    from domain.grids.drawing_up import make_plan
    from geo.first_plan.proposing import first_plan

    if grids is not None and not propose_first:
        raise CannotGoOn(t("plans.grids_without_propose"))
    source = None if empty else based_on or (None if propose_first else _in_force())
    first = partial(first_plan, grids_per_outlet=grids) if propose_first else None

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await make_plan(uow, actor, name, source, key=uuid4(), first=first)

    made = signed_in(by, act)
    print(t("plans.draft_made", plan=made))
    if propose_first:
        _print_first(made)


@plans.command(help=t("plans.assign_atoms"))
def assign(
    plan: Number,
    atoms: Atoms,
    by: By,
    grid: Annotated[str | None, typer.Option(help=t("plans.grid_code"))] = None,
    version: Version = None,
) -> None:
    from domain.grids import acts
    from domain.grids.drawing_up import atoms_of

    _change(plan, by, version, lambda rows, _today: acts.assign(atoms_of(rows, atoms), grid))


@plans.command(help=t("plans.split_grid"))
def split(
    plan: Number,
    grid: Code,
    code: Annotated[str, typer.Argument(help=t("plans.new_code"), show_default=False)],
    name: Annotated[str, typer.Argument(help=t("plans.new_name"), show_default=False)],
    atoms: Atoms,
    by: By,
    version: Version = None,
) -> None:
    from domain.grids import acts
    from domain.grids.drawing_up import atoms_of

    _change(plan, by, version, lambda rows, _today: acts.split(grid, code, name, atoms_of(rows, atoms)))


@plans.command(help=t("plans.merge_grids"))
def merge(
    plan: Number,
    into: Annotated[str, typer.Argument(help=t("plans.into"), show_default=False)],
    others: Annotated[list[str], typer.Argument(help=t("plans.others"), show_default=False)],
    by: By,
    version: Version = None,
) -> None:
    from domain.grids import acts

    _change(plan, by, version, lambda _rows, _today: acts.merge(into, others))


@plans.command(help=t("plans.rename_grid"))
def rename(
    plan: Number,
    grid: Code,
    name: Annotated[str, typer.Argument(help=t("plans.new_name"), show_default=False)],
    by: By,
    version: Version = None,
) -> None:
    from domain.grids import acts

    _change(plan, by, version, lambda _rows, _today: acts.rename(grid, name))


@plans.command(help=t("plans.give_grid"))
def give(plan: Number, grid: Code, outlet: Outlet, by: By, version: Version = None) -> None:
    from domain.grids import drawing_up

    _change(plan, by, version, lambda rows, today: drawing_up.give(rows, grid, outlet, today))


@plans.command(help=t("plans.seat_post"))
def seat(
    plan: Number,
    grid: Code,
    role: Annotated[str, typer.Argument(help=t("plans.role"), show_default=False)],
    by: By,
    staff: Annotated[str | None, typer.Option(help=t("plans.staff_number"))] = None,
    version: Version = None,
) -> None:
    from domain.grids import drawing_up

    if role.upper() not in ("A", "B"):
        raise CannotGoOn(t("plans.role"))
    _change(plan, by, version, lambda rows, _today: drawing_up.seat(rows, grid, role.upper(), staff))


@plans.command(help=t("plans.limits"))
def limits(
    plan: Number,
    by: By,
    reason: Annotated[str | None, typer.Option(help=t("plans.reason_limits"))] = None,
    version: Version = None,
) -> None:
    from domain.grids import acts

    _change(plan, by, version, lambda _rows, _today: acts.allow_crossing(reason))


@plans.command(help=t("plans.undo"))
def undo(plan: Number, by: By, version: Version = None) -> None:
    _step(plan, by, version, is_redo=False)


@plans.command(help=t("plans.redo"))
def redo(plan: Number, by: By, version: Version = None) -> None:
    _step(plan, by, version, is_redo=True)


@plans.command(help=t("plans.check"))
def check(plan: Number, by: By, version: Version = None) -> None:
    from domain.grids.drawing_up import check_and_draw
    from domain.grids.plan_errors import PlanHasFindings
    from geo.plan_drawing import draw_plan

    at = _latest(plan) if version is None else version

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await check_and_draw(uow, actor, plan, at, draw_plan, key=uuid4())

    try:
        print(t("plans.checked", plan=plan, version=signed_in(by, act)))
    except PlanHasFindings:
        show(plan)
        raise


@plans.command(help=t("plans.propose"))
def propose(plan: Number, by: By, reason: Reason, from_on: Day) -> None:
    from domain.grids.lifecycle import PLAN_KIND, plan_change
    from domain.shared.proposals import propose as write

    change = plan_change(plan, _latest(plan), from_on.date())

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await write(uow, actor, PLAN_KIND, change, key=uuid4(), reason=reason, until=None, now=now)

    told_proposed(signed_in(by, act))


@plans.command(help=t("plans.approve"))
def approve(plan: Number, by: By) -> None:
    from api.cli.proposals import agree

    with psycopg.connect(database_url()) as database:
        found = database.execute(_PROPOSED, [f"Plan:{plan}"]).fetchone()
    if found is None:
        raise CannotGoOn(t("plans.no_proposal", plan=plan))
    agree(found[0], by)


_PROPOSED = """
select id from proposals where kind = 'plan' and subject = %s and state = 'OPEN' and until > now()
 order by id desc limit 1
"""


@plans.command(help=t("plans.recall"))
def recall(plan: Number, by: By) -> None:
    _end(plan, by, is_recalled=True)
    print(t("plans.recalled", plan=plan))


@plans.command(help=t("plans.discard"))
def discard(plan: Number, by: By) -> None:
    _end(plan, by, is_recalled=False)
    print(t("plans.discarded", plan=plan))


def _print_first(plan: int) -> None:
    with psycopg.connect(database_url()) as database:
        told = database.execute(
            """select count(*) filter (where level = 'LARGE'), count(*) filter (where level = 'SMALL'),
                      count(*) filter (where level = 'SMALL' and post_a_id is null),
                      count(distinct org_unit_id) from grids where plan_id = %s""",
            [plan],
        ).fetchone()
    assert told is not None
    large, small, vacant, outlets = told
    print(t("plans.first_proposed", large=large, small=small, outlets=outlets, vacant=vacant, plan=plan))


def _change(plan: int, by: str, version: int | None, ask: Callable[["Rows", date], "Act"]) -> None:
    from domain.grids.drawing_up import change_plan
    from domain.shared.calendar import bank_day

    at = _latest(plan) if version is None else version

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            today = bank_day(now)
            return await change_plan(
                uow, actor, plan, at, lambda rows: ask(rows, today), key=uuid4(), body={}
            )

    print(t("plans.now_version", plan=plan, version=signed_in(by, act)))


def _step(plan: int, by: str, version: int | None, *, is_redo: bool) -> None:
    from domain.grids.drawing_up import step_plan

    at = _latest(plan) if version is None else version

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await step_plan(uow, actor, plan, at, is_redo=is_redo, key=uuid4())

    print(t("plans.now_version", plan=plan, version=signed_in(by, act)))


def _end(plan: int, by: str, *, is_recalled: bool) -> None:
    from domain.grids.drawing_up import end_plan

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await end_plan(uow, actor, plan, is_recalled=is_recalled, key=uuid4())

    signed_in(by, act)


def _latest(plan: int) -> int:
    with psycopg.connect(database_url()) as database:
        found = database.execute("select last_change from plans where id = %s", [plan]).fetchone()
    if found is None:
        raise CannotGoOn(t("plans.no_plan", plan=plan))
    return int(found[0])


def _in_force() -> int | None:
    with psycopg.connect(database_url()) as database:
        found = database.execute("select id from plan_in_force").fetchone()
    return None if found is None else int(found[0])
