"""Who did what: a row in the mutation's transaction, chained afterwards by one sealer.

The chain is HMAC-SHA256(key, previous seal || row) with a key that is not in the database. Advancing it inside each
transaction would make all mutations wait for one another (measured: a fifth of the rate), so rows are sealed in the
order in which the sealer sees them committed, each second.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import insert

from domain.shared.models import AuditRow
from domain.shared.night import Connection
from domain.shared.principal import Principal, PrincipalKind
from domain.shared.unit_of_work import UnitOfWork

GENESIS = bytes(32)


async def record(uow: UnitOfWork, *, by: Principal, action: str, subject: str, **detail: Any) -> None:
    """Note an act in the transaction of the act. `subject` names a row (`Customer:12`); no personal data."""
    row = {"actor_kind": by.kind, "actor_id": by.id, "action": action, "subject": subject, "detail": detail}
    await uow.session.execute(insert(AuditRow).values(row))


def record_sync(connection: Connection, *, by: Principal, action: str, subject: str, **detail: Any) -> None:
    """`record` for those who hold a psycopg connection."""
    connection.execute(
        "insert into audit (actor_kind, actor_id, action, subject, detail) values (%s, %s, %s, %s, %s)",
        [by.kind.value, by.id, action, subject, Jsonb(detail)],
    )


@dataclass(frozen=True)
class Head:
    """The end of the chain; kept outside the database it proves that no tail was cut."""

    position: int
    sha256: bytes


def canonical(row: tuple[Any, ...]) -> bytes:
    """What is sealed of a row: a JSON array, keys sorted, instants in UTC (docs/formats.md).

    Rows were sealed before principals had kinds: an id was a member of staff, none was the system. Those two are
    still written so, without their kind; every other pair carries it. So no two rows are written alike.
    """
    audit_id, at, kind, actor_id, action, subject, detail = row
    instant: datetime = at
    values = [audit_id, instant.astimezone(UTC).isoformat(), actor_id, action, subject, detail]
    if kind != (PrincipalKind.SYSTEM if actor_id is None else PrincipalKind.STAFF):
        values.append(kind)
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode()


def link(key: bytes, previous: bytes, row: tuple[Any, ...]) -> bytes:
    """The seal of a row after the seal before it."""
    return hmac.new(key, previous + canonical(row), hashlib.sha256).digest()


_HAS_UNSEALED = """
select exists (select from audit_unsealed u where exists (select from audit where id = u.audit_id))
"""
_UNSEALED = "select audit_id from audit_unsealed order by audit_id limit %s"
# By an array and not by a join: no plan of it walks ten million sealed rows, whatever the statistics say.
_ROWS = """
select id, at, actor_kind, actor_id, action, subject, detail from audit
 where id = any(%s) and not exists (select from audit_seals where audit_id = audit.id) order by id
"""
_STRIKE_OFF = """
delete from audit_unsealed where audit_id = any(%s)
   and exists (select from audit_seals s where s.audit_id = audit_unsealed.audit_id)
"""


def has_unsealed(connection: Connection) -> bool:
    """Whether there is anything for `seal`: one look at what is new, however long the chain is."""
    row = connection.execute(_HAS_UNSEALED).fetchone()
    return row is not None and bool(row[0])


def seal(connection: Connection, key: bytes, *, limit: int = 10_000) -> Head | None:
    """Chain committed rows that have no seal yet, oldest id first; the caller commits.

    What has none stands in `audit_unsealed`, into which a trigger writes in the transaction of the row itself: so the
    work depends on what is new, a row that commits late under a low id is found like any other, and the number of a row
    that was rolled back is waited for by nobody. Several sealers may run; an advisory lock lets one work at a time.
    Gives the new head, None when nothing was sealed.
    """
    taken = connection.execute("select pg_try_advisory_xact_lock(hashtext('audit sealer'))").fetchone()
    if taken is None or not taken[0]:
        return None
    last = connection.execute(
        "select position, sha256 from audit_seals order by position desc limit 1"
    ).fetchone()
    position, previous = (0, GENESIS) if last is None else (last[0], bytes(last[1]))
    waiting = [row[0] for row in connection.execute(_UNSEALED, [limit])]
    seals = []
    for row in connection.execute(_ROWS, [waiting]):
        position, previous = position + 1, link(key, previous, row)
        seals.append((row[0], position, previous))
    with connection.cursor() as cursor:
        cursor.executemany("insert into audit_seals (audit_id, position, sha256) values (%s, %s, %s)", seals)
    # A row that was taken away before it had a seal stays in the list: the verification names it.
    connection.execute(_STRIKE_OFF, [waiting])
    return Head(position, previous) if seals else None
