"""The commands, each a thin doorway. Modules behind a command are loaded when it runs, so that help is quick."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import rich_utils

from api.cli.accounts import accounts
from api.cli.audit import audit
from api.cli.balances import add_to as add_balances_to
from api.cli.batches import batches
from api.cli.export import Export
from api.cli.feeds import feeds
from api.cli.grants import grants
from api.cli.imports import imports
from api.cli.leave import leave
from api.cli.ownership import ownership
from api.cli.parameters import parameters
from api.cli.plans import plans
from api.cli.posts import posts
from api.cli.proposals import proposals
from api.cli.roles import roles
from api.cli.rules import rules
from api.cli.sources import sources
from api.cli.staff import staff
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.words import t
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask
from geo.datum_names import Datum

if TYPE_CHECKING:
    from api.county.given import GivenFiles

# Typer speaks English alone; its headings are the ones that everybody reads.
rich_utils.ARGUMENTS_PANEL_TITLE = t("app.arguments")
rich_utils.OPTIONS_PANEL_TITLE = t("app.options")
rich_utils.COMMANDS_PANEL_TITLE = t("app.commands")
rich_utils.REQUIRED_LONG_STRING = t("app.words")
rich_utils.DEFAULT_STRING = t("app.default")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t("app.yunge_last_night"),
)
RUN = t("app.run")
DATA = t("app.data")
WORK = t("app.develop")
MINUTES_OF_A_DAY = 1440
SOMETHING_IS_MISSING = 3

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


def _given_county(
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


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@app.command(
    rich_help_panel=RUN,
    help=t("app.bring_everything_up"),
)
def up(
    production: Annotated[bool, typer.Option("--production", help=t("app.no_demonstration"))] = False,
    customers: Customers = None,
    seed: Seed = None,
    as_of: AsOf = None,
    host: Annotated[str, typer.Option(help=t("app.address_listen"))] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help=t("app.8610_or_next")),
    ] = None,
    tls: Annotated[bool, typer.Option("--tls", help=t("app.self_made_certificate"))] = False,
    prepare: Annotated[bool, typer.Option("--prepare", help=t("units.start_nothing"))] = False,
    outline: Outline = None,
    datum: InDatum = None,
    county: OneCounty = None,
    towns: Towns = None,
    villages: Villages = None,
    bundle: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help=t("bundling.without_a_network"))
    ] = None,
) -> None:
    from api.cli.answers import print_welcome
    from api.local.up import Wanted, bring_up
    from api.settings import Mode

    mode = Mode.PRODUCTION if production else Mode.DEMONSTRATION
    if prepare and not production:
        raise typer.BadParameter(t("units.prepare_needs_production"))
    place = Place.default()
    files = _given_county(outline, datum, county, towns, villages)
    wanted = Wanted(
        mode,
        customers,
        seed,
        _day(as_of),
        host,
        port,
        bundle is not None,
        tls,
        files,
        is_prepared_only=prepare,
    )
    bring_up(place, wanted, Screen())
    if not prepare:
        print_welcome(place)


@app.command(
    rich_help_panel=RUN,
    help=t("app.stop_everything_data"),
)
def down() -> None:
    from api.local.servers import stop_servers
    from api.local.state import alone
    from api.local.supervisor import Supervisor

    place, screen = Place.default(), Screen()
    with alone(place):
        stopped = [t("app.application_workers")] if Supervisor(place).stop() else []
        stopped += stop_servers(place)
    screen.line(
        t("app.stopped") + (t("app.words_again").join(stopped) if stopped else t("app.nothing_was_running"))
    )


@app.command("bundle", rich_help_panel=RUN, help=t("bundling.one_file_for_a_bank"))
def make_bundle_(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=t("bundling.the_file"))],
) -> None:
    from api.local.bundling.making import make_bundle

    made = make_bundle(Place.default(), Screen(), out)
    Screen().line(t("bundling.made", path=made.path, mib=f"{made.size / (1 << 20):,.0f}"))
    print(f"{made.sha256}  {made.path.name}")


@app.command(rich_help_panel=RUN, help=t("units.write_them"))
def units(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=t("units.the_folder"))],
) -> None:
    from api.local.units import write_units

    for path in write_units(Place.default(), out):
        print(path)
    Screen().line(t("units.what_now"))


@app.command(rich_help_panel=RUN, help=t("backups.take_one"))
def backup(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=t("backups.its_folder"))],
    keep: Annotated[int | None, typer.Option("--keep", min=1, help=t("backups.how_many_stay"))] = None,
) -> None:
    from api.local.backups.taking import take_backup

    taken = take_backup(Place.default(), Screen(), out, keep=keep)
    size, seconds = f"{taken.size / (1 << 20):,.0f}", f"{taken.seconds:.0f}"
    Screen().line(t("backups.taken", size=size, seconds=seconds, removed=taken.removed))
    print(taken.folder)


@app.command(rich_help_panel=RUN, help=t("backups.put_one_back"))
def restore(
    folder: Annotated[Path, typer.Argument(help=t("backups.which_one"))],
    replace: Annotated[bool, typer.Option("--replace", help=t("backups.instead_of_data"))] = False,
) -> None:
    from api.local.backups.restoring import restore_backup

    done = restore_backup(Place.default(), Screen(), folder, may_replace=replace)
    facts = {"taken_at": done.facts.get("taken_at"), "data_date": done.facts.get("data_date") or "–"}
    Screen().line(t("backups.restored", seconds=f"{done.seconds:.0f}", **facts))


@app.command(rich_help_panel=RUN, help=t("app.where_what_runs"))
def status(
    as_json: Annotated[bool, typer.Option("--json", help=t("app.one_json_object"))] = False,
) -> None:
    from api.cli.answers import print_status
    from api.local.status import describe

    found = describe(Place.default())
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        print_status(found)


@app.command(rich_help_panel=RUN, help=t("app.follow_logs_ctrl"))
def logs(
    follow: Annotated[bool, typer.Option(help=t("app.keep_following"))] = True,
    lines: Annotated[int, typer.Option(min=0, help=t("app.lines_past"))] = 20,
) -> None:
    from api.local.log_files import is_written, worth_following

    place = Place.default()
    files = [str(path) for path in worth_following(place)]
    if not files:
        raise CannotGoOn(t("app.there_no_logs"))
    if follow and not is_written(place):
        follow = False
        Screen().line(t("app.nothing_running_this"))
    os.execvp("tail", ["tail", "-n", str(lines), *(["-F"] if follow else []), *files])  # noqa: S606, S607


@app.command(
    rich_help_panel=RUN,
    help=t("app.print_bearer_token"),
)
def token(account: Annotated[str, typer.Argument(help=t("app.such_as_manager1"))]) -> None:
    from api.local.tokens import make_token

    print(make_token(Place.default(), account))


app.add_typer(accounts, name="account", rich_help_panel=RUN)
app.add_typer(roles, name="role", rich_help_panel=RUN)
app.add_typer(grants, name="grant", rich_help_panel=RUN)
app.add_typer(parameters, name="parameter", rich_help_panel=RUN)
app.add_typer(proposals, name="proposal", rich_help_panel=RUN)
add_balances_to(plans)
app.add_typer(plans, name="plan", rich_help_panel=RUN)
app.add_typer(posts, name="post", rich_help_panel=RUN)
app.add_typer(staff, name="staff", rich_help_panel=RUN)
app.add_typer(leave, name="leave", rich_help_panel=RUN)
app.add_typer(ownership, name="ownership", rich_help_panel=RUN)
app.add_typer(batches, name="batch", rich_help_panel=DATA)
app.add_typer(feeds, name="feeds", rich_help_panel=DATA)
app.add_typer(sources, name="sources", rich_help_panel=DATA)
app.add_typer(imports, name="import", rich_help_panel=DATA)
app.add_typer(rules, name="rules", rich_help_panel=DATA)
app.add_typer(audit, name="audit", rich_help_panel=DATA)


@app.command(rich_help_panel=DATA, help=t("opening.where_it_stands"))
def opening() -> None:
    from api.cli.opening import tell_opening

    if not tell_opening():
        raise typer.Exit(SOMETHING_IS_MISSING)


@app.command(rich_help_panel=DATA, help=t("app.carry_out_night"))
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
        run_night(place, screen, _day(date_), is_full=full, retrain=retrain)
        return
    if timeout is not None and not 0 < timeout <= MINUTES_OF_A_DAY:
        raise typer.BadParameter(t("waiting.timeout_out_of_bounds", most=MINUTES_OF_A_DAY))
    from api.cli.waiting import Waited, wait_for_night
    from api.local.status import noted_database

    wanted = Waited(data_date_of(noted_database(place), _day(date_)), full, retrain, timeout)
    raise typer.Exit(wait_for_night(place, screen, wanted))


@app.command(
    rich_help_panel=DATA,
    help=t("app.replace_demonstration_another"),
)
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
    files = _given_county(outline, datum, county, towns, villages)
    wanted = Wanted(customers=customers, seed=seed, as_of=_day(as_of), county=files)
    replace_demonstration(place, Screen(), wanted)
    print_welcome(place)


@app.command(
    rich_help_panel=DATA,
    help=t("app.export_as_csv"),
)
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


@app.command(rich_help_panel=DATA, help=t("app.open_psql_product"),
             context_settings={"ignore_unknown_options": True})  # fmt: skip
def psql(arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    from api.local.psql import check_answers, psql_command
    from api.local.status import noted_database

    url = noted_database(Place.default())
    check_answers(url)
    program, given, environment = psql_command(url)
    os.execve(program, ["psql", given, *(arguments or [])], environment)  # noqa: S606


@app.command(
    rich_help_panel=WORK,
    help=t("app.development_reload_free"),
)
def dev() -> None:
    from api.cli.develop import develop

    develop(Place.default(), Screen())


@app.command(
    rich_help_panel=WORK,
    help=t("app.format_lint_types"),
)
def check() -> None:
    from api.cli.checks import run_checks

    run_checks(Place.default(), Screen(), with_web_tests=False)


@app.command(
    "test",
    rich_help_panel=WORK,
    help=t("app.every_check_test"),
    context_settings={"ignore_unknown_options": True},
)
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help=t("app.folders_or_files")),
    ] = None,
    slow: Annotated[
        bool,
        typer.Option("--slow", help=t("app.long_ones_35")),
    ] = False,
) -> None:
    from api.cli.testing import run_everything, run_paths, run_slow

    chosen = paths or []
    if slow:
        raise typer.Exit(run_slow(Screen(), chosen))
    raise typer.Exit(run_paths(Screen(), chosen) if chosen else run_everything(Screen()))


@app.command(rich_help_panel=WORK, help=t("app.run_benchmark_such"),
             context_settings={"ignore_unknown_options": True})  # fmt: skip
def bench(name: str, arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    from api.cli.benchmarks import run_benchmark

    raise typer.Exit(run_benchmark(Place.default(), Screen(), name, arguments or []))


@app.command(
    rich_help_panel=WORK,
    help=t("app.registered_documents_how"),
)
def documents(
    name: Annotated[str | None, typer.Argument(help=t("app.one_them_statement"))] = None,
    scope: Annotated[
        ScopeForm, typer.Option(case_sensitive=False, help=t("app.form_scope"))
    ] = ScopeForm.GRIDS,
    mask: Annotated[Mask, typer.Option(case_sensitive=False, help=t("app.mask_profile"))] = Mask.FULL_OWN,
    plan: Annotated[bool, typer.Option("--plan", help=t("app.plan"))] = False,
) -> None:
    from api.cli.documents import print_document, print_documents

    if name is None:
        print_documents()
    else:
        print_document(Place.default(), name, scope, mask, has_plan=plan)


@app.command(rich_help_panel=WORK, help=t("app.write_schema_schema"))
def schema() -> None:
    from api.cli.helping import write_help
    from api.cli.sdl import write_schema

    for path, has_changed in (write_schema(), *write_help()):
        Screen().line(f"{path}: " + (t("app.written") if has_changed else t("app.unchanged")))
