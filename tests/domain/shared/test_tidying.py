"""What has run out goes with the night, by the days in force, and nothing else does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.shared import tidying
from domain.shared.calendar import BANK_ZONE
from domain.shared.night import Night, StepResult, silent
from domain.shared.retention import RETENTION, Kept
from domain.shared.tidying import tidy
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

END = datetime(2026, 11, 21, tzinfo=BANK_ZONE)
"""The end of the data date."""


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    return SmallBank(connection)


def carry_out(bank: SmallBank, **parameters: int) -> StepResult:
    values = {f"retention.{name}": days for name, days in parameters.items()}
    return tidy(bank.connection, Night(1, DATA_DATE, Path("/nowhere"), parameters=values), silent)


def _quarantined(bank: SmallBank, at: datetime) -> None:
    batch = insert(
        bank.connection,
        "batches",
        feed="loan",
        data_date=DATA_DATE,
        sequence=1,
        file_name="f",
        sha256=str(at),
        state="LOADED",
        rows=1,
        loaded=0,
        refused=0,
        quarantined=1,
        changed=0,
        taken_at=at,
    )
    insert(bank.connection, "quarantined_rows", batch_id=batch, line=1, raw="张三|320923", reasons=Jsonb([]))


def _session(bank: SmallBank, at: datetime) -> None:
    account = insert(
        bank.connection,
        "accounts",
        account=str(at),
        staff_id=bank.manager_a,
        password_hash="",
        failed_attempts=0,
    )
    later = at + timedelta(hours=12)
    row = {"account_id": account, "created_at": at, "expires_at": later, "revoked_at": at}
    insert(bank.connection, "sessions", token_sha256=str(at).encode(), **row)


def _failures(bank: SmallBank, at: datetime) -> None:
    insert(bank.connection, "sign_in_failures", address=str(at), failures=1, since=at)


def _key(bank: SmallBank, at: datetime) -> None:
    bank.connection.execute(
        """insert into idempotency_keys (actor_kind, actor_id, key, operation, body_sha256, answer, created_at)
           values ('STAFF', %s, gen_random_uuid(), 'recordVisit', '', '{}', %s)""",
        [bank.manager_a, at],
    )


def _job(bank: SmallBank, at: datetime, state: str = "DONE") -> None:
    insert(
        bank.connection,
        "outbox",
        name="x",
        key=f"{state}{at}",
        args=Jsonb({}),
        state=state,
        attempts=1,
        ended_at=at,
    )


def _night(bank: SmallBank, at: datetime) -> int:
    row = {"data_date": DATA_DATE, "state": "DONE", "is_full": False, "retrain": False, "ended_at": at}
    run: int = insert(bank.connection, "night_runs", **row)
    return run


def _change(bank: SmallBank, at: datetime) -> None:
    insert(bank.connection, "night_changes", night_run_id=_night(bank, at), customer_id=1)


def _step(bank: SmallBank, at: datetime) -> None:
    row = {"name": "find", "position": 1, "state": "DONE", "progress": 1}
    insert(bank.connection, "night_steps", night_run_id=_night(bank, at), **row)


def _file(bank: SmallBank, at: datetime) -> None:
    row = {
        "purpose": "import",
        "name": "a",
        "size_bytes": 1,
        "state": "EXPECTED",
        "expires_at": at,
        "asked_at": at,
    }
    insert(bank.connection, "files", id=uuid4(), asked_by_id=bank.manager_a, **row)


def _atom_sums(bank: SmallBank, at: datetime) -> None:
    names = ("customers", "located", "visited_90d", "key_customers", "due_visits", "at_risk")
    figures = dict.fromkeys((*names, "deposit_fen", "loan_fen"), 0)
    day = at.astimezone(BANK_ZONE).date()
    insert(bank.connection, "atom_sums", data_date=day, atom_id=1, kind="PERSON", tier="KEY", **figures)


def _trial(bank: SmallBank, at: datetime) -> None:
    row = {"state": "READ", "text": "", "file_name": "a", "asked_by_id": bank.manager_a, "asked_at": at}
    insert(bank.connection, "feed_trials", **row)


def _import(bank: SmallBank, at: datetime) -> int:
    counts = dict.fromkeys(("new_rows", "changed_rows", "ended_rows", "same_rows", "refused_rows"), 0)
    row = {
        "kind": "staff",
        "state": "TRIED",
        "file_name": "a",
        "file_sha256": b"",
        "from_on": DATA_DATE,
        "is_whole": True,
        "notes": Jsonb([]),
        "actor_kind": "SYSTEM",
        "tried_at": at,
    }
    key: int = insert(bank.connection, "imports", **counts, **row)
    return key


def _import_change(bank: SmallBank, at: datetime) -> None:
    row = {"position": 0, "act": "NEW", "key": ["1"], "after": Jsonb({})}
    insert(bank.connection, "import_changes", import_id=_import(bank, at), **row)


def _import_problem(bank: SmallBank, at: datetime) -> None:
    row = {"position": 0, "sheet": "", "row": 2, "sheet_column": "A", "heading": "工号", "said": Jsonb({})}
    insert(bank.connection, "import_problems", import_id=_import(bank, at), **row)


def _import_shape(bank: SmallBank, at: datetime) -> None:
    shape = "SRID=4326;MULTIPOLYGON(((101 36, 102 36, 102 37, 101 36)))"
    insert(bank.connection, "import_shapes", fingerprint=str(at), kept_at=at, boundary_wgs84=shape)


def _old_visit(bank: SmallBank, at: datetime) -> None:
    row = {"customer_id": 1, "recorded_for_id": 1, "source": "旧", "number": str(at), "kind": "VISIT"}
    insert(bank.connection, "old_visits", made_on=at.astimezone(BANK_ZONE).date(), **row)


ROWS: dict[str, Callable[[SmallBank, datetime], None]] = {
    "quarantined_rows": _quarantined,
    "sessions": _session,
    "sign_in_failures": _failures,
    "idempotency_keys": _key,
    "outbox": _job,
    "night_changes": _change,
    "night_steps": _step,
    "files": _file,
    "atom_sums": _atom_sums,
    "feed_trials": _trial,
    "import_changes": _import_change,
    "import_problems": _import_problem,
    "import_shapes": _import_shape,
    "old_visits": _old_visit,
    "ground_versions": lambda bank, at: insert(
        bank.connection, "ground_versions", fingerprint=str(at), kept_at=at
    ),
}
# What goes with the basis of its source is tried in tests/domain/feeds/test_sources.py.
TIMED = [kept for kept in RETENTION if kept.days is not None and kept.partition is None]


def count(bank: SmallBank, table: str) -> int:
    row = bank.connection.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


def test_rows_go_on_their_day_and_not_a_second_before(bank: SmallBank) -> None:
    """One row a table a second inside and one a second outside; a bank that keeps longer loses neither."""
    for kept in TIMED:
        assert kept.days is not None
        edge = END - timedelta(days=kept.days.default)
        for second in (-1, 1):
            ROWS[kept.table](bank, edge + timedelta(seconds=second))
    longer = {kept.days.name.removeprefix("retention."): 3_650 for kept in TIMED if kept.days is not None}
    assert carry_out(bank, **longer).rows == 0
    assert carry_out(bank).rows == len(TIMED)
    assert {kept.table: count(bank, kept.table) for kept in TIMED} == dict.fromkeys(ROWS, 1)
    assert carry_out(bank).rows == 0


def test_the_table_says_what_was_in_force_and_what_went(bank: SmallBank) -> None:
    _session(bank, END - timedelta(days=10))
    carry_out(bank, sessions_days=9)
    found = {
        what: (days, removed)
        for what, days, removed in bank.connection.execute("select what, days, removed from retention")
    }
    assert found["sessions"] == (9, 1)
    assert found["quarantined_rows"] == (90, 0)
    assert found["audit"] == (None, 0)


def test_the_migration_seeds_what_is_declared(connection: psycopg.Connection) -> None:
    declared = {
        (kept.table, None if kept.days is None else kept.days.default, kept.why) for kept in RETENTION
    }
    assert set(connection.execute("select what, days, why from retention").fetchall()) == declared


@pytest.mark.parametrize("state", ["QUEUED", "RUNNING", "DEAD"])
def test_work_that_is_not_done_stays(bank: SmallBank, state: str) -> None:
    _job(bank, END - timedelta(days=900), state)
    carry_out(bank)
    assert count(bank, "outbox") == 1


def test_a_long_standstill_is_made_up_for_in_several_nights(
    bank: SmallBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "CHUNK", 2)
    monkeypatch.setattr(tidying, "CHUNKS_A_NIGHT", 2)
    for number in range(7):
        _failures(bank, END - timedelta(days=5, minutes=number))
    assert [carry_out(bank).rows for _ in range(3)] == [4, 3, 0]


def test_who_holds_a_row_keeps_it_for_tonight(database_url: str) -> None:
    with psycopg.connect(database_url) as one, psycopg.connect(database_url) as other:
        bank = SmallBank(one)
        _session(bank, END - timedelta(days=100))
        one.commit()
        other.execute("select from sessions for update")
        assert carry_out(bank).rows == 0
        other.rollback()
        assert carry_out(bank).rows == 1


def test_what_is_kept_for_good_has_no_days() -> None:
    for_good = {kept.table for kept in RETENTION if kept.days is None}
    assert {"audit", "audit_seals"} <= for_good
    assert Kept("audit", "").is_over == "false"
