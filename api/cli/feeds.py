"""`./yunge feeds …`: how a bank's own files are described: try a description on a file, add it, end a source."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer
from rich.console import Console

from api.cli.signed import By, Reason, database_url, signed_in
from api.cli.tables import plain_table
from api.local.refusal import CannotGoOn
from api.local.words import say, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from domain.feeds.adapters.trying import ReadRow, Tried
    from domain.shared.actor import Actor
    from domain.shared.unit_of_work import OpenUnitOfWork

feeds = typer.Typer(no_args_is_help=True, help=t("feeds.how_files_are_described"))

WRONG, WOULD_SET_ASIDE = 2, 3
"""Exit codes of `try`: the description or the file as a whole would be refused; rows of it would be set aside."""

_LIST = """
select a.feed, a.source, a.id, a.from_on, a.text is not null, staff.name,
       (a.added_at at time zone 'Asia/Shanghai')::date,
       last.file_name, last.data_date, last.state, last.rows, last.quarantined
  from (select distinct on (feed, source) * from feed_adapters order by feed, source, from_on desc, id desc) a
  join staff on staff.id = a.added_by_id
  left join lateral (select * from batches b where b.feed = a.feed and b.source = a.source and b.sha256 is not null
                      order by b.data_date desc, b.id desc limit 1) last on true
 order by a.feed, a.source
"""
_HISTORY = """
select a.id, a.from_on, a.text is not null, a.added_at, staff.name, a.replaces_id, a.reason
  from feed_adapters a join staff on staff.id = a.added_by_id
 where a.feed = %s and a.source = %s order by a.id desc
