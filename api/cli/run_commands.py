"""What runs the product: up and down, how it stands, its bundle and its backups."""

import json
import os
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
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.words import t

PANEL = t("app.run")


def add_to(app: typer.Typer) -> None:
    """Under one heading of the help, in this order."""
    app.command(rich_help_panel=PANEL, help=t("app.bring_everything_up"))(up)
    app.command(rich_help_panel=PANEL, help=t("app.stop_everything_data"))(down)
    app.command("bundle", rich_help_panel=PANEL, help=t("bundling.one_file_for_a_bank"))(make_bundle_)
    app.command(rich_help_panel=PANEL, help=t("units.write_them"))(units)
    app.command(rich_help_panel=PANEL, help=t("backups.take_one"))(backup)
    app.command(rich_help_panel=PANEL, help=t("backups.put_one_back"))(restore)
    app.command(rich_help_panel=PANEL, help=t("app.where_what_runs"))(status)
    app.command(rich_help_panel=PANEL, help=t("app.follow_logs_ctrl"))(logs)
    app.command(rich_help_panel=PANEL, help=t("app.print_bearer_token"))(token)


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
    signed_by: Annotated[
        Path | None, typer.Option("--signed-by", metavar="PUBLIC", help=t("bundling.whose_signature"))
    ] = None,
) -> None:
    from api.cli.answers import print_welcome
    from api.local.up import Wanted, bring_up
    from api.settings import Mode

    mode = Mode.PRODUCTION if production else Mode.DEMONSTRATION
    if prepare and not production:
        raise typer.BadParameter(t("units.prepare_needs_production"))
    if signed_by is not None and bundle is None:
        raise typer.BadParameter(t("bundling.signed_by_needs_from"))
    place = Place.default()
    files = given_county(outline, datum, county, towns, villages)
    wanted = Wanted(
        mode,
        customers,
        seed,
        day(as_of),
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


def make_bundle_(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=t("bundling.the_file"))],
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE", help=t("bundling.the_key"))] = None,
) -> None:
    from api.local.bundling.making import make_bundle
    from api.local.bundling.signing import read_key

    def ask() -> str:
        return str(typer.prompt(t("bundling.passphrase"), hide_input=True, err=True))

    signs = None if key is None else read_key(key, ask)
    made = make_bundle(Place.default(), Screen(), out, signs)
    Screen().line(t("bundling.made", path=made.path, mib=f"{made.size / (1 << 20):,.0f}"))
    print(f"{made.sha256}  {made.path.name}")


def units(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=t("units.the_folder"))],
) -> None:
    from api.local.units import write_units

    for path in write_units(Place.default(), out):
        print(path)
    Screen().line(t("units.what_now"))


def backup(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=t("backups.its_folder"))],
    keep: Annotated[int | None, typer.Option("--keep", min=1, help=t("backups.how_many_stay"))] = None,
) -> None:
    from api.local.backups.taking import take_backup

    taken = take_backup(Place.default(), Screen(), out, keep=keep)
    size, seconds = f"{taken.size / (1 << 20):,.0f}", f"{taken.seconds:.0f}"
    Screen().line(t("backups.taken", size=size, seconds=seconds, removed=taken.removed))
    print(taken.folder)


def restore(
    folder: Annotated[Path, typer.Argument(help=t("backups.which_one"))],
    replace: Annotated[bool, typer.Option("--replace", help=t("backups.instead_of_data"))] = False,
) -> None:
    from api.local.backups.restoring import restore_backup

    done = restore_backup(Place.default(), Screen(), folder, may_replace=replace)
    facts = {"taken_at": done.facts.get("taken_at"), "data_date": done.facts.get("data_date") or "–"}
    Screen().line(t("backups.restored", seconds=f"{done.seconds:.0f}", **facts))


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


def token(account: Annotated[str, typer.Argument(help=t("app.such_as_manager1"))]) -> None:
    from api.local.tokens import make_token

    print(make_token(Place.default(), account))
