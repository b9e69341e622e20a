"""The chain is verified twice, by the product and by a script that knows nothing of it; both find the same."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from api.cli.audit import head_given, heads_in, lines_of, report_on
from api.cli.export import Export, write_export
from api.local.refusal import CannotGoOn
from api.local.words import CATALOGUES
from domain.shared import audit
from domain.shared.audit_verification import Wrong
from domain.shared.principal import SYSTEM, Principal, PrincipalKind

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_audit.py"
SECRET = "a secret of the tests, long enough for all"
KEY = hmac.new(SECRET.encode(), b"audit seal", hashlib.sha256).digest()
WHO = (Principal.staff(7), SYSTEM, Principal(PrincipalKind.CUSTOMER, 7), Principal.staff(8), SYSTEM)

ATTACKS = {
    "alter": "update audit set detail = '{}' where id = 3",
    "delete": "delete from audit_seals where audit_id = 3; delete from audit where id = 3",
    "reorder": """update audit_seals set position = -1 where audit_id = 2;
                  update audit_seals set position = 2 where audit_id = 3;
                  update audit_seals set position = 3 where audit_id = 2""",
    "insert": """update audit_seals set position = position + 100 where position > 2;
                 insert into audit (id, actor_kind, action, subject, detail) overriding system value
                 values (99, 'SYSTEM', 'x', 'y', '{}');
                 insert into audit_seals (audit_id, position, sha256) values (99, 3, decode(repeat('00', 32), 'hex'));
                 update audit_seals set position = position - 99 where position > 100""",
    "cut": "delete from audit_seals where audit_id > 3; delete from audit where id > 3",
}
AT = {"alter": "3", "delete": "4", "reorder": "2", "insert": "3", "cut": "5"}


@pytest.fixture
def chain(database_url: str) -> str:
    """Five sealed rows, one that waits for its seal; values that a format might lose."""
    with psycopg.connect(database_url) as connection:
        for number, who in enumerate(WHO):
            detail = {"reason": '两家店，\n"同名"', "share": 0.1, "n": number}
            audit.record_sync(connection, by=who, action="=1+1", subject="Customer:1", **detail)
        connection.execute("set session_replication_role = replica")
        connection.execute("update audit set at = '2026-11-20T01:02:03Z' where id = 2")
        connection.execute("set session_replication_role = origin")
        audit.seal(connection, KEY)
        audit.record_sync(connection, by=SYSTEM, action="later", subject="Customer:1")
    return database_url


def by_script(url: str, folder: Path, *heads: str) -> tuple[int, str]:
    """The script's verdict on an export, in a process that finds nothing of the product."""
    out = folder / "audit.csv"
    write_export(url, Export.AUDIT, out)
    environment = {"YUNGE_SECRET": SECRET, "PATH": os.environ["PATH"]}
    command = [sys.executable, "-I", str(SCRIPT), str(out), *heads]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_untouched_chain_holds_for_both(chain: str, tmp_path: Path) -> None:
    report = report_on(chain, KEY, {})
    assert report.head is not None
    head = f"{report.head.position}:{report.head.sha256.hex()}"
    assert lines_of(report, 0)[1] in ("审计链完整。", "The chain holds.")
    assert by_script(chain, tmp_path, head) == (
        0,
        f"5 sealed, 1 not sealed yet, head {head}\nthe chain holds\n",
    )
    assert len(SCRIPT.read_text().splitlines()) < 100


@pytest.mark.parametrize("attack", ATTACKS)
def test_both_find_what_a_superuser_did_and_where(chain: str, tmp_path: Path, attack: str) -> None:
    known = report_on(chain, KEY, {}).head
    assert known is not None
    with psycopg.connect(chain) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute(ATTACKS[attack].encode())
    report = report_on(chain, KEY, {known.position: known.sha256})
    assert str(report.faults[0].position) == AT[attack]
    assert AT[attack] in lines_of(report, 1)[1]
    code, said = by_script(chain, tmp_path, f"{known.position}:{known.sha256.hex()}")
    assert code == 1
    assert f"first broken position: {AT[attack]}:" in said


def test_another_secret_is_a_broken_chain_for_both(
    chain: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.SECRET", "another secret")
    assert report_on(chain, b"another key", {}).faults[0].position == 1
    assert by_script(chain, tmp_path)[0] == 1


def test_every_fault_has_its_sentence() -> None:
    said = json.loads((CATALOGUES / "en.json").read_text("utf-8"))["audit"]
    assert {wrong.name.lower() for wrong in Wrong} <= said.keys()


def test_heads_are_read_from_what_workers_logged() -> None:
    lines = [
        '{"position": 5, "sha256": "00ff", "event": "audit.head", "level": "info"}',
        '{"event": "job.done", "position": 9}',
        '{"event": "audit.head", "position"',
        "Traceback (most recent call last):",
    ]
    assert heads_in(lines) == {5: b"\x00\xff"}
    assert head_given("5:00ff") == (5, b"\x00\xff")
    with pytest.raises(CannotGoOn):
        head_given("latest")
