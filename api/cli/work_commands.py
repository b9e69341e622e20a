"""What who works on the product needs: checks, tests, benchmarks, documents and schema."""

from typing import Annotated

import typer

from api.local.place import Place
from api.local.screen import Screen
from api.local.words import t
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask

PANEL = t("app.develop")
PASSED_ON = {"ignore_unknown_options": True}
"""For commands that hand what follows to another program."""


def add_to(app: typer.Typer) -> None:
    """Under one heading of the help, in this order."""
    app.command(rich_help_panel=PANEL, help=t("app.development_reload_free"))(dev)
    app.command(rich_help_panel=PANEL, help=t("app.format_lint_types"))(check)
    app.command(
        "test",
        rich_help_panel=PANEL,
        help=t("app.every_check_test"),
        context_settings=PASSED_ON,
    )(run)
    app.command(
        rich_help_panel=PANEL,
        help=t("app.run_benchmark_such"),
        context_settings=PASSED_ON,
    )(bench)
    app.command(rich_help_panel=PANEL, help=t("app.registered_documents_how"))(documents)
    app.command(rich_help_panel=PANEL, help=t("app.write_schema_schema"))(schema)


def dev() -> None:
    from api.cli.develop import develop

    develop(Place.default(), Screen())


def check() -> None:
    from api.cli.checks import run_checks

    run_checks(Place.default(), Screen(), with_web_tests=False)


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


def bench(name: str, arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    from api.cli.benchmarks import run_benchmark

    raise typer.Exit(run_benchmark(Place.default(), Screen(), name, arguments or []))


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


def schema() -> None:
    from api.cli.helping import write_help
    from api.cli.sdl import write_schema

    for path, has_changed in (write_schema(), *write_help()):
        Screen().line(f"{path}: " + (t("app.written") if has_changed else t("app.unchanged")))
