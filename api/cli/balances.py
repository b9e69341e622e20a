"""`./yunge plan balance|proposal|take`: even work over a draft, proposed three ways, looked at and taken over."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import psycopg
import typer

from api.cli.signed import By, database_url, signed_in
from api.local.refusal import CannotGoOn
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

Weight = Annotated[float, typer.Option(help=t("balances.weight"), show_default=True)]
_CHARACTERS = {
    "EVEN": t("balances.even"),
    "FEW": t("balances.few"),
    "SHORT": t("balances.short"),
}
_OBSTACLES = {
    "ATOM": t("balances.in_way_atom"),
    "LOCKED_PERSON": t("balances.in_way_locked_person"),
    "LOCKED_GRID": t("balances.in_way_locked_grid"),
    "LOCKED_ATOM": t("balances.in_way_locked_atom"),
    "LOCKS": t("balances.in_way_locks"),
    "TOWN_LIMIT": t("balances.in_way_town"),
    "CONNECTED": t("balances.in_way_connected"),
    "NOBODY": t("balances.in_way_nobody"),
}
_PROPOSALS = """
select id, character, even_before, even_after, outlets, customers, atoms_moved, posts_changed, away_m_before,
       away_m_after
  from plan_proposals where balance_id = %s order by id
"""
_UNEVEN = """
select p.id, u.code || ' ' || u.name, o.evenness_before, o.evenness_after, o.obstacle, o.obstacle_what,
       o.obstacle_is_proven, o.obstacle_minutes, o.obstacle_others
  from plan_proposals p join plan_proposal_outlets o on o.proposal_id = p.id join org_units u on u.id = o.org_unit_id
 where p.balance_id = %s and o.obstacle is not null order by p.id, u.code
"""
_OUTLETS = """
select u.code, u.name, o.evenness_before, o.evenness_after
  from plan_proposal_outlets o join org_units u on u.id = o.org_unit_id where o.proposal_id = %s order by u.code
"""
_PEOPLE = """
select u.code, s.number, s.name, p.percent, p.minutes_before, p.minutes_after
  from plan_proposal_people p join staff s on s.id = p.staff_id join org_units u on u.id = p.org_unit_id
 where p.proposal_id = %s order by u.code, s.number
"""
_HANDS = """
select coalesce(a.number || ' ' || a.name, '–'), b.number || ' ' || b.name, h.customers, h.atoms
  from plan_proposal_hands h left join staff a on a.id = h.from_id join staff b on b.id = h.to_id
 where h.proposal_id = %s order by h.customers desc, h.id
