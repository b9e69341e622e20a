"""Seals that were made before principals had kinds hold afterwards, and what was noted says who it was."""

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from domain.shared import audit
from domain.shared.audit_verification import verify
from domain.shared.principal import SYSTEM, Principal, PrincipalKind

BEFORE = "9a1c1ba15027-1"
KEY = b"a key that is not in the database"
OLD = """
    insert into audit (id, at, actor_id, action, subject, detail) overriding system value values
    (1, '2026-11-20T01:02:03.456789Z', 7, 'visit.recorded', 'Visit:6f1f7a3e-51a5-4b0e-9a35-2b6f8f0a2c11', '{}'),
    (2, '2026-11-20T01:02:04Z', null, 'session.refused', 'Account:3', '{}'),
    (3, '2026-11-20T01:02:05.5Z', 7, 'cut_link', 'Customer:12', '{"reason": "两家店", "records": [4, 9]}'),
    (4, '2026-11-20T01:02:06Z', null, 'account.added', 'Account:5', '{"staff": 8, "role": "ADMINISTRATOR"}');
    select setval('audit_id_seq', 4);
    insert into idempotency_keys (actor_id, key, operation, body_sha256, answer)
    values (7, '6f1f7a3e-51a5-4b0e-9a35-2b6f8f0a2c11', 'recordVisit', '', '{}');
    insert into activities (kind, actor_id) values ('VISIT', 7), ('NOTE', null);
"""
OLD_SEALS = (
    "8ac021e698e660786bf6fafdd472c174d28b93b58e5136ca0bb9b045c945c8b5",
    "acff0e399464bc79c7598eaa6c80d98f2fdf5088e1a0fdf12f400d670392691f",
    "106eded5fb7ecc2d21ae1ca97c9bfa3bc2322cc849eeb1547f0ab5ce7b529661",
    "bf66ea849d96ce0b1cf088ed9137b43dc92918132f425a34791d0bf1492e3391",
)
"""As the code of the day before sealed these rows."""


FILES = "select pg_relation_filenode('audit'), pg_relation_filenode('activities')"


def put_seals(database: psycopg.Connection) -> None:
    for position, sha256 in enumerate(OLD_SEALS, start=1):
        database.execute(
            "insert into audit_seals (audit_id, position, sha256) values (%s, %s, %s)",
            [position, position, bytes.fromhex(sha256)],
        )


def test_old_seals_hold_and_new_ones_follow(history: tuple[Config, list[str]], empty_database: str) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(OLD)
        put_seals(database)
        written = database.execute(FILES).fetchone()
    command.upgrade(config, "head")
    with psycopg.connect(empty_database) as database:
        assert database.execute(FILES).fetchone() == written, "years of rows are not written anew"
        assert verify(database, KEY).faults == []
        kinds = database.execute("select actor_kind, actor_id from audit order by id").fetchall()
        assert kinds == [("STAFF", 7), ("SYSTEM", None)] * 2
        assert database.execute("select actor_kind, actor_id from activities order by id").fetchall() == [
            ("STAFF", 7),
            ("SYSTEM", None),
        ]
        assert database.execute("select actor_kind, actor_id from idempotency_keys").fetchall() == [
            ("STAFF", 7)
        ]
        for principal in (SYSTEM, Principal.staff(7), Principal(PrincipalKind.CUSTOMER, 7)):
            audit.record_sync(database, by=principal, action="later", subject="Customer:1")
        audit.seal(database, KEY)
        report = verify(database, KEY)
        assert (report.sealed, report.unsealed, report.faults) == (7, 0, [])


@pytest.mark.parametrize(
    "forgery",
    [
        "actor_kind = 'CUSTOMER' where id = 1",
        "actor_kind = 'STAFF' where id = 2",
        "actor_kind = 'SYSTEM' where id = 3",
        "actor_kind = 'STAFF', actor_id = 9 where id = 4",
        "actor_kind = 'STAFF' where id = 5",
        "actor_kind = 'PARTNER' where id = 5",
    ],
)
def test_who_it_was_is_sealed(connection: psycopg.Connection, forgery: str) -> None:
    with_kinds = OLD.partition("insert into idempotency_keys")[0].replace("(id, at,", "(id, at, actor_kind,")
    with_kinds = with_kinds.replace("Z', 7,", "Z', 'STAFF', 7,").replace("Z', null,", "Z', 'SYSTEM', null,")
    connection.execute(with_kinds.encode())
    put_seals(connection)
    audit.record_sync(
        connection, by=Principal(PrincipalKind.CUSTOMER, 7), action="later", subject="Customer:1"
    )
    audit.seal(connection, KEY)
    assert verify(connection, KEY).faults == []
    connection.execute("set session_replication_role = replica")
    connection.execute("alter table audit drop constraint ck_audit_actor")
    connection.execute(f"update audit set {forgery}".encode())
    assert verify(connection, KEY).faults
