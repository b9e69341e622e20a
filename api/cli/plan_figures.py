"""What `./yunge plan show | people | export` give: a plan by outlet, by person, and as a file."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer
from rich.console import Console

from api.cli.signed import database_url
from api.cli.tables import plain_table
from api.local.refusal import CannotGoOn
from api.local.words import t

if TYPE_CHECKING:
    from domain.grids.plan_reading import GridRead
    from domain.performance.plan_figures import Figures
    from domain.shared.rows import Rows


def print_outlets(rows: "Rows", plan: int, day: date | None) -> None:
    from domain.performance.work_of_people import heaviest_to_lightest, work_of_people

    grids, figures = _grids_and_figures(rows, plan, day)
    people = work_of_people(grids, figures)
    outlets: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for grid in grids:
        if grid.level == "SMALL":
            outlets.setdefault(grid.outlet_code, []).append(grid.code)
            names[grid.outlet_code] = grid.outlet
    columns = ("outlet", "grids", "customers", "key", "hours", "lightest", "heaviest", "evenness", "hands")
    table = plain_table(*(t(f"plans.{one}") for one in columns))
    for outlet, codes in sorted(outlets.items()):
        of = [figures[code] for code in codes]
        hours = [one.minutes / 60 for one in of]
        evenness = heaviest_to_lightest(people.get(outlet, ()))
        table.add_row(
            f"{outlet} {names[outlet]}",
            str(len(codes)),
            f"{sum(one.customers for one in of):,}",
            f"{sum(one.key_customers for one in of):,}",
            f"{sum(hours):,.0f}",
            f"{min(hours):,.1f}",
            f"{max(hours):,.1f}",
            "–" if evenness is None else f"{evenness:.2f}",
            f"{sum(one.changes_hands for one in of):,}",
        )
    Console().print(table)


def people(
    plan: Annotated[int, typer.Argument(help=t("plans.plan_number"), show_default=False)],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=t("plans.on_day"))] = None,
) -> None:
    from domain.grids.plan_reading import read_plan
    from domain.performance.work_of_people import work_of_people
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        rows = NightRows(database)
        found = work_of_people(*_grids_and_figures(rows, read_plan(rows, plan).id, on and on.date()))
    columns = ("outlet", "person", "share", "grids", "minutes", "minutes_full_time")
    table = plain_table(*(t(f"plans.{one}") for one in columns))
    for outlet, those in sorted(found.items()):
        for one in those:
            table.add_row(
                outlet,
                f"{one.number} {one.name}",
                f"{one.full_time_percent} %",
                str(one.grids),
                f"{one.minutes:,.0f}",
                f"{one.minutes_full_time:,.0f}",
            )
    Console(soft_wrap=True).print(table)


def _grids_and_figures(
    rows: "Rows", plan: int, day: date | None
) -> "tuple[list[GridRead], dict[str, Figures]]":
    from domain.grids.plan_reading import read_grids
    from domain.performance.plan_figures import figures_of_grids
    from domain.shared.parameters import defaults_of, parameters_in_force
    from schema.house import HOUSE

    values = {**defaults_of(HOUSE.parameters), **parameters_in_force(rows)}
    return read_grids(rows, plan), figures_of_grids(rows, plan, day, values)


def export(
    plan: Annotated[int, typer.Argument(help=t("plans.plan_number"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=t("plans.export_out"))],
) -> None:
    from domain.grids.plan_errors import PlanNotFound
    from domain.shared.rows import NightRows
    from geo.plan_export import exported_plan
    from geo.writing_exports import ENDINGS, write_grids

    ending = out.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise CannotGoOn(t("plans.export_ending", endings=" ".join(f".{one}" for one in ENDINGS)))
    if not out.parent.is_dir():
        raise CannotGoOn(t("export.there_no_folder", parent=out.parent))
    with psycopg.connect(database_url()) as database:
        try:
            found = exported_plan(NightRows(database), plan)
        except PlanNotFound:
            raise CannotGoOn(t("plans.no_plan", plan=plan)) from None
    write_grids(out, ending, found.columns, found.shapes)
    print(t("plans.exported", out=out, grids=len(found.shapes), version=found.version))
