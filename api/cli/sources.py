"""`./yunge sources …`: on what basis outside feeds are held, and noting or ending it as one who signs in."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

from api.cli.signed import By, Reason, database_url, signed_in
from api.local.words import t

if TYPE_CHECKING:
    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

sources = typer.Typer(no_args_is_help=True, help=t("sources.of_outside_feeds"))

SOON_DAYS = 30


@sources.command(name="list", help=t("sources.list_all"))
def list_sources() -> None:
    from datetime import UTC

    from domain.feeds.contracts import FEEDS
    from domain.feeds.noting import LISTED
    from domain.shared.calendar import bank_day

    today = bank_day(datetime.now(UTC))
    with psycopg.connect(database_url()) as database:
        # What has no end is told as the last day that a date can be.
        found = database.execute(
            "select feed, told_by, basis, purpose, document, from_on, nullif(until_on, 'infinity'), ended_on,"  # noqa: S608
            f" ended_reason, name, is_held from ({LISTED}) listed (feed, told_by, basis, purpose, document, from_on,"
            " until_on, ended_on, ended_reason, name, is_held)",
            {"day": today},
        ).fetchall()
    held = {row[0] for row in found if row[-1]}
    for feed, told_by, basis, purpose, document, from_on, until_on, ended_on, why, who, is_held in found:
        until = t("sources.no_end") if until_on is None else until_on.isoformat()
        state = t("sources.in_force") if is_held else t("sources.not_in_force")
        ground = t(f"source_basis.{basis}")
        name = feed if told_by is None else f"{feed} · {told_by}"
        print(f"{name}  {ground}  {from_on} – {until}  {state}")
        if basis == "NOT_NOTED":
            print(f"    {t('sources.note_it', feed=feed)}")
        else:
            print(f"    {t('sources.told', purpose=purpose, document=document, who=who or '–')}")
        if ended_on is not None:
            print(f"    {t('sources.was_ended', day=ended_on, why=why)}")
        elif is_held and until_on is not None and (until_on - today).days < SOON_DAYS:
            print(f"    {t('sources.ends_soon', days=(until_on - today).days)}")
    for feed in (one.name for one in FEEDS.values() if one.is_outside):
        if feed not in held:
            print(t("sources.without", feed=feed))


Feed = Annotated[str, typer.Argument(help=t("sources.which_feed"), show_default=False)]
ToldBy = Annotated[str | None, typer.Option("--told-by", help=t("sources.which_party"), show_default=False)]


@sources.command(help=t("sources.renew_basis"))
def renew(
    feed: Feed,
    basis: Annotated[str, typer.Option("--basis", help=t("sources.which_basis"))],
    purpose: Annotated[str, typer.Option("--purpose", help=t("sources.for_what"))],
    document: Annotated[str, typer.Option("--document", help=t("sources.which_document"))],
    until: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help=t("sources.last_day"))],
    by: By,
    from_on: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=t("sources.first_day"))
    ] = None,
    told_by: ToldBy = None,
) -> None:
    from domain.feeds.noting import Basis, renew_source
    from domain.shared.calendar import bank_day

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        today = bank_day(now)
        first = from_on.date() if from_on else today
        noted = Basis(basis.upper(), purpose, document, first, until.date(), told_by)
        async with open_unit_of_work() as uow:
            return await renew_source(uow, actor, feed, noted, today=today)

    signed_in(by, act)
    print(t("sources.renewed", feed=feed if told_by is None else f"{feed} · {told_by}", until=until.date()))


@sources.command(help=t("sources.end_basis"))
def end(feed: Feed, by: By, reason: Reason, told_by: ToldBy = None) -> None:
    from domain.feeds.noting import end_source
    from domain.shared.calendar import bank_day

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await end_source(uow, actor, feed, reason, today=bank_day(now), told_by=told_by)

    signed_in(by, act)
    print(t("sources.ended", feed=feed if told_by is None else f"{feed} · {told_by}"))
