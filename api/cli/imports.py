"""`./yunge import …`: lists that people keep, tried, carried out and taken back.

Whoever may run commands on this machine is its operator, who also adds accounts (docs/decisions/lists-and-rights.md).
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.local.words import t
from geo.datum_names import Datum

if TYPE_CHECKING:
    from api.local.imports import Outcome

imports = typer.Typer(no_args_is_help=True, help=t("imports.lists_that_people"))

SOME_REFUSED = 3
"""Ended well, and some rows were refused."""

File = Annotated[Path, typer.Argument(help=t("imports.file"), show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("imports.dry_run"))]
Part = Annotated[bool, typer.Option("--part", help=t("imports.part"))]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=t("imports.from_day"))]
Datum_ = Annotated[Datum, typer.Option("--datum", help=t("imports.datum"), show_default=False)]
MapDatum = Annotated[Datum | None, typer.Option("--datum", help=t("imports.datum_of_map"))]
Yes = Annotated[str, typer.Option("--yes", help=t("imports.yes"), show_default=False)]


@imports.command(help=t("imports.outline_map"))
def outline(file: File, datum: Datum_, dry_run: DryRun = False, from_day: From = None, yes: Yes = "") -> None:
    _run("outline", file, dry_run, False, from_day, yes, datum)


@imports.command(help=t("imports.atoms_map"))
def atoms(
    file: File,
    datum: Datum_,
    dry_run: DryRun = False,
    part: Part = False,
    from_day: From = None,
    yes: Yes = "",
    towns: Annotated[Path | None, typer.Option("--towns", help=t("imports.towns_beside"))] = None,
) -> None:
    if towns is None:
        _run("atoms", file, dry_run, part, from_day, yes, datum)
        return
    from api.local.imports import carry_out_atoms_and_towns

    outcomes = carry_out_atoms_and_towns(
        _database_url(),
        file,
        towns,
        day=from_day.date() if from_day else None,
        is_whole=not part,
        reason=yes,
        is_dry_run=dry_run,
        datum=datum.value,
    )
    _tell(*outcomes)


@imports.command("towns", help=t("imports.towns_map"))
def towns_of_atoms(
    file: File, datum: Datum_, dry_run: DryRun = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("towns", file, dry_run, True, from_day, yes, datum)


@imports.command(help=t("imports.water_map"))
def water(file: File, datum: Datum_, dry_run: DryRun = False, from_day: From = None, yes: Yes = "") -> None:
    _run("water", file, dry_run, False, from_day, yes, datum)


@imports.command(help=t("imports.roads_map"))
def roads(file: File, datum: Datum_, dry_run: DryRun = False, from_day: From = None, yes: Yes = "") -> None:
    _run("roads", file, dry_run, False, from_day, yes, datum)


@imports.command(help=t("imports.successors_of_codes"))
def successors(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("successors", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.grids_of_atoms"))
def grids(
    file: File,
    datum: MapDatum = None,
    dry_run: DryRun = False,
    part: Part = False,
    from_day: From = None,
    yes: Yes = "",
) -> None:
    _run("grids", file, dry_run, part, from_day, yes, datum)


@imports.command(help=t("imports.org_units_tree"))
def org(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("org", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.staff_with_accounts"))
def staff(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("staff", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.posts_of_grids"))
def posts(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("posts", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.leave_of_people"))
def leave(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("leave", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.members_of_lists"))
def members(
    file: File, dry_run: DryRun = False, part: Part = False, from_day: From = None, yes: Yes = ""
) -> None:
    _run("members", file, dry_run, part, from_day, yes)


@imports.command(help=t("imports.visits_of_old"))
def visits(file: File, dry_run: DryRun = False) -> None:
    _run("visits", file, dry_run, True, None, "")


@imports.command(help=t("imports.template_filled"))
def template(
    kind: Annotated[str, typer.Argument(help=t("imports.kind"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=t("imports.out"))],
) -> None:
    from api.local.imports import write_kind_template

    rows = write_kind_template(_database_url(), kind, out)
    print(t("imports.written", path=out, rows=rows))


@imports.command("list", help=t("imports.list_imports"))
def list_imports() -> None:
    from api.cli.import_answers import print_imports
    from api.local.imports import latest_imports

    print_imports(latest_imports(_database_url()))


@imports.command(help=t("imports.found_as_workbook"))
def found(
    number: Annotated[int, typer.Argument(help=t("imports.number"), show_default=False)],
    out: Annotated[Path, typer.Option("--out", help=t("imports.out"))],
) -> None:
    from api.local.imports import write_found

    print(t("imports.written", path=out, rows=write_found(_database_url(), number, out)))


@imports.command(help=t("imports.apply_import"))
def apply(
    number: Annotated[int, typer.Argument(help=t("imports.number"), show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help=t("imports.why"), show_default=False)],
) -> None:
    from api.cli.import_answers import print_outcome
    from api.local.imports import carry_out_kept
    from api.local.refusal import CannotGoOn

    if not reason.strip():
        raise CannotGoOn(t("imports.needs_reason"))
    outcome = carry_out_kept(_database_url(), number, reason)
    if outcome is None:
        raise CannotGoOn(t("imports.not_of_a_night", number=number))
    print_outcome(outcome)


@imports.command(help=t("imports.undo_import"))
def undo(number: Annotated[int, typer.Argument(help=t("imports.number"), show_default=False)]) -> None:
    from api.local.imports import take_back

    print(t("imports.undone", number=number, rows=take_back(_database_url(), number)))


@imports.command(help=t("imports.withdraw_import"))
def withdraw(number: Annotated[int, typer.Argument(help=t("imports.number"), show_default=False)]) -> None:
    from api.local.imports import withdraw as withdraw_list

    withdraw_list(_database_url(), number)
    print(t("imports.withdrawn", number=number))


def _run(
    kind: str,
    file: Path,
    is_dry_run: bool,
    is_part: bool,
    from_day: datetime | None,
    reason: str,
    datum: Datum | None = None,
) -> None:
    from api.local.imports import carry_out

    day = from_day.date() if from_day else None
    outcome = carry_out(
        _database_url(),
        kind,
        file,
        day=day,
        is_whole=not is_part,
        reason=reason,
        is_dry_run=is_dry_run,
        datum=datum and datum.value,
    )
    _tell(outcome)


def _tell(*outcomes: "Outcome") -> None:
    from api.cli.import_answers import print_outcome

    for outcome in outcomes:
        print_outcome(outcome)
    if any(outcome.tried.problems for outcome in outcomes):
        raise typer.Exit(SOME_REFUSED)


def _database_url() -> str:
    from api.cli.signed import database_url

    return database_url()
