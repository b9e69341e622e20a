"""The chain over the audit: a superuser's alteration, deletion, reordering, insertion and cut are each found."""

import psycopg
import pytest

from domain.shared import audit
from domain.shared.principal import Principal

KEY = b"a key that is not in the database"


def write(connection: psycopg.Connection, *actions: str) -> None:
    for action in actions:
        audit.record_sync(
            connection, by=Principal.staff(1), action=action, subject="Customer:1", reason="测试"
        )


@pytest.fixture
def chain(connection: psycopg.Connection) -> psycopg.Connection:
    write(connection, "a", "b", "c")
    audit.seal(connection, KEY)
    write(connection, "d", "e")
    audit.seal(connection, KEY)
    return connection


def test_an_untouched_chain_verifies(chain: psycopg.Connection) -> None:
    report = audit.verify(chain, KEY)
    assert (report.sealed, report.unsealed, report.faults) == (5, 0, [])
    assert report.head is not None
    assert audit.verify(chain, KEY, known_head=report.head).faults == []
    assert audit.seal(chain, KEY) is None


def test_rows_are_sealed_as_they_commit_whatever_their_ids(database_url: str) -> None:
    with psycopg.connect(database_url) as slow, psycopg.connect(database_url) as quick:
        write(slow, "first id, last commit")
        write(quick, "second id")
        quick.commit()
        audit.seal(quick, KEY)
        quick.commit()
        slow.commit()
        audit.seal(quick, KEY)
        assert quick.execute("select audit_id from audit_seals order by position").fetchall() == [(2,), (1,)]
        assert audit.verify(quick, KEY).faults == []


def test_the_unsealed_tail_is_named(chain: psycopg.Connection) -> None:
    write(chain, "f")
    assert audit.verify(chain, KEY).unsealed == 1


def test_the_applications_role_changes_nothing(chain: psycopg.Connection) -> None:
    for attempt in ("update audit set action = 'x'", "delete from audit", "truncate audit cascade"):
        with pytest.raises(psycopg.errors.RaiseException), chain.transaction():
            chain.execute(attempt)


TAMPERINGS = {
    "alter": "update audit set action = 'forged' where id = 2",
    "delete": "delete from audit_seals where audit_id = 3; delete from audit where id = 3",
    "reorder": """update audit_seals set position = -1 where audit_id = 2;
                  update audit_seals set position = 2 where audit_id = 3;
                  update audit_seals set position = 3 where audit_id = 2""",
    "insert": """update audit_seals set position = position + 100 where position > 2;
                 insert into audit (id, actor_kind, action, subject, detail) overriding system value
                 values (99, 'SYSTEM', 'x', 'y', '{}');
                 insert into audit_seals (audit_id, position, sha256) values (99, 3, '\\x00');
                 update audit_seals set position = position - 99 where position > 100""",
    "cut": "delete from audit_seals where audit_id > 3; delete from audit where id > 3",
    "other key": None,
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found(chain: psycopg.Connection, how: str) -> None:
    head = audit.verify(chain, KEY).head
    chain.execute("set session_replication_role = replica")
    chain.execute(TAMPERINGS[how] or "select 1")
    report = audit.verify(chain, KEY if TAMPERINGS[how] else b"another key", known_head=head)
    assert report.faults, how
    assert audit.verify(chain, KEY).faults or how in ("cut", "other key"), (
        "only the tail needs the head kept outside"
    )
