"""Options of the demonstration: how many, of which day, and the files of another county."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.local.refusal import CannotGoOn
from api.local.words import t
from geo.datum_names import Datum

if TYPE_CHECKING:
    from api.county.given import GivenFiles

Customers = Annotated[
    int | None,
    typer.Option(min=1000, max=1_000_000, help=t("app.demonstration_customers_60000")),
]
Seed = Annotated[int | None, typer.Option(min=0, help=t("app.generator_seed_1"))]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help=t("app.data_date_yesterday"),
    ),
]
Outline = Annotated[Path | None, typer.Option("--outline", help=t("app.outline_file"))]
InDatum = Annotated[Datum | None, typer.Option("--datum", case_sensitive=False, help=t("app.datum_of_files"))]
OneCounty = Annotated[str | None, typer.Option("--county", help=t("app.county_in_file"))]
Towns = Annotated[Path | None, typer.Option("--towns", help=t("app.towns_file"))]
Villages = Annotated[Path | None, typer.Option("--villages", help=t("app.villages_file"))]


def given_county(
    outline: Path | None, datum: Datum | None, county: str | None, towns: Path | None, villages: Path | None
) -> "GivenFiles | None":
    """The files of another county; a sentence where what belongs together is not all there."""
    from api.county.given import GivenFiles

    if outline is None:
        if datum or county or towns or villages:
            raise CannotGoOn(t("given_county.needs_outline"))
        return None
    if datum is None:
        raise CannotGoOn(t("given_county.needs_datum"))
    return GivenFiles(outline, datum, county, towns, villages)


def day(given: datetime | None) -> date | None:
    return given.date() if given else None
