"""What fills the product and empties it: the night, the demonstration, exports."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.county_options import (
    AsOf,
    Customers,
    InDatum,
    OneCounty,
    Outline,
    Seed,
    Towns,
    Villages,
    day,
    given_county,
)
from api.cli.export import Export
from api.local.place import Place
from api.local.screen import Screen
from api.local.words import t

PANEL = t("app.data")
MINUTES_OF_A_DAY = 1440
SOMETHING_IS_MISSING = 3
PASSED_ON = {"ignore_unknown_options": True}
"""For commands that hand what follows to another program."""


def add_to(app: typer.Typer) -> None:
    """Under one heading of the help, in this order."""
    app.command(rich_help_panel=PANEL, help=t("opening.where_it_stands"))(opening)
    app.command(rich_help_panel=PANEL, help=t("app.carry_out_night"))(night)
    app.command(rich_help_panel=PANEL, help=t("app.replace_demonstration_another"))(demo)
    app.command(rich_help_panel=PANEL, help=t("app.export_as_csv"))(export)
    app.command(
        rich_help_panel=PANEL,
        help=t("app.open_psql_product"),
        context_settings=PASSED_ON,
    )(psql)


def opening() -> None:
    from api.cli.opening import tell_opening

    if not tell_opening():
        raise typer.Exit(SOMETHING_IS_MISSING)


def night(
    date_: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help=t("app.data_date"))
    ] = None,
    full: Annotated[bool, typer.Option("--full", help=t("app.everything_not_only"))] = False,
    retrain: Annotated[bool, typer.Option("--retrain", help=t("app.train_model_anew"))] = False,
    wait: Annotated[bool, typer.Option("--wait", help=t("waiting.for_a_scheduler"))] = False,
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="MINUTES", help=t("waiting.minutes_at_most"))
    ] = None,
) -> None:
    from api.cli.nightly import data_date_of, run_night

    place, screen = Place.default(), Screen()
    if not wait:
        if timeout is not None:
            raise typer.BadParameter(t("waiting.timeout_needs_wait"))
        run_night(place, screen, day(date_), is_full=full, retrain=retrain)
        return
    if timeout is not None and not 0 < timeout <= MINUTES_OF_A_DAY:
        raise typer.BadParameter(t("waiting.timeout_out_of_bounds", most=MINUTES_OF_A_DAY))
    from api.cli.waiting import Waited, wait_for_night
    from api.local.status import noted_database

    wanted = Waited(data_date_of(noted_database(place), day(date_)), full, retrain, timeout)
    raise typer.Exit(wait_for_night(place, screen, wanted))


def demo(
    customers: Customers = None,
    seed: Seed = None,
    as_of: AsOf = None,
    outline: Outline = None,
    datum: InDatum = None,
    county: OneCounty = None,
    towns: Towns = None,
    villages: Villages = None,
) -> None:
    from api.cli.answers import print_welcome
    from api.cli.replacing import replace_demonstration
    from api.local.up import Wanted

    place = Place.default()
    files = given_county(outline, datum, county, towns, villages)
    wanted = Wanted(customers=customers, seed=seed, as_of=day(as_of), county=files)
    replace_demonstration(place, Screen(), wanted)
    print_welcome(place)


def export(
    what: Annotated[Export, typer.Argument()],
    out: Annotated[Path, typer.Option("--out", help=t("app.file_standard_output"))],
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help=t("app.owners_as_they"),
        ),
    ] = None,
) -> None:
    from api.cli.export import write_export
    from api.local.status import noted_database

    rows = write_export(noted_database(Place.default()), what, out, on=on and on.date())
    Screen().line(t("app.rows", value=what.value, rows=f"{rows:,}"))


def psql(arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    from api.local.psql import check_answers, psql_command
    from api.local.status import noted_database

    url = noted_database(Place.default())
    check_answers(url)
    program, given, environment = psql_command(url)
    os.execve(program, ["psql", given, *(arguments or [])], environment)  # noqa: S606
