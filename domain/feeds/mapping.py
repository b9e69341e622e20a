"""How the lines of one file are read: what stands in `parts` for each column of the contract."""

from dataclasses import dataclass, field

from psycopg import sql

from domain.feeds.contracts import Feed


@dataclass(frozen=True)
class Mapping:
    """`columns` is how many parts a line has, `written` one text a column of the contract, as SQL over `parts`.

    `seed` tells lines of one reading from the same letters read otherwise. `coded` are columns whose text is null where
    a code is on no list.
    """

    seed: int
    columns: int
    written: tuple[sql.Composable, ...]
    coded: frozenset[str] = frozenset()
    codes: tuple[tuple[int, str, sql.Composable], ...] = ()
    """Of each coded column its place in the contract (from 1), its name, and the code as the file writes it."""
    is_skipped: sql.Composable | None = None
    operation: sql.Composable | None = None
    """`U` brings a row, `D` ends its key, null is no operation."""
    amount_place: int | None = None
    """Of the part with the amount, from nought, where it is one part as it stands; `amount_factor` makes it yuan."""
    amount_factor: str = "1"
    has_every_key: bool = field(default=True)
    """Whether keys that the file does not have have ended: not so of an increment."""


def canonical(feed: Feed) -> Mapping:
    """Of files that have the columns of the contract in their order."""
    count = len(feed.columns)
    return Mapping(
        0,
        count,
        tuple(sql.SQL("parts[{}]").format(sql.Literal(place)) for place in range(1, count + 1)),
        amount_place=None if feed.amount is None else [one.name for one in feed.columns].index(feed.amount),
    )
