"""What an import did, or would do, in tables for people."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from api.cli.tables import plain_table
from api.local.imports import Outcome
from api.local.words import say, t
from domain.shared.imports.borders import differing, said_of_border
from domain.shared.imports.kinds import Act, Change
from domain.shared.sheets.records import Problem

MOST_SHOWN = 40


def print_outcome(outcome: Outcome) -> None:
    tried = outcome.tried
    _print_changes(tried.changes)
    _print_problems(tried.problems)
    for note in (*tried.notes, *outcome.notes):
        print(say(note))
    counts = {act.value.lower(): tried.count(act) for act in Act}
    print(t("imports.counts", **counts, same=tried.same, refused=tried.refused))
    if tried.problems:
        print(t("imports.refused_kept"))
    if not tried.changes:
        print(t("imports.nothing_changes"))
    elif outcome.import_id is None:
        print(t("imports.dry_run_only"))
    else:
        print(t("imports.applied", number=outcome.import_id))


def _print_changes(changes: Sequence[Change]) -> None:
    if not changes:
        return
    table = plain_table(t("imports.act"), t("imports.what"), t("imports.place"), t("imports.becomes"))
    for one in changes[:MOST_SHOWN]:
        place = "" if one.place is None else str(one.place)
        table.add_row(t(f"imports.act_{one.act.value}"), " ".join(one.key), place, _becomes(one))
    _print(table, len(changes))


def _becomes(change: Change) -> str:
    """Of something new all of it, else what differs; of a border, by how much."""
    border = said_of_border(change.before, change.after)
    fields = [
        f"{name}={_text(value)}" if change.before is None else f"{name}: {_text(was)} → {_text(value)}"
        for name, was, value in differing(change.before, change.after)
    ]
    return "  ".join([*fields, *([] if border is None else [say(border)])])


def _text(value: Any) -> str:
    return "-" if value is None else str(value)


def _print_problems(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    table = plain_table(t("imports.place"), t("imports.heading"), t("imports.problem"))
    for one in problems[:MOST_SHOWN]:
        table.add_row(str(one.place) if one.place.row else "-", one.place.heading, say(one.said))
    _print(table, len(problems))


def _print(table: Any, rows: int) -> None:
    Console().print(table)
    if rows > MOST_SHOWN:
        print(t("imports.more", more=rows - MOST_SHOWN))
    print()


def print_imports(found: Sequence[tuple[Any, ...]]) -> None:
    if not found:
        print(t("imports.none_yet"))
        return
    headings = ("import_no", "which", "state", "day", "when", "file", "becomes")
    table = plain_table(*(t(f"imports.{one}") for one in headings))
    for number, kind, state, day, when, file, is_of_a_night, new, changed, ended, same, refused in found:
        counts = t("imports.counts", new=new, changed=changed, ended=ended, same=same, refused=refused)
        said = t(f"imports.state_{state}")
        came = t("imports.of_a_night", file=file) if is_of_a_night else file
        table.add_row(str(number), kind, said, str(day), f"{when:%Y-%m-%d %H:%M}", came, counts)
    Console().print(table)