"""


def add_to(plans: typer.Typer) -> None:
    """The commands among those of plans."""
    plans.command("balance", help=t("balances.propose_even_work"))(balance)
    plans.command("proposal", help=t("balances.one_proposal_with"))(proposal)
    plans.command("take", help=t("balances.take_proposal_over"))(take)


def balance(
    plan: Annotated[int, typer.Argument(help=t("balances.number_draft"), show_default=False)],
    by: By,
    even: Weight = 1.0,
    few: Weight = 1.0,
    short: Weight = 1.0,
    seed: Annotated[int, typer.Option(help=t("balances.seed"))] = 1,
    lock_atom: Annotated[list[str] | None, typer.Option(help=t("balances.lock_atom"))] = None,
    lock_grid: Annotated[list[str] | None, typer.Option(help=t("balances.lock_grid"))] = None,
    lock_staff: Annotated[list[str] | None, typer.Option(help=t("balances.lock_staff"))] = None,
    share: Annotated[list[str] | None, typer.Option(help=t("balances.share"))] = None,
    also: Annotated[list[str] | None, typer.Option(help=t("balances.also"))] = None,
    across_outlets: Annotated[bool, typer.Option("--across-outlets", help=t("balances.across"))] = False,
) -> None:
    from domain.grids.balances import Wish

    wish = Wish(
        even,
        few,
        short,
        seed,
        tuple(lock_atom or ()),
        tuple(lock_grid or ()),
        tuple(lock_staff or ()),
        dict(_share(one) for one in share or ()),
        tuple(also or ()),
        across_outlets,
    )
    url = database_url()

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        from domain.grids.balance_acts import ask

        async with open_unit_of_work() as uow:
            number = await ask(uow, actor, plan, wish, key=uuid4(), is_queued=False)
        await asyncio.to_thread(_answer, url, number)
        return number

    _print_proposals(url, signed_in(by, act))


def _share(text: str) -> tuple[str, int]:
    number, _, percent = text.partition("=")
    if not number or not percent.isascii() or not percent.isdigit():
        raise CannotGoOn(t("balances.share_not_read", text=text))
    return number, int(percent)


def _answer(url: str, number: int) -> None:
    """Here and now, in this process: whoever waits at the command line needs no worker."""
    from domain.shared.data_date import data_date_in_force
    from domain.shared.errors import DomainError
    from domain.shared.parameters import parameters_on
    from geo.balance_proposals import answer_balance, note_failed
    from schema.parameters.declared import PARAMETERS

    with psycopg.connect(url) as connection:
        day = data_date_in_force(connection) or (datetime.now(UTC) - timedelta(days=1)).date()
        try:
            with connection.transaction():
                answer_balance(
                    connection, number, parameters_on(connection, day, PARAMETERS), lambda _done: None
                )
        except DomainError as refused:
            note_failed(connection, number, refused.statement)
            connection.commit()
            raise


def _print_proposals(url: str, number: int) -> None:
    from rich.console import Console

    from api.cli.tables import plain_table

    with psycopg.connect(url) as connection:
        proposals = connection.execute(_PROPOSALS, [number]).fetchall()
        uneven = connection.execute(_UNEVEN, [number]).fetchall()
    table = plain_table(
        t("balances.proposal"),
        t("balances.kind"),
        t("balances.outlets_even"),
        t("balances.customers"),
        t("balances.atoms"),
        t("balances.posts"),
        t("balances.away_m"),
    )
    for key, kind, before, after, outlets, customers, atoms, posts, away, away_after in proposals:
        table.add_row(
            str(key),
            _CHARACTERS[kind],
            f"{before} → {after} / {outlets}",
            f"{customers:,}",
            str(atoms),
            str(posts),
            f"{away:,.0f} → {away_after:,.0f}",
        )
    Console(soft_wrap=True).print(table)
    for key, unit, before, after, kind, what, is_proven, minutes, others in uneven:
        said = _OBSTACLES[kind] + (f" {what}" if what else "")
        proof = t("balances.proven") if is_proven else t("balances.nothing_better")
        figures = f"{minutes:,.0f} : {others:,.0f}"
        print(f"{key}  {unit}  {_ratio(before)} → {_ratio(after)}  {said} ({proof}, {figures})")


def _ratio(value: float | None) -> str:
    return "∞" if value is None else f"{value:.2f}"


Number = Annotated[int, typer.Argument(help=t("balances.number_proposal"), show_default=False)]


def proposal(number: Number) -> None:
    from rich.console import Console

    from api.cli.tables import plain_table

    with psycopg.connect(database_url()) as connection:
        found: list[list[Any]] = [
            connection.execute(one, [number]).fetchall() for one in (_OUTLETS, _PEOPLE, _HANDS)
        ]
    outlets, people, hands = found
    if not outlets:
        raise CannotGoOn(t("balances.there_no_proposal", number=number))
    screen = Console(soft_wrap=True)
    table = plain_table(t("balances.outlet"), "", t("balances.evenness"))
    for code, name, before, after in outlets:
        table.add_row(code, name, f"{_ratio(before)} → {_ratio(after)}")
    screen.print(table)
    table = plain_table(t("balances.outlet"), t("balances.staff"), "", "%", t("balances.minutes"))
    for unit, key, name, percent, before, after in people:
        table.add_row(unit, key, name, str(percent), f"{before:,.0f} → {after:,.0f}")
    screen.print(table)
    table = plain_table(t("balances.from"), t("balances.to"), t("balances.customers"), t("balances.atoms"))
    for giver, taker, customers, atoms in hands:
        table.add_row(giver, taker, f"{customers:,}", str(atoms))
    screen.print(table)


def take(number: Number, by: By) -> None:
    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", _now: datetime) -> int:
        from domain.grids.balance_acts import take as take_over

        async with open_unit_of_work() as uow:
            return await take_over(uow, actor, number, key=uuid4())

    signed_in(by, act)
    print(t("balances.taken_over", number=number))
