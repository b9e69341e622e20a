"""`./yunge parameter …`: what the bank has decided, and when. Two persons change it, at the desk."""

import json
from datetime import date, timedelta
from typing import Any

import psycopg
import typer
from rich.console import Console

from api.cli.tables import plain_table
from api.local.place import Place
from api.local.status import noted_database
from api.local.words import t

parameters = typer.Typer(
    no_args_is_help=True,
    help=t("parameters.parameters_values_history"),
)


@parameters.command(name="list", help=t("parameters.list_all_values"))
def list_parameters() -> None:
    from domain.shared.data_date import data_date_in_force
    from domain.shared.parameters import parameters_on
    from schema.parameters.declared import PARAMETERS

    table = plain_table(
        t("parameters.parameter"), t("parameters.value"), t("parameters.unit"), t("parameters.default")
    )
    with _database() as database:
        # Before the first night nothing holds but what holds for all days past.
        day = data_date_in_force(database) or date.today() - timedelta(days=1)  # noqa: DTZ011
        values = parameters_on(database, day, PARAMETERS)
    for one in PARAMETERS:
        table.add_row(one.name, _text(values[one.name]), one.unit, _text(one.default))
    Console().print(t("parameters.data_date", day=day))
    Console().print(table)


_HISTORY = """
select v.from_on, v.to_on, v.value, proposer.name, decider.name, v.recorded_at, v.reason
  from parameter_versions v
  join proposals p on p.id = v.proposal_id
  join staff proposer on proposer.id = p.proposed_by_id
  join staff decider on decider.id = v.decided_by_id
 where v.name = %s order by v.from_on desc, v.id desc
"""


@parameters.command(help=t("parameters.all_values_one"))
def history(name: str) -> None:
    from domain.shared.parameters import named
    from schema.parameters.declared import PARAMETERS

    one = named(PARAMETERS, name)
    with _database() as database:
        versions = database.execute(_HISTORY, [one.name]).fetchall()
    if not versions:
        print(t("parameters.never_changed_default", text=_text(one.default)))
        return
    table = plain_table(
        t("parameters.from"),
        t("parameters.until"),
        t("parameters.value"),
        t("parameters.proposed"),
        t("parameters.agreed"),
        t("parameters.recorded"),
        t("parameters.reason"),
    )
    for from_on, to_on, value, proposer, decider, recorded_at, reason in versions:
        day = f"{recorded_at:%Y-%m-%d}"
        table.add_row(str(from_on), str(to_on or ""), _text(value), proposer, decider, day, reason)
    Console().print(table)


def _database() -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(noted_database(Place.default()))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
