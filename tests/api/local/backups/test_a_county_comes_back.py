"""A whole county after two nights: backed up by an older release, destroyed, restored, migrated; not a row differs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from api.local.backups.restoring import restore_backup
from api.local.backups.taking import take_backup
from api.local.database import migrate, newest_revisions
from api.local.place import Place
from api.local.screen import Screen
from api.local.state import note
from tests.api.local.backups.test_backup_and_restore import everything
from tests.conftest import ROOT

BACK = 1


def alembic(database_url: str, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "alembic", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )


@pytest.mark.slow("install")
def test_a_county_is_destroyed_and_comes_back_under_a_newer_release(
    two_nights: str, lend_database: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database_url = lend_database(two_nights)
    monkeypatch.setenv("DATABASE_URL", database_url)
    place = Place(tmp_path / ".local")
    for folder in (place.folder, place.logs, tmp_path / "backups"):
        folder.mkdir()
    note(place, database_url=database_url, mode="production")
    # The release before the newest migration: walked there and back, its rows are what `up` makes of its backup.
    alembic(database_url, "downgrade", f"-{BACK}")
    older = take_backup(place, Screen(), tmp_path / "backups").folder
    alembic(database_url, "upgrade", "head")
    expected = everything(database_url)
    assert expected["customers"][0] > 1000
    with psycopg.connect(database_url) as connection:
        connection.execute("truncate customers, visits cascade")
    restore_backup(place, Screen(), older, may_replace=True)
    assert migrate(place, database_url)
    assert everything(database_url) == expected
    with psycopg.connect(database_url) as connection:
        found = {row[0] for row in connection.execute("select version_num from alembic_version")}
    assert found == newest_revisions()
