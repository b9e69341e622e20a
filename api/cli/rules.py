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
    help=t("规则：能问什么、试一条、说明为什么", "Rules: what can be asked, try one, why it holds"),
)
SHOWN = 10

File = Annotated[
    Path,
    typer.Argument(
        help=t("规则文件（JSON，写法见 docs/rules.md）", "the rule, as JSON (docs/rules.md)"),
        show_default=False,
    ),
]
About = Annotated[
    str, typer.Option("--of", help=t("规则的对象：customer、loan", "about a customer or a loan"))
]
On = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help=t("过去的数据日期：只能问留有沿革的字段", "a past data date: only fields whose past is kept"),
    ),
]


@rules.command(help=t("可问的字段", "The fields that can be asked"))
def fields(of: About = "customer") -> None:
    from rich.console import Console

    from api.cli.tables import plain_table
    from schema.rules.language import LANGUAGE

    table = plain_table(
        t("字段", "field"),
        t("类型", "type"),
        t("比较", "operators"),
        t("级别", "class"),
        t("来源", "source"),
    )
    for one in LANGUAGE.askable(_subject(of)):
        values = f" ({' '.join(one.values)})" if one.values else ""
        table.add_row(one.name, f"{one.type}{values}", " ".join(sorted(one.operators)), one.level, one.source)
    Console(soft_wrap=True).print(table)


@rules.command("try", help=t("对多少成立，前几个是谁", "How many it holds for, and the first of them"))
def try_(file: File, of: About = "customer", on: On = None) -> None:
    from domain.shared.rules.finding import counted, listed

    with _database() as database:
        rule, as_of = _read(database, file, of, on)
        ((count,),) = _fetch(database, counted(rule, as_of))
        first = [str(key) for (key,) in _fetch(database, listed(rule, as_of, most=SHOWN))]
    print(t(f"{as_of.day}：对 {count} 个成立。", f"{as_of.day}: it holds for {count}."))
    if first:
        print(t("前几个：", "The first: ") + ", ".join(first))


@rules.command(help=t("为什么对这个编号成立或不成立", "Why it holds for the one with this key, or does not"))
def explain(
    key: Annotated[str, typer.Argument(help=t("客户编号或借据号", "the key of the customer or the loan"))],
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
        raise CannotGoOn(t(f"没有 {key}。", f"There is no {key}."))
    explanation = read_explanation(rule, as_of, found[0][0])
    for one in explanation.leaves:
        print(_line(one, value_as_json))
    print(t("成立" if explanation.holds else "不成立", "holds" if explanation.holds else "does not hold"))


def _line(one: Any, written: Any) -> str:
    from domain.shared.rules.tree import Leaf

    mark = "+" if one.holds else "-"
    value = t("未知", "unknown") if one.value is None else one.value
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
    raise CannotGoOn(t(f"没有这种对象：{name}；有 {known}。", f"No subject {name}; there are {known}."))


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
        raise CannotGoOn(t(f"读不到文件 {file}。", f"Cannot read {file}.")) from None
    except ValueError:
        raise CannotGoOn(t(f"{file} 不是 JSON。", f"{file} is no JSON.")) from None
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
