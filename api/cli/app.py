"""The commands, each a thin doorway. Modules behind a command are loaded when it runs, so that help is quick."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer import rich_utils

from api.cli.accounts import accounts
from api.cli.audit import audit
from api.cli.export import Export
from api.cli.grants import grants
from api.cli.parameters import parameters
from api.cli.proposals import proposals
from api.cli.roles import roles
from api.cli.rules import rules
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.words import t
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask

# Typer speaks English alone; its headings are the ones that everybody reads.
rich_utils.ARGUMENTS_PANEL_TITLE = t("参数", "Arguments")
rich_utils.OPTIONS_PANEL_TITLE = t("选项", "Options")
rich_utils.COMMANDS_PANEL_TITLE = t("命令", "Commands")
rich_utils.REQUIRED_LONG_STRING = t("[必填]", "[required]")
rich_utils.DEFAULT_STRING = t("[默认：{}]", "[default: {}]")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "云格：昨夜的文件，变成今早的走访。第一次先运行 [bold]./yunge up[/bold]。",
        "Yunge: last night's files become this morning's visits. Begin with [bold]./yunge up[/bold].",
    ),
)
RUN = t("运行", "Run")
DATA = t("数据", "Data")
WORK = t("开发", "Develop")

Customers = Annotated[
    int | None,
    typer.Option(
        min=1000, max=1_000_000, help=t("演示客户数（默认 60000）", "demonstration customers (60000)")
    ),
]
Seed = Annotated[
    int | None, typer.Option(min=0, help=t("生成器的种子（默认 1）", "the generator's seed (1)"))
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help=t("数据日期（默认昨天，北京时间）", "data date (yesterday in Asia/Shanghai)"),
    ),
]


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@app.command(
    rich_help_panel=RUN,
    help=t("启动：缺什么装什么，跑一夜，给出网址和账号", "Bring everything up and print where it is"),
)
def up(
    production: Annotated[
        bool, typer.Option("--production", help=t("生产方式：没有演示数据", "no demonstration"))
    ] = False,
    customers: Customers = None,
    seed: Seed = None,
    as_of: AsOf = None,
    host: Annotated[str, typer.Option(help=t("监听地址", "address to listen on"))] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help=t("监听端口（默认 8610 起第一个空闲的）", "8610 or the next free")
        ),
    ] = None,
) -> None:
    from api.cli.answers import print_welcome
    from api.local.up import Wanted, bring_up
    from api.settings import Mode

    mode = Mode.PRODUCTION if production else Mode.DEMONSTRATION
    place = Place.default()
    bring_up(place, Wanted(mode, customers, seed, _day(as_of), host, port), Screen())
    print_welcome(place)


@app.command(
    rich_help_panel=RUN,
    help=t("停下应用、工作进程和私有的数据库与 Redis；数据保留", "Stop everything; the data stay"),
)
def down() -> None:
    from api.local.servers import stop_servers
    from api.local.state import alone
    from api.local.supervisor import Supervisor

    place, screen = Place.default(), Screen()
    with alone(place):
        stopped = [t("应用与工作进程", "application and workers")] if Supervisor(place).stop() else []
        stopped += stop_servers(place)
    screen.line(
        t("已停下：", "stopped: ")
        + (t("、", ", ").join(stopped) if stopped else t("没有在运行的", "nothing was running"))
    )


@app.command(
    rich_help_panel=RUN, help=t("在哪里、跑着什么、有哪些账号", "Where it is, what runs, which accounts")
)
def status(
    as_json: Annotated[bool, typer.Option("--json", help=t("一个 JSON 对象", "one JSON object"))] = False,
) -> None:
    from api.cli.answers import print_status
    from api.local.status import describe

    found = describe(Place.default())
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    else:
        print_status(found)


@app.command(rich_help_panel=RUN, help=t("看日志（Ctrl-C 结束）", "Follow the logs (Ctrl-C ends it)"))
def logs(
    follow: Annotated[bool, typer.Option(help=t("一直看下去", "keep following"))] = True,
    lines: Annotated[int, typer.Option(min=0, help=t("先给出末尾几行", "lines of the past"))] = 20,
) -> None:
    from api.local.log_files import is_written, worth_following

    place = Place.default()
    files = [str(path) for path in worth_following(place)]
    if not files:
        raise CannotGoOn(t("还没有日志：先 ./yunge up。", "There are no logs yet: ./yunge up first."))
    if follow and not is_written(place):
        follow = False
        Screen().line(
            t(
                "没有在运行的进程；下面是它们最后写下的。重新启动：./yunge up。",
                "Nothing is running; this is what it wrote last. ./yunge up starts it again.",
            )
        )
    os.execvp("tail", ["tail", "-n", str(lines), *(["-F"] if follow else []), *files])  # noqa: S606, S607


@app.command(
    rich_help_panel=RUN,
    help=t("给演示账号一个 bearer 令牌", "Print a bearer token for a demonstration account"),
)
def token(account: Annotated[str, typer.Argument(help=t("账号，如 manager1", "such as manager1"))]) -> None:
    from api.local.tokens import make_token

    print(make_token(Place.default(), account))


app.add_typer(accounts, name="account", rich_help_panel=RUN)
app.add_typer(roles, name="role", rich_help_panel=RUN)
app.add_typer(grants, name="grant", rich_help_panel=RUN)
app.add_typer(parameters, name="parameter", rich_help_panel=RUN)
app.add_typer(proposals, name="proposal", rich_help_panel=RUN)
app.add_typer(rules, name="rules", rich_help_panel=DATA)
app.add_typer(audit, name="audit", rich_help_panel=DATA)


@app.command(rich_help_panel=DATA, help=t("跑一夜，并显示每一步", "Carry out a night and show its steps"))
def night(
    date_: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help=t("数据日期", "data date"))
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help=t("全部重算，而不只是变化的", "everything, not only what changed"))
    ] = False,
    retrain: Annotated[
        bool, typer.Option("--retrain", help=t("重新训练模型", "train the model anew"))
    ] = False,
) -> None:
    from api.cli.nightly import run_night

    run_night(Place.default(), Screen(), _day(date_), is_full=full, retrain=retrain)


@app.command(
    rich_help_panel=DATA,
    help=t("换一个演示：丢掉现有的演示数据，重新生成", "Replace the demonstration by another one"),
)
def demo(customers: Customers = None, seed: Seed = None, as_of: AsOf = None) -> None:
    from api.cli.answers import print_welcome
    from api.cli.replacing import replace_demonstration

    place = Place.default()
    replace_demonstration(place, Screen(), customers=customers, seed=seed, as_of=_day(as_of))
    print_welcome(place)


@app.command(
    rich_help_panel=DATA,
    help=t("导出成 CSV 或 GeoJSON（格式见 docs/formats.md）", "Export as CSV or GeoJSON"),
)
def export(
    what: Annotated[Export, typer.Argument()],
    out: Annotated[
        Path, typer.Option("--out", help=t("文件；- 是标准输出", "the file; - is standard output"))
    ],
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help=t("owners：过去某一天的归属", "owners: as they were on a past day"),
        ),
    ] = None,
) -> None:
    from api.cli.export import write_export
    from api.local.status import noted_database

    rows = write_export(noted_database(Place.default()), what, out, on=on and on.date())
    Screen().line(t(f"{what.value}：{rows:,} 行", f"{what.value}: {rows:,} rows"))


@app.command(rich_help_panel=DATA, help=t("在产品的数据库里打开 psql", "Open psql on the product's database"),
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
    help=t("开发方式：改了就重载，可用自由查询和自省", "Development: reload, free text, introspection"),
)
def dev() -> None:
    from api.cli.develop import develop

    develop(Place.default(), Screen())


@app.command(
    rich_help_panel=WORK,
    help=t("格式、规范、类型、分层：几秒钟", "Format, lint, types, import contracts: seconds"),
)
def check() -> None:
    from api.cli.checks import run_checks

    run_checks(Place.default(), Screen(), with_web_tests=False)


@app.command(
    "test",
    rich_help_panel=WORK,
    help=t("全部检查与测试；--slow 是那些要几分钟的", "Every check and test; --slow for the long ones"),
    context_settings={"ignore_unknown_options": True},
)
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help=t("只跑这些目录或文件；与 --slow 一起是分组名", "folders or files; with --slow, shards")
        ),
    ] = None,
    slow: Annotated[
        bool,
        typer.Option("--slow", help=t("慢的，每组至多 35 分钟", "the long ones, 35 minutes a shard at most")),
    ] = False,
) -> None:
    from api.cli.testing import run_everything, run_paths, run_slow

    chosen = paths or []
    if slow:
        raise typer.Exit(run_slow(Screen(), chosen))
    raise typer.Exit(run_paths(Screen(), chosen) if chosen else run_everything(Screen()))


@app.command(rich_help_panel=WORK, help=t("跑一个基准，如 night", "Run a benchmark, such as night"),
             context_settings={"ignore_unknown_options": True})  # fmt: skip
def bench(name: str, arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    from api.cli.benchmarks import run_benchmark

    raise typer.Exit(run_benchmark(Place.default(), Screen(), name, arguments or []))


@app.command(
    rich_help_panel=WORK,
    help=t(
        "登记文档：怎样执行、代价、语句与执行计划",
        "Registered documents: how they run, cost, statement, plan",
    ),
)
def documents(
    name: Annotated[
        str | None, typer.Argument(help=t("只看一个：它的语句", "one of them: its statement"))
    ] = None,
    scope: Annotated[
        ScopeForm, typer.Option(case_sensitive=False, help=t("数据范围的形式", "form of the scope"))
    ] = ScopeForm.GRIDS,
    mask: Annotated[
        Mask, typer.Option(case_sensitive=False, help=t("脱敏方式", "mask profile"))
    ] = Mask.FULL_OWN,
    plan: Annotated[bool, typer.Option("--plan", help=t("并给出执行计划", "with its plan"))] = False,
) -> None:
    from api.cli.documents import print_document, print_documents

    if name is None:
        print_documents()
    else:
        print_document(Place.default(), name, scope, mask, has_plan=plan)


@app.command(rich_help_panel=WORK, help=t("写出 schema/schema.graphql", "Write schema/schema.graphql"))
def schema() -> None:
    from api.cli.sdl import write_schema

    path, has_changed = write_schema()
    Screen().line(f"{path}: " + (t("已更新", "written") if has_changed else t("没有变化", "unchanged")))
