"""Followers: what a merge, a cut and a removal do to the rows of each table that carries a customer.

Every such table says it beside its model. A customer's id is the lowest id of his source records, so the id that a row
was written under goes on naming a record, and both histories can be told apart after any number of merges and cuts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.shared.rows import Rows

Customers = Sequence[int]
After = Callable[[Customers], None]
Rebuild = Callable[[Rows, Customers], After]
"""Called with the customers that are about to change, before they do; gives what is to be done with them afterwards.

It runs when a cut takes a customer apart, so that what people see is right at once. A night does the same by its steps.
"""


class Follows(StrEnum):
    RECORD = "RECORD"
    """Rows belong to whoever the record that they were written for belongs to now."""
    BOTH_KEPT = "BOTH_KEPT"
    """Rows stay under the id that they were written under; a merge keeps both histories, a cut finds them again."""
    REBUILT = "REBUILT"
    """Rows of a customer who is joined to another go; those of who remains are made anew, by a cut and by the night."""
    GONE = "GONE"
    """Rows go with the customer who is joined to another, and nobody makes them anew."""
    ITSELF = "ITSELF"
    """The table is where records and customers are kept: identity writes it."""


@dataclass(frozen=True)
class Follower:
    """One table. `columns` carry customers; `record` names the record a row was written for (RECORD alone)."""

    table: str
    follows: Follows
    columns: tuple[str, ...] = ("customer_id",)
    record: str | None = None
    ends: str | None = None
    """BOTH_KEPT: a statement over `%(ids)s` that ends what was open for customers joined to another."""

    def __post_init__(self) -> None:
        if (self.record is None) == (self.follows is Follows.RECORD):
            raise ValueError(f"{self.table}: a record is named by those who follow one, and by them alone")


Followers = tuple[Follower, ...]


def take_away(rows: Rows, followers: Followers, vanished: Customers) -> None:
    """What becomes of the rows of customers who are joined to others."""
    if not vanished:
        return
    for follower in followers:
        for statement in _at_the_end(follower):
            rows.execute(statement, {"ids": list(vanished)})


def _at_the_end(follower: Follower) -> list[str]:
    if follower.follows is Follows.BOTH_KEPT:
        return [] if follower.ends is None else [follower.ends]
    if follower.follows in (Follows.RECORD, Follows.ITSELF):
        return []
    return [
        f"delete from {follower.table} where {column} = any(cast(%(ids)s as bigint[]))"  # noqa: S608
        for column in follower.columns
    ]


def follow_records(rows: Rows, followers: Followers) -> None:
    """Rows written for a record of `identity_scope` (made by `identity/linking.py`) go where the record went."""
    for follower in followers:
        if follower.follows is not Follows.RECORD:
            continue
        for column in follower.columns:
            rows.execute(
                f"update {follower.table} t set {column} = r.customer_id"  # noqa: S608
                " from source_records r join identity_scope s on s.id = r.id"
                f" where r.id = t.{follower.record} and t.{column} <> r.customer_id"
            )


def watch(rows: Rows, rebuilds: Sequence[Rebuild], before: Customers) -> After:
    """Lets whatever is rebuilt look before; what comes back does the rest, in the order of the list."""
    doing = [rebuild(rows, before) for rebuild in rebuilds]

    def then(after: Customers) -> None:
        for do in doing:
            do(after)

    return then


def afterwards(rebuild: Callable[[Rows, Customers], None]) -> Rebuild:
    """A rebuild that needs no look before."""
    return lambda rows, _before: lambda after: rebuild(rows, after)
