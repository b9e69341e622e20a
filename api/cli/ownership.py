"""`./yunge ownership …`: rules and lists by which customers belong to people; tried, proposed, kept."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import psycopg
import typer
from rich.console import Console

from api.cli.signed import By, Reason, database_url, signed_in, told_proposed
from api.cli.tables import plain_table
from api.local.refusal import CannotGoOn
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.proposals import Change
    from domain.shared.unit_of_work import OpenUnitOfWork

ownership = typer.Typer(no_args_is_help=True, help=t("ownership.rules_lists"))
File = Annotated[Path, typer.Argument(help=t("ownership.rule_file"), show_default=False)]
Day = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=t("ownership.first_day"))]


@ownership.command(help=t("ownership.list_rules"))
def rules() -> None:
    from domain.grids.ownership_reading import read_rules
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        found = read_rules(NightRows(database), _bank(), _today())
    if not found:
        print(t("ownership.no_rules"))
        return
    table = plain_table(
        *(t(f"ownership.head_{one}") for one in ("code", "name", "position", "to", "days", "customers"))
    )
    for one in found:
        days = f"{one.from_on} – {one.to_on or ''}".strip(" –")
        days = days if one.in_force else f"{days} ({t('ownership.state_coming')})"
        to = f"{one.to_code} {one.to_name or ''}".strip()
        table.add_row(one.code, one.name, str(one.position), to, days, f"{one.customers:,}")
    Console(soft_wrap=True).print(table)


@ownership.command("try", help=t("ownership.try_rule"))
def try_(file: File) -> None:
    from domain.grids.ownership_changes import tried_rule
    from domain.grids.ownership_trial import try_rule
    from domain.shared.rows import NightRows
    from schema.house import HOUSE

    with psycopg.connect(database_url()) as database:
        rows = NightRows(database)
        tried = tried_rule(rows, HOUSE.language, _read(file, _today()), _today())
        found = try_rule(rows, HOUSE.language, tried)
        people = {
            key: f"{number} {name}"
            for key, number, name in rows.execute("select id, number, name from staff")
        }
        database.rollback()
    table = plain_table(*(t(f"ownership.head_{one}") for one in ("code", "name", "holds", "has")))
    for one in found.rules:
        table.add_row(one.code, one.name, f"{one.holds:,}", f"{one.has:,}")
    Console(soft_wrap=True).print(table)
    for code, customers in found.overlaps:
        print(t("ownership.overlap", code=code, customers=customers))
    for pair in found.handovers:
        before, after = (
            t("ownership.nobody") if key is None else people[key] for key in (pair.from_id, pair.to_id)
        )
        print(t("ownership.handover", before=before, after=after, customers=pair.customers))
    if found.gives_to_nobody:
        print(t("ownership.to_nobody"))
    print(t("ownership.tried_on", day=found.day, hands=found.change_hands, without=found.without_owner))


@ownership.command(help=t("ownership.propose_rule"))
def propose(file: File, by: By, reason: Reason, from_on: Day) -> None:
    _propose(_read(file, from_on.date()), by, reason)


@ownership.command(help=t("ownership.end_rule"))
def end(
    code: Annotated[str, typer.Argument(help=t("ownership.rule_code"), show_default=False)],
    by: By,
    reason: Reason,
    from_on: Day,
) -> None:
    from domain.grids.ownership_changes import end_change
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        change = end_change(NightRows(database), code, from_on.date())
    if change is None:
        raise CannotGoOn(t("ownership.no_rule", code=code))
    _propose(change, by, reason)


@ownership.command(help=t("ownership.list_lists"))
def lists() -> None:
    from domain.grids.ownership_reading import read_lists
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        found = read_lists(NightRows(database), _bank(), _today())
    table = plain_table(
        *(
            t(f"ownership.head_{one}")
            for one in ("code", "name", "kind", "outlet", "a", "b", "named", "customers")
        )
    )
    for one in found:
        posts = (" ".join(person[:2]) if person else "" for person in (one.a, one.b))
        outlet = f"{one.outlet_code} {one.outlet}"
        kind = t(f"ownership.{'kind_' + one.kind}")
        table.add_row(one.code, one.name, kind, outlet, *posts, f"{one.named:,}", f"{one.customers:,}")
    Console(soft_wrap=True).print(table)


@ownership.command("list", help=t("ownership.keep_list"))
def keep(
    code: Annotated[str, typer.Argument(help=t("ownership.code"), show_default=False)],
    name: Annotated[str, typer.Argument(help=t("ownership.name"), show_default=False)],
    outlet: Annotated[str, typer.Option(help=t("ownership.outlet"))],
    by: By,
    kind: Annotated[str, typer.Option(help=t("ownership.kind"))] = "MARKET",
    a: Annotated[str | None, typer.Option("--a", help=t("ownership.post_a"))] = None,
    b: Annotated[str | None, typer.Option("--b", help=t("ownership.post_b"))] = None,
    position: Annotated[int, typer.Option(help=t("ownership.position"))] = 100,
) -> None:
    from domain.grids.list_keeping import ListWish, keep_list
    from domain.shared.calendar import bank_day

    wish = ListWish(code, name, kind.upper(), outlet, a, b, position)
    kept: list[str] = []

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            kept.append(await keep_list(uow, actor, wish, key=uuid4(), today=bank_day(now)))
        return 0

    signed_in(by, act)
    print(t("ownership.kept", code=kept[0]))


@ownership.command(help=t("ownership.cover_list"))
def cover(
    code: Annotated[str, typer.Argument(help=t("ownership.list_or_person"), show_default=False)],
    by: By,
    b: Annotated[str | None, typer.Option("--b", help=t("ownership.post_b_or_nobody"))] = None,
) -> None:
    from domain.grids.list_keeping import cover_list
    from domain.shared.calendar import bank_day

    covered: list[str] = []

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            covered.append(await cover_list(uow, actor, code, b, key=uuid4(), today=bank_day(now)))
        return 0

    signed_in(by, act)
    print(t("ownership.covered", code=covered[0], b=b or t("ownership.nobody")))


def _propose(change: "Change", by: str, reason: str) -> None:
    from domain.grids.ownership_changes import ownership_kind
    from domain.shared.proposals import propose as write
    from schema.house import HOUSE

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            kind = ownership_kind(HOUSE.language)
            return await write(uow, actor, kind, change, key=uuid4(), reason=reason, until=None, now=now)

    told_proposed(signed_in(by, act))


def _read(file: Path, from_on: date) -> "Change":
    from domain.grids.ownership_changes import rule_change

    try:
        given: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return rule_change(
            str(given["code"]),
            name=str(given["name"]),
            position=int(given["position"]),
            unit_code=given.get("unit"),
            condition=given["condition"],
            to_kind=str(given["to"]),
            to_code=str(given["of"]),
            from_on=from_on,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise CannotGoOn(t("ownership.cannot_read", file=file)) from None


def _today() -> date:
    from datetime import UTC

    from domain.shared.calendar import bank_day

    return bank_day(datetime.now(UTC))


def _bank() -> "Actor":
    """Whoever may run commands here reads for the whole bank, as all lists of the command line do."""
    from domain.shared.actor import Actor, RoleScope, Scope

    return Actor(0, 0, "", 0, Scope(RoleScope.BANK))