"""

FeedName = Annotated[str, typer.Argument(metavar="FEED", help=t("feeds.name_of_feed"))]
SourceName = Annotated[str, typer.Argument(metavar="SOURCE", help=t("feeds.name_of_source"))]
Description = Annotated[Path, typer.Argument(metavar="ADAPTER", help=t("feeds.file_or_version"))]


@feeds.command(name="list", help=t("feeds.list_sources"))
def list_feeds() -> None:
    from domain.feeds.list_states import latest_lists
    from domain.shared.rows import NightRows

    with psycopg.connect(database_url()) as database:
        found = database.execute(_LIST).fetchall()
        lists = latest_lists(NightRows(database))
    if not found:
        print(t("feeds.none_described"))
    else:
        _print_sources(found)
    for one in lists.values():
        state = t(f"imports.state_{one.state}")
        counts = t(
            "imports.counts",
            new=one.new,
            changed=one.changed,
            ended=one.ended,
            same=one.same,
            refused=one.refused,
        )
        print(t("feeds.list_of_the_night", feed=one.feed, number=one.id, state=state, counts=counts))


def _print_sources(found: "Sequence[tuple[Any, ...]]") -> None:
    table = plain_table(
        *(t(f"feeds.{name}") for name in ("feed", "source", "version", "from", "by", "last_file"))
    )
    for feed, source, key, from_on, is_read, who, at, *last in found:
        since = str(from_on) if is_read else t("feeds.retired_from", day=from_on)
        table.add_row(feed, source, str(key), since, f"{who} {at}", _last(last))
    Console().print(table)


def _last(last: list[object]) -> str:
    name, day, state, rows, aside = last
    if name is None:
        return t("feeds.no_file_yet")
    return f"{name} · {day} · {state} · {rows:,} · {t('feeds.set_aside')} {aside:,}"


@feeds.command(help=t("feeds.print_text"))
def show(adapter: Description) -> None:
    print(_text(adapter), end="")


@feeds.command(help=t("feeds.versions_of_source"))
def history(feed: FeedName, source: SourceName) -> None:
    with psycopg.connect(database_url()) as database:
        found = database.execute(_HISTORY, [feed, source]).fetchall()
    if not found:
        raise CannotGoOn(t("feeds.no_such_source", feed=feed, source=source))
    table = plain_table(
        *(t(f"feeds.{name}") for name in ("version", "from", "added", "by", "replaces", "reason"))
    )
    for key, from_on, is_read, at, who, before, why in found:
        since = str(from_on) if is_read else t("feeds.retired_from", day=from_on)
        table.add_row(str(key), since, f"{at:%Y-%m-%d %H:%M}", who, str(before or ""), why)
    Console().print(table)


@feeds.command(help=t("feeds.write_template"))
def template(
    feed: FeedName,
    out: Annotated[Path | None, typer.Option("--out", help=t("feeds.where_to_write"))] = None,
) -> None:
    from domain.feeds.adapters.template import template as begin
    from domain.feeds.contracts import FEEDS

    if feed not in FEEDS:
        raise CannotGoOn(t("feeds.no_such_feed", feed=feed, known=", ".join(FEEDS)))
    text = begin(FEEDS[feed], (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011
    if out is None:
        print(text, end="")
        return
    if out.exists():
        raise CannotGoOn(t("feeds.file_is_there", file=out))
    out.write_text(text, "utf-8")
    print(t("feeds.written", file=out))


@feeds.command(name="try", help=t("feeds.try_on_file"))
def try_(
    adapter: Description,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=t("feeds.data_file"))],
) -> None:
    from domain.feeds.adapters.parsing import parse
    from domain.feeds.adapters.problems import AdapterNotValid
    from domain.feeds.adapters.trying import try_file

    text = _text(adapter)
    try:
        described = parse(text)
    except AdapterNotValid as wrong:
        _print_problems(wrong)
        raise typer.Exit(WRONG) from None
    try:
        with psycopg.connect(database_url()) as database:
            tried = try_file(database, described, text, file)
    except OSError as problem:
        raise CannotGoOn(t("feeds.cannot_read", file=file, why=problem.strerror)) from None
    _print_tried(tried)
    raise typer.Exit(WRONG if tried.refused else WOULD_SET_ASIDE if tried.quarantined else 0)


def _print_problems(wrong: Exception) -> None:
    from domain.feeds.adapters.problems import AdapterNotValid

    assert isinstance(wrong, AdapterNotValid)
    print(say(wrong.statement))
    for problem in wrong.problems:
        print(f"  {say(problem)}")


def _print_tried(tried: "Tried") -> None:
    print(
        t(
            "feeds.tried",
            rows=f"{tried.rows:,}",
            loaded=f"{tried.loaded:,}",
            quarantined=f"{tried.quarantined:,}",
            skipped=f"{tried.skipped:,}",
        )
    )
    if tried.amount_fen is not None:
        print(t("feeds.tried_amount", yuan=f"{tried.amount_fen / 100:,.2f}"))
    for note in tried.notes:
        print("  " + say(note))
    for reason in tried.refused:
        print("! " + say(reason))
    for reason in tried.reasons:
        print("  " + say(reason))
    for code in tried.unknown:
        print("  " + t("feeds.unknown_code", column=code.column, code=code.code, rows=f"{code.rows:,}"))
    _print_rows(tried)
    print(t("feeds.nothing_stored"))


def _print_rows(tried: "Tried") -> None:
    """One column a line, rows side by side: twenty columns fit no screen."""
    shown: list[ReadRow] = tried.first[:4]
    if shown:
        table = plain_table(t("feeds.column"), *(t("feeds.line", line=row.line) for row in shown))
        for place, name in enumerate(tried.columns):
            table.add_row(name, *(row.values[place] or "–" for row in shown))
        Console().print(table)
    for row in tried.aside:
        print(f"{t('feeds.line', line=row.line)}: {'; '.join(map(say, row.reasons))}")
        print(f"    {row.values[0]}")


@feeds.command(help=t("feeds.add_version"))
def add(
    adapter: Annotated[Path, typer.Argument(metavar="ADAPTER", help=t("feeds.file_of_description"))],
    by: By,
    reason: Reason,
) -> None:
    from domain.feeds.adapters.adding import add_adapter
    from domain.feeds.adapters.problems import AdapterNotValid

    text = _text(adapter)

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        async with open_unit_of_work() as uow:
            return await add_adapter(
                uow, actor, text, key=uuid4(), reason=reason, now=now, is_from_shell=True
            )

    try:
        kept = signed_in(by, act)
    except AdapterNotValid as wrong:
        _print_problems(wrong)
        raise typer.Exit(WRONG) from None
    print(t("feeds.kept_as", version=kept))


@feeds.command(help=t("feeds.retire_source"))
def retire(
    feed: FeedName,
    source: SourceName,
    by: By,
    reason: Reason,
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help=t("feeds.first_day_without"))
    ] = None,
) -> None:
    from domain.feeds.adapters.adding import retire_adapter

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: "Actor", now: datetime) -> int:
        day = now.date() if from_ is None else from_.date()
        async with open_unit_of_work() as uow:
            return await retire_adapter(
                uow, actor, feed, source, key=uuid4(), from_on=day, reason=reason, now=now
            )

    signed_in(by, act)
    print(t("feeds.was_retired", feed=feed, source=source))


def _text(adapter: Path) -> str:
    """The text of a file, or of the version of that number."""
    if adapter.name.isdigit() and not adapter.exists():
        with psycopg.connect(database_url()) as database:
            row = database.execute(
                "select text from feed_adapters where id = %s", [int(str(adapter))]
            ).fetchone()
        if row is None or row[0] is None:
            raise CannotGoOn(t("feeds.no_such_version", version=adapter))
        return str(row[0])
    try:
        content = adapter.read_bytes()
    except OSError as problem:
        raise CannotGoOn(t("feeds.cannot_read", file=adapter, why=problem.strerror)) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotGoOn(t("feeds.not_text", file=adapter))
