"""What feeds tell of a customer besides who he is, as one shape: whose it is, its name, its value, its day.

A fact about somebody whom the bank does not know stays in its snapshot and makes no customer: that is not what it was
given for (docs/decisions/facts-have-one-shape.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.customers.parties import Parties


class FactKind(StrEnum):
    """What a value is, and in which column of `customer_facts` it stands."""

    FEN = "fen"
    NUMBER = "number"
    TEXT = "said"
    DATE = "day_on"


_SQL_TYPES = {FactKind.FEN: "bigint", FactKind.NUMBER: "bigint", FactKind.TEXT: "text", FactKind.DATE: "date"}


@dataclass(frozen=True)
class Fact:
    """`value` is SQL over `s`, a row of the feed's statement; `level` the class of JR/T 0171."""

    name: str
    kind: FactKind
    value: str
    level: str = "C2"
    values: tuple[str, ...] = ()
    is_name: bool = False
    """Whether it names a person: who sees it masked must not find it out by asking."""

    @property
    def as_row(self) -> str:
        parts = (
            f"cast({self.value if kind is self.kind else 'null'} as {_SQL_TYPES[kind]})" for kind in FactKind
        )
        return f"('{self.name}', {', '.join(parts)})"


def _parties_of(parties: tuple[Parties, ...], whom: str) -> str:
    return " union all ".join(f"({one.rows(whom)})" for one in parties)


@dataclass(frozen=True)
class Telling:
    """What one feed tells of one kind of party. `rows` is a statement of `code` (whose it is), `as_of` and what the
    facts ask for, as of `%(on)s`."""

    feed: str
    parties: tuple[Parties, ...]
    rows: str
    facts: tuple[Fact, ...]
    among: str = "s.code"
    """Which of several rows of one day tells, the first; SQL over `s`."""

    def wanted(self, whom: str = "") -> str:
        """The statement of all facts as of `%(on)s`; of two rows about one customer the later one tells.

        `whom` is a comparison of a customer's id (`in (…)`); without one it is everybody.
        """
        facts = ", ".join(fact.as_row for fact in self.facts)
        parties = _parties_of(self.parties, whom)
        some = f" and p.customer_id {whom}" if whom else ""
        return f"""
            select distinct on (p.customer_id, v.name) p.customer_id, v.name, '{self.feed}' as feed, v.fen, v.number,
                   v.said, v.day_on, s.as_of
              from ({self.rows}) s join ({parties}) p on p.code = s.code
             cross join lateral (values {facts}) v (name, fen, number, said, day_on)
             where num_nonnulls(v.fen, v.number, v.said, v.day_on) = 1{some}
             order by p.customer_id, v.name, s.as_of desc, {self.among}"""  # noqa: S608


@dataclass(frozen=True)
class OpenTelling:
    """A feed whose rows name what they tell: `rows` is a statement of `code`, `name`, one value and `as_of`."""

    feed: str
    parties: tuple[Parties, ...]
    rows: str
    facts: tuple[Fact, ...] = ()

    def wanted(self, whom: str = "") -> str:
        some = f" where p.customer_id {whom}" if whom else ""
        return f"""
            select distinct on (p.customer_id, s.name) p.customer_id, s.name, '{self.feed}' as feed, s.fen, s.number,
                   s.said, s.day_on, s.as_of
              from ({self.rows}) s join ({_parties_of(self.parties, whom)}) p on p.code = s.code{some}
             order by p.customer_id, s.name, s.as_of desc, s.code"""  # noqa: S608
