"""The days of a row: how it was from a day up to another, kept beside the wide row that says how it is.

A table of days has the key, `from_on` (null: since before days were kept), `to_on` (`infinity` while it is so) and the
values. Written where the wide row is written, in the same transaction; a change on the day on which the open row began
replaces it, as everywhere (docs/decisions/facts-keep-their-days.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.shared.imports.keeping import as_json
from domain.shared.rows import Rows


@dataclass(frozen=True)
class History:
    """`values` are columns of the wide table `of` and of the table of days alike."""

    table: str
    of: str
    key: str
    values: tuple[str, ...]

    @property
    def listed(self) -> str:
        return ", ".join(self.values)


_GIVEN = "jsonb_to_recordset(cast(%(rows)s as jsonb)) as g (id bigint, since date, before_since date)"


def end_days(rows: Rows, history: History, ends: Sequence[tuple[int, str]]) -> None:
    """Before the wide rows change: what was so ends on the day given with each id."""
    given = {"rows": as_json([{"id": number, "since": since} for number, since in ends])}
    table, key, listed = history.table, history.key, history.listed
    for statement in (
        f"""insert into {table} ({key}, from_on, to_on, {listed})
            select w.id, null, 'infinity', {", ".join(f"w.{one}" for one in history.values)}
              from {_GIVEN} join {history.of} w on w.id = g.id
             where not exists (select from {table} d where d.{key} = w.id and d.to_on = 'infinity')""",  # noqa: S608
        f"""delete from {table} d using {_GIVEN}
             where d.{key} = g.id and d.to_on = 'infinity' and d.from_on >= g.since""",  # noqa: S608
        f"""update {table} d set to_on = g.since from {_GIVEN} where d.{key} = g.id and d.to_on = 'infinity'""",  # noqa: S608
    ):
        rows.execute(statement, given)


def begin_days(rows: Rows, history: History, begins: Sequence[tuple[int, str | None]]) -> None:
    """After the wide rows changed, or came: what is so begins on the day given with each id."""
    given = {"rows": as_json([{"id": number, "since": since} for number, since in begins])}
    rows.execute(
        f"""insert into {history.table} ({history.key}, from_on, to_on, {history.listed})
            select w.id, g.since, 'infinity', {", ".join(f"w.{one}" for one in history.values)}
              from {_GIVEN} join {history.of} w on w.id = g.id""",  # noqa: S608
        given,
    )


def take_days_back(rows: Rows, history: History, backs: Sequence[tuple[int, str | None, str | None]]) -> None:
    """After the wide rows are as they were: the days, by (id, since, since when before)."""
    listed = [{"id": one, "since": since, "before_since": before} for one, since, before in backs]
    given: Mapping[str, Any] = {"rows": as_json(listed)}
    table, key = history.table, history.key
    for statement in (
        f"""delete from {table} d using {_GIVEN}
             where d.{key} = g.id and d.to_on = 'infinity' and d.from_on is not distinct from g.since""",  # noqa: S608
        f"""update {table} d set to_on = 'infinity' from {_GIVEN}
             where d.{key} = g.id and d.to_on = g.since and d.from_on is not distinct from g.before_since""",  # noqa: S608
        f"""insert into {table} ({key}, from_on, to_on, {history.listed})
            select w.id, g.before_since, 'infinity', {", ".join(f"w.{one}" for one in history.values)}
              from {_GIVEN} join {history.of} w on w.id = g.id
             where not exists (select from {table} d where d.{key} = w.id and d.to_on = 'infinity')""",  # noqa: S608
    ):
        rows.execute(statement, given)
