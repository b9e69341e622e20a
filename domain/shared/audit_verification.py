"""Whether the chain over the audit still holds: what was altered, deleted, reordered, inserted or cut off, and where.

The head of the chain must be kept outside the database; the workers' log holds one a minute. Without one, a tail that
was cut off together with its seals leaves no trace.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from domain.shared.audit import GENESIS, Head, link
from domain.shared.night import Connection


class Wrong(StrEnum):
    """What is wrong at a place of the chain."""

    ROW_ALTERED = "row_altered"
    """Row and seal do not belong together: contents or order were changed, or the key is another one."""
    ROW_GONE = "row_gone"
    """The seal is there and its row is not."""
    SEALS_GONE = "seals_gone"
    """Positions before this one are missing."""
    HEAD_GONE = "head_gone"
    """A head kept outside is not in the chain: its tail was cut off, or all of it was written anew."""
    UNSEALED_ROW_GONE = "unsealed_row_gone"
    """A row was taken away before it had a seal."""
    ROW_PAST_THE_LIST = "row_past_the_list"
    """A row that has no seal and never asked for one: it came in past the trigger."""


@dataclass(frozen=True)
class Fault:
    """`position` is where in the chain (None: not in it yet), `audit_id` which row (None: none is left to name)."""

    wrong: Wrong
    position: int | None
    audit_id: int | None


@dataclass(frozen=True)
class AuditReport:
    """What a verification found: `faults` in the order of the chain, the first `most` of them.

    `unsealed` rows are committed and not yet in the chain: no fault, the sealer comes each second.
    """

    sealed: int
    unsealed: int
    faults: list[Fault]
    head: Head | None


_CHAIN = """
select s.position, s.audit_id, s.sha256,
       audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.subject, audit.detail
  from audit_seals s left join audit on audit.id = s.audit_id order by s.position
"""
_PAST_THE_LIST = """
select id from audit
 where not exists (select from audit_seals where audit_id = audit.id)
   and not exists (select from audit_unsealed where audit_id = audit.id)
 order by id
"""
_UNSEALED_GONE = """
select audit_id from audit_unsealed u where not exists (select from audit where id = u.audit_id) order by audit_id
"""


def verify(
    connection: Connection, key: bytes, *, known_heads: Mapping[int, bytes] | None = None, most: int = 100
) -> AuditReport:
    """Walk the whole chain in one snapshot of the caller's transaction; `known_heads` are seals by position."""
    walk = _Walk(connection, key, dict(known_heads or {}))
    faults = list(islice(walk.faults(), most))
    return AuditReport(*_numbers(connection), faults, walk.head)


def _numbers(connection: Connection) -> tuple[int, int]:
    row = connection.execute(
        """select (select count(*) from audit_seals),
                  (select count(*) from audit where not exists (select from audit_seals where audit_id = audit.id))"""
    ).fetchone()
    assert row is not None
    return row[0], row[1]


class _Walk:
    """One walk along the chain; `head` is where it came to."""

    def __init__(self, connection: Connection, key: bytes, known_heads: dict[int, bytes]) -> None:
        self._connection = connection
        self._key = key
        self._known = known_heads
        self.head: Head | None = None

    def faults(self) -> Iterator[Fault]:
        yield from self._along_the_chain()
        for position in sorted(self._known):
            yield Fault(Wrong.HEAD_GONE, position, None)
        for (audit_id,) in self._connection.execute(_UNSEALED_GONE).fetchall():
            yield Fault(Wrong.UNSEALED_ROW_GONE, None, audit_id)
        for (audit_id,) in self._connection.execute(_PAST_THE_LIST).fetchall():
            yield Fault(Wrong.ROW_PAST_THE_LIST, None, audit_id)

    def _along_the_chain(self) -> Iterator[Fault]:
        position, previous = 0, GENESIS
        with self._connection.cursor(name="audit_chain") as cursor:
            cursor.itersize = 10_000
            cursor.execute(_CHAIN)
            for found, audit_id, sha256, *row in cursor:
                sealed = bytes(sha256)
                if row[0] is None:
                    yield Fault(Wrong.ROW_GONE, found, audit_id)
                elif found != position + 1:
                    yield Fault(Wrong.SEALS_GONE, found, None)
                elif link(self._key, previous, tuple(row)) != sealed:
                    yield Fault(Wrong.ROW_ALTERED, found, audit_id)
                position, previous = found, sealed
                self.head = Head(position, previous)
                if self._known.get(position) == sealed:
                    del self._known[position]
