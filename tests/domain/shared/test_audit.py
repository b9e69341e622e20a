"""The chain over the audit: a superuser's alteration, deletion, reordering, insertion and cut are each found."""

import psycopg
import pytest

from domain.shared import audit
from domain.shared.audit_verification import AuditReport, Fault, Wrong, verify
from domain.shared.principal import Principal

KEY = b"a key that is not in the database"


def write(connection: psycopg.Connection, *actions: str) -> None:
    for action in actions:
        audit.record_sync(
            connection, by=Principal.staff(1), action=action, subject="Customer:1", reason="测试"
        )


def heads(report: AuditReport) -> dict[int, bytes]:
    assert report.head is not None
    return {report.head.position: report.head.sha256}


@pytest.fixture
def chain(connection: psycopg.Connection) -> psycopg.Connection:
    write(connection, "a", "b", "c")
    audit.seal(connection, KEY)
    write(connection, "d", "e")
    audit.seal(connection, KEY)
    return connection


def test_an_untouched_chain_verifies(chain: psycopg.Connection) -> None:
    report = verify(chain, KEY)
    assert (report.sealed, report.unsealed, report.faults) == (5, 0, [])
    assert report.head is not None
    assert verify(chain, KEY, known_heads=heads(report)).faults == []
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
        assert verify(quick, KEY).faults == []


def test_the_unsealed_tail_is_named(chain: psycopg.Connection) -> None:
    write(chain, "f")
    assert verify(chain, KEY).unsealed == 1


def test_the_applications_role_changes_nothing(chain: psycopg.Connection) -> None:
    for attempt in ("update audit set action = 'x'", "delete from audit", "truncate audit cascade"):
        with pytest.raises(psycopg.errors.RaiseException), chain.transaction():
            chain.execute(attempt)


def test_a_pass_reads_what_is_new_and_not_what_is_sealed(chain: psycopg.Connection) -> None:
    """Twenty thousand sealed rows lie before it; the account is PostgreSQL's own, of this transaction."""
    chain.execute(
        "insert into audit (actor_kind, action, subject, detail)"
        " select 'SYSTEM', 'a', 'b', '{}' from generate_series(1, 20000)"
    )
    while audit.seal(chain, KEY):
        pass
    chain.execute("analyze audit; analyze audit_seals; analyze audit_unsealed")
    before = rows_read(chain)
    write(chain, "new", "newer", "newest")
    assert audit.has_unsealed(chain)
    assert audit.seal(chain, KEY) is not None
    assert not audit.has_unsealed(chain)
    assert rows_read(chain) - before <= 50
    assert verify(chain, KEY).faults == []


def rows_read(connection: psycopg.Connection) -> int:
    row = connection.execute(
        """select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_xact_user_tables
            where relname in ('audit', 'audit_seals', 'audit_unsealed')"""
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_number_of_a_row_that_was_rolled_back_holds_nobody_up(chain: psycopg.Connection) -> None:
    with chain.transaction(force_rollback=True):
        write(chain, "undone")
    write(chain, "after the gap")
    head = audit.seal(chain, KEY)
    assert head is not None
    assert chain.execute("select audit_id from audit_seals where position = 6").fetchone() == (7,)
    assert verify(chain, KEY).faults == []


TAMPERINGS = {
    "alter": ("update audit set action = 'forged' where id = 2", Fault(Wrong.ROW_ALTERED, 2, 2)),
    "delete": (
        "delete from audit_seals where audit_id = 3; delete from audit where id = 3",
        Fault(Wrong.SEALS_GONE, 4, None),
    ),
    "delete the row alone": (
        """alter table audit_seals drop constraint audit_seals_audit_id_fkey;
           delete from audit where id = 3""",
        Fault(Wrong.ROW_GONE, 3, 3),
    ),
    "reorder": (
        """update audit_seals set position = -1 where audit_id = 2;
           update audit_seals set position = 2 where audit_id = 3;
           update audit_seals set position = 3 where audit_id = 2""",
        Fault(Wrong.ROW_ALTERED, 2, 3),
    ),
    "insert": (
        """update audit_seals set position = position + 100 where position > 2;
           insert into audit (id, actor_kind, action, subject, detail) overriding system value
           values (99, 'SYSTEM', 'x', 'y', '{}');
           insert into audit_seals (audit_id, position, sha256) values (99, 3, '\\x00');
           update audit_seals set position = position - 99 where position > 100""",
        Fault(Wrong.ROW_ALTERED, 3, 99),
    ),
    "insert past the trigger": (
        """insert into audit (id, actor_kind, action, subject, detail) overriding system value
           values (99, 'SYSTEM', 'x', 'y', '{}')""",
        Fault(Wrong.ROW_PAST_THE_LIST, None, 99),
    ),
    "cut": (
        "delete from audit_seals where audit_id > 3; delete from audit where id > 3",
        Fault(Wrong.HEAD_GONE, 5, None),
    ),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found_and_its_place_is_named(chain: psycopg.Connection, how: str) -> None:
    known = heads(verify(chain, KEY))
    statement, fault = TAMPERINGS[how]
    chain.execute("set session_replication_role = replica")
    chain.execute(statement)
    assert verify(chain, KEY, known_heads=known).faults[0] == fault
    assert verify(chain, KEY).faults or how == "cut", "only the tail needs the head kept outside"


def test_a_row_that_is_taken_away_before_it_has_a_seal_is_missed(chain: psycopg.Connection) -> None:
    write(chain, "f")
    chain.execute("set session_replication_role = replica")
    chain.execute("delete from audit where id = 6")
    assert audit.seal(chain, KEY) is None
    assert verify(chain, KEY).faults == [Fault(Wrong.UNSEALED_ROW_GONE, None, 6)]


def test_another_key_proves_nothing(chain: psycopg.Connection) -> None:
    report = verify(chain, b"another key", most=3)
    assert report.faults == [Fault(Wrong.ROW_ALTERED, position, position) for position in (1, 2, 3)]
