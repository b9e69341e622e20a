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


@dataclass(frozen=True)
class AuditReport:
    """What a verification found. `faults` are sentences; `unsealed` rows are committed and not yet in the chain."""

    sealed: int
    unsealed: int
    faults: list[str]
    head: Head | None


def _canonical(row: tuple[Any, ...]) -> bytes:
    """What is sealed of a row.

    Rows were sealed before principals had kinds: an id was a member of staff, none was the system. Those two are
    still written so, without their kind; every other pair carries it. So no two rows are written alike.
    """
    audit_id, at, kind, actor_id, action, subject, detail = row
    instant: datetime = at
    values = [audit_id, instant.astimezone(UTC).isoformat(), actor_id, action, subject, detail]
    if kind != (PrincipalKind.SYSTEM if actor_id is None else PrincipalKind.STAFF):
        values.append(kind)
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode()


def _link(key: bytes, previous: bytes, row: tuple[Any, ...]) -> bytes:
    return hmac.new(key, previous + _canonical(row), hashlib.sha256).digest()


_UNSEALED = """
select audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.subject, audit.detail
  from audit
 where not exists (select from audit_seals where audit_id = audit.id) order by audit.id limit %s
"""

_CHAIN = """
select s.position, s.audit_id, s.sha256,
       audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.action, audit.subject, audit.detail
  from audit_seals s left join audit on audit.id = s.audit_id order by s.position
"""


def seal(connection: Connection, key: bytes, *, limit: int = 10_000) -> Head | None:
    """Chain committed rows that have no seal yet, oldest id first; the caller commits.

    Several sealers may run; an advisory lock lets one work at a time. Gives the new head, None when nothing was sealed.
    """
    taken = connection.execute("select pg_try_advisory_xact_lock(hashtext('audit sealer'))").fetchone()
    if taken is None or not taken[0]:
        return None
    last = connection.execute(
        "select position, sha256 from audit_seals order by position desc limit 1"
    ).fetchone()
    position, previous = (0, GENESIS) if last is None else (last[0], bytes(last[1]))
    rows = connection.execute(_UNSEALED, [limit]).fetchall()
    seals = []
    for row in rows:
        position, previous = position + 1, _link(key, previous, row)
        seals.append((row[0], position, previous))
    if not seals:
        return None
    with connection.cursor() as cursor:
        cursor.executemany("insert into audit_seals (audit_id, position, sha256) values (%s, %s, %s)", seals)
    return Head(position, previous)


def verify(connection: Connection, key: bytes, *, known_head: Head | None = None) -> AuditReport:
    """Walk the whole chain and name every row that was altered, deleted, reordered, inserted or cut off."""
    faults: list[str] = []
    position, previous = 0, GENESIS
    is_known_head_seen = known_head is None
    with connection.cursor(name="audit_chain") as cursor:
        cursor.execute(_CHAIN)
        for found_position, audit_id, sha256, *row in cursor:
            if found_position != position + 1:
                faults.append(f"第 {position + 1} 至 {found_position - 1} 号封印缺失，其审计行已被删除")
            if row[0] is None:
                faults.append(f"审计行 {audit_id} 已被删除（第 {found_position} 号封印仍在）")
            elif _link(key, previous, tuple(row)) != bytes(sha256) and found_position == position + 1:
                faults.append(f"审计行 {audit_id} 与第 {found_position} 号封印不符：内容或顺序被改动")
            position, previous = found_position, bytes(sha256)
            if known_head is not None and position == known_head.position:
                is_known_head_seen = previous == known_head.sha256
    if not is_known_head_seen and known_head is not None:
        faults.append(f"库外留存的链尾（第 {known_head.position} 号）在库中不存在：尾部被截断或整链被重写")
    unsealed = connection.execute(
        "select count(*) from audit where not exists (select from audit_seals where audit_id = audit.id)"
    ).fetchone()
    sealed = connection.execute("select count(*) from audit_seals").fetchone()
    assert unsealed is not None
    assert sealed is not None
    return AuditReport(sealed[0], unsealed[0], faults, Head(position, previous) if position else None)
