"""`./yunge rules …`: what can be asked, whom a rule holds for, and why it holds for one customer or does not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.words import say, t

rules = typer.Typer(
    no_args_is_help=True,
    help=t("rules.rules_what_can"),
)
SHOWN = 10

File = Annotated[
    Path,
    typer.Argument(
        help=t("rules.rule_as_json"),
        show_default=False,
    ),
]
About = Annotated[str, typer.Option("--of", help=t("rules.about_customer_or"))]
On = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help=t("rules.past_data_date"),
    ),
]


@rules.command(help=t("rules.fields_that_can"))
def fields(of: About = "customer") -> None:
    from rich.console import Console

    from api.cli.tables import plain_table
    from schema.rules.language import LANGUAGE

    table = plain_table(
        t("rules.field"),
        t("rules.type"),
        t("rules.operators"),
        t("rules.class"),
        t("rules.source"),
    )
    for one in LANGUAGE.askable(_subject(of)):
        values = f" ({' '.join(one.values)})" if one.values else ""
        table.add_row(one.name, f"{one.type}{values}", " ".join(sorted(one.operators)), one.level, one.source)
    Console(soft_wrap=True).print(table)


@rules.command("try", help=t("rules.how_many_holds"))
def try_(file: File, of: About = "customer", on: On = None) -> None:
    from domain.shared.rules.finding import counted, listed

    with _database() as database:
        rule, as_of = _read(database, file, of, on)
        ((count,),) = _fetch(database, counted(rule, as_of))
        first = [str(key) for (key,) in _fetch(database, listed(rule, as_of, most=SHOWN))]
    print(t("rules.holds_for", day=as_of.day, count=count))
    if first:
        print(t("rules.first") + ", ".join(first))


@rules.command(help=t("rules.why_holds_for"))
def explain(
    key: Annotated[str, typer.Argument(help=t("rules.key_customer_or"))],
    file: File,
    of: About = "customer",
    on: On = None,
) -> None:
    from sqlalchemy import String, cast, literal

    from domain.shared.rules.explaining import explained, read_explanation
    from domain.shared.rules.tree import value_as_json

    with _database() as database:
        rule, as_of = _read(database, file, of, on)
        named = cast(literal(key, String), rule.subject.table.c[rule.subject.key].type)
        try:
            found = _fetch(database, explained(rule, as_of, named))
        except psycopg.errors.DataError:
            found = []
    if not found:
        raise CannotGoOn(t("rules.there_no", key_2=key))
    explanation = read_explanation(rule, as_of, found[0][0])
    for one in explanation.leaves:
        print(_line(one, value_as_json))
    print(t("rules.holds" if explanation.holds else "rules.does_not_hold"))


def _line(one: Any, written: Any) -> str:
    from domain.shared.rules.tree import Leaf

    mark = "+" if one.holds else "-"
    value = t("rules.unknown") if one.value is None else one.value
    if not isinstance(one.leaf, Leaf):
        return f"{mark} some {one.leaf.link.name}: {value}  [{one.source}, {one.known_on}]"
    asked = json.dumps(written(one.leaf.value), ensure_ascii=False)
    meant = "" if asked == json.dumps(one.wanted, ensure_ascii=False, default=str) else f" = {one.wanted}"
    return f"{mark} {one.leaf.field.name} {one.leaf.operator} {asked}{meant}: {value}  [{one.source}, {one.known_on}]"


def _subject(name: str) -> Any:
    from schema.rules.language import SUBJECTS

    for one in SUBJECTS:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in SUBJECTS)
    raise CannotGoOn(t("rules.no_subject_there", name=name, known=known))


def _read(database: psycopg.Connection[Any], file: Path, of: str, on: datetime | None) -> tuple[Any, Any]:
    """The rule and the day as of which it is asked: the data date in force, yesterday before the first night; or an
    earlier day, in the language of the past."""
    from domain.shared.calendar import data_date_at
    from domain.shared.data_date import data_date_in_force
    from domain.shared.parameters import parameters_on
    from domain.shared.rules.errors import RuleRefused
    from domain.shared.rules.past import of_a_past_day
    from domain.shared.rules.predicate import AsOf
    from schema.parameters.declared import PARAMETERS
    from schema.rules.language import LANGUAGE

    day = data_date_in_force(database) or data_date_at(datetime.now(UTC))
    is_past = on is not None and on.date() < day
    day = day if on is None else min(on.date(), day)
    language = of_a_past_day(LANGUAGE) if is_past else LANGUAGE
    as_of = AsOf(day, parameters_on(database, day, PARAMETERS))
    try:
        data = json.loads(file.read_text())
        return language.read(data, _subject(of), parameters=as_of.parameters), as_of
    except OSError:
        raise CannotGoOn(t("rules.cannot_read", file=file)) from None
    except ValueError:
        raise CannotGoOn(t("rules.no_json", file=file)) from None
    except RuleRefused as refused:
        raise CannotGoOn(say(refused.statement)) from None


def _fetch(database: psycopg.Connection[Any], statement: Any) -> list[tuple[Any, ...]]:
    from domain.shared.rules.rendering import rendered

    part = rendered(statement)
    return database.execute(part.text.encode(), part.parameters).fetchall()


@contextmanager
def _database() -> Iterator[psycopg.Connection[Any]]:
    from api.local.psql import check_answers
    from api.local.status import noted_database

    url = noted_database(Place.default())
    check_answers(url)
    with psycopg.connect(url) as database:
        database.execute("set transaction read only")
        yield database
