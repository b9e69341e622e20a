"""Facts with their days: a row from the day on which something became so up to the day on which it no longer was.

A table of facts has a key, `from_on`, `to_on` (half-open, `infinity` while it is so), the values and why they changed.
It is written where the wide row is written, in the same transaction, by one comparison of sets: what is as it was
leaves no trace, what differs ends its row and begins another. The primary key is (key, to_on), so one row at most is
open.

A change on the day on which the row began replaces it, as in the snapshots of feeds: a day has one state, its last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.shared.data_date import DATA_DATE
from domain.shared.followers import After, Customers, Rebuild
from domain.shared.rows import Rows


class Cause(StrEnum):
    """Why a fact is so from its day on."""

    FIRST = "FIRST"
    """The key is new; or the database began to keep these facts."""
    FILES = "FILES"
    """Tonight's files say so."""
    CUT = "CUT"
    """A person cut a link, or took the cut back."""
    PLAN = "PLAN"
    """Another plan came in force."""
    PLACE = "PLACE"
    """The customer's place is another one."""
    POST = "POST"
    """Somebody else sits on the post of the grid."""
    CLAIM = "CLAIM"
    """An exception, a list or a rule gives the customer to somebody, or does so no longer."""
    BOOKS = "BOOKS"
    """Outside every grid, and the books name somebody else."""


@dataclass(frozen=True)
class DatedFact:
    """A table of facts and the statement that says how things stand: the key and the values, by their names.

    `cause` is SQL over `o` (before) and `n` (now) for what tells its own cause; otherwise it is the caller's.
    """

    table: str
    key: str
    values: tuple[str, ...]
    now: str
    cause: str | None = None


@dataclass(frozen=True)
class Whom:
    """Whose facts may have changed: a condition with `{key}` for the key, and its parameters."""

    condition: str = "true"
    parameters: Mapping[str, Any] | None = None

    def of(self, key: str) -> str:
        return self.condition.format(key=key)


EVERYBODY = Whom()


def these(ids: object) -> Whom:
    """Some keys, by their numbers."""
    return Whom("{key} = any(cast(%(ids)s as bigint[]))", {"ids": ids})


DAY_IN_FORCE = f"select greatest({DATA_DATE} + 1, cast(now() at time zone 'Asia/Shanghai' as date))"
"""The day from which a change between two nights is so: today, or the day that the last night prepared, if later."""


def day_in_force(rows: Rows) -> date:
    day: date = rows.execute(DAY_IN_FORCE)[0][0]
    return day


def keep(
    rows: Rows,
    fact: DatedFact,
    day: date,
    whom: Whom = EVERYBODY,
    *,
    cause: Cause,
    first: Cause = Cause.FIRST,
) -> int:
    """Bring a table of facts to how things stand from `day` on; gives how many rows began.

    `first` is the cause of a key that has no open row; a key that is no more has its row ended.
    """
    given = {"day": day, "cause": cause.value, "first": first.value, **(whom.parameters or {})}
    for statement in _statements(fact, whom):
        found = rows.execute(statement, given)
    return int(found[0][0])


def kept_at_a_cut(fact: DatedFact, whom: Whom | None = None) -> Rebuild:
    """What a cut does to a table of facts: who is no more has his days ended, who comes back begins anew.

    Where the key is no customer, `whom` says whose facts are looked at.
    """

    def watch(rows: Rows, before: Customers) -> After:
        def then(after: Customers) -> None:
            concerned = whom or these(sorted({*before, *after}))
            keep(rows, fact, day_in_force(rows), concerned, cause=Cause.CUT, first=Cause.CUT)

        return then

    return watch


def _statements(fact: DatedFact, whom: Whom) -> tuple[str, ...]:
    key, table = fact.key, fact.table
    values = ", ".join(fact.values)
    before, after = (", ".join(f"{row}.{name}" for name in fact.values) for row in ("o", "n"))
    cause = fact.cause or "cast(%(cause)s as text)"
    is_open = f"f.{key} = o.{key} and f.to_on = 'infinity'"
    return (
        "drop table if exists facts_ended, facts_begun",
        f"""create temp table facts_ended on commit drop as
            select o.* from {table} o left join ({fact.now}) n on n.{key} = o.{key}
             where o.to_on = 'infinity' and {whom.of(f"o.{key}")}
               and (n.{key} is null or ({before}) is distinct from ({after}))""",  # noqa: S608
        # Found before anything is ended. Asked afterwards for those without an open row, the planner takes them for one
        # and looks everybody up there: a plan that moved 60,000 customers took minutes.
        f"""create temp table facts_begun on commit drop as
            select n.{key}, greatest(cast(%(day)s as date), o.from_on) as from_on, {after},
                   case when o.{key} is null then cast(%(first)s as text) else {cause} end as cause
              from ({fact.now}) n left join {table} o on o.{key} = n.{key} and o.to_on = 'infinity'
             where {whom.of(f"n.{key}")} and (o.{key} is null or ({before}) is distinct from ({after}))""",  # noqa: S608
        "analyze facts_ended",
        f"delete from {table} f using facts_ended o where {is_open} and o.from_on >= cast(%(day)s as date)",  # noqa: S608
        f"update {table} f set to_on = cast(%(day)s as date) from facts_ended o where {is_open}",  # noqa: S608
        f"""with begun as (
                insert into {table} ({key}, from_on, to_on, {values}, cause)
                select {key}, from_on, 'infinity', {values}, cause from facts_begun
                returning 1)
            select count(*) from begun""",  # noqa: S608
    )
