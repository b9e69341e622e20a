"""`./yunge post watch`: grids without anybody, empty A posts, who is away, and who has sat long enough."""

import psycopg
import typer

from api.cli.signed import database_url
from api.local.words import t

posts = typer.Typer(no_args_is_help=True, help=t("posts.posts_grids"))
_KINDS = {
    "NOBODY": t("posts.nobody"),
    "NOBODY_ON_A": t("posts.nobody_on_a"),
    "AWAY": t("posts.away"),
    "ROTATION": t("posts.rotation"),
}


@posts.callback()
def _of_posts() -> None:
    """A group of one command stays a group."""


@posts.command(help=t("posts.what_wants_hand"))
def watch() -> None:
    from rich.console import Console

    from api.cli.tables import plain_table
    from domain.grids.post_watch import NOTICES

    asked = f"""
        select u.code, u.name, n.code, g.name, n.kind, coalesce(s.number || ' ' || s.name, ''), n.since_on, n.due_on
          from ({NOTICES}) n join grids g on g.id = n.id join org_units u on u.id = n.org_unit_id
          left join staff s on s.id = n.staff_id
         order by n.position, n.due_on, u.code, n.code"""  # noqa: S608
    with psycopg.connect(database_url()) as database:
        found = database.execute(asked.encode()).fetchall()
    if not found:
        print(t("posts.all_well"))
        return
    table = plain_table(
        t("posts.outlet"),
        "",
        t("posts.grid"),
        "",
        t("posts.what"),
        t("posts.whom"),
        t("posts.since"),
        t("posts.by"),
    )
    for unit, unit_name, grid, grid_name, kind, who, since, due in found:
        table.add_row(unit, unit_name, grid, grid_name, _KINDS[kind], who, str(since or ""), str(due or ""))
    Console(soft_wrap=True).print(table)
