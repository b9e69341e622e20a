"""Load, back up, destroy, restore, compare; and what a restore refuses, leaving everything as it was."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from api.local.backups import DATABASE, FACTS
from api.local.backups.restoring import restore_backup
from api.local.backups.sums import write_sums
from api.local.backups.taking import copy_if_there, take_backup
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.state import note
from tests.databases import database_of
from tests.domain.small_bank import SmallBank
from tests.servers import database_server_url


@pytest.fixture
def place(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A place whose database is the test's, as if a bank had named its own server."""
    made = Place(tmp_path / ".local")
    made.folder.mkdir()
    made.logs.mkdir()
    monkeypatch.setenv("DATABASE_URL", database_url)
    note(made, database_url=database_url, mode="production", files=str(tmp_path / "files"))
    yield made
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        for name in (f"{database_of(database_url)}_restoring", f"{database_of(database_url)}_before"):
            server.execute(f'drop database if exists "{name}" with (force)')


def fill(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        bank = SmallBank(connection)
        for number in range(3):
            bank.staff(f"S{number}", bank.head_office, "HEAD_OFFICE")


def everything(database_url: str) -> dict[str, tuple]:
    """Rows of every table of the product: how many, and a digest that does not mind how they lie."""
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            """select c.oid::regclass::text from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')"""
        ).fetchall()
        digest = "select count(*), md5(string_agg(md5(t::text), '' order by md5(t::text))) from {} t"
        return {
            name: connection.execute(sql.SQL(digest).format(sql.Identifier(name.strip('"')))).fetchone()
            for (name,) in tables
        }


def backed_up(place: Place, tmp_path: Path, **given: int) -> Path:
    out = tmp_path / "backups"
    out.mkdir(exist_ok=True)
    return take_backup(place, Screen(), out, **given).folder


def test_what_was_destroyed_comes_back_with_its_files(
    place: Place, database_url: str, tmp_path: Path
) -> None:
    fill(database_url)
    kept = tmp_path / "files" / "ab" / "abcdef.png"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"picture")
    before = everything(database_url)
    backup = backed_up(place, tmp_path)
    assert backup.stat().st_mode & 0o077 == 0
    assert json.loads((backup / FACTS).read_text())["revisions"]
    shutil.rmtree(tmp_path / "files")
    with psycopg.connect(database_url) as connection:
        connection.execute("drop schema public cascade; create schema public")
    restore_backup(place, Screen(), backup)
    assert everything(database_url) == before
    assert kept.read_bytes() == b"picture"
    with psycopg.connect(database_server_url()) as server:
        left = server.execute("select datname from pg_database where starts_with(datname, %s)",
                              [database_of(database_url) + "_"]).fetchall()  # fmt: skip
    assert left == []


def test_a_file_that_goes_while_the_folder_is_copied_stops_no_backup(tmp_path: Path) -> None:
    """A worker looks at what came in and puts it elsewhere, between the listing of the folder and the copy."""
    folder, to = tmp_path / "files", tmp_path / "copy"
    (folder / "incoming").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / "incoming" / name).write_bytes(b"x")

    def copied(source: str, target: str) -> None:
        for one in (folder / "incoming").iterdir():
            one.unlink()
        copy_if_there(source, target)

    shutil.copytree(folder, to, copy_function=copied)
    assert os.listdir(to / "incoming") == []


def test_data_that_are_there_give_way_only_when_told(place: Place, database_url: str, tmp_path: Path) -> None:
    backup = backed_up(place, tmp_path)
    fill(database_url)
    before = everything(database_url)
    with pytest.raises(CannotGoOn, match=r"org_units.*staff"):
        restore_backup(place, Screen(), backup)
    with psycopg.connect(database_url), pytest.raises(CannotGoOn, match="1"):
        restore_backup(place, Screen(), backup, may_replace=True)
    assert everything(database_url) == before
    restore_backup(place, Screen(), backup, may_replace=True)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from staff").fetchone() == (0,)


def test_a_bad_backup_touches_nothing(place: Place, database_url: str, tmp_path: Path) -> None:
    backup = backed_up(place, tmp_path)
    fill(database_url)
    before = everything(database_url)

    def refused(folder: Path, sentence: str) -> None:
        with pytest.raises(CannotGoOn, match=sentence):
            restore_backup(place, Screen(), folder, may_replace=True)

    refused(tmp_path / "nowhere", "nowhere")
    refused(tmp_path, r"backup")
    a_table = next(path for path in (backup / DATABASE).iterdir() if path.name.endswith(".gz"))
    whole = a_table.read_bytes()
    a_table.write_bytes(whole[:-1])
    refused(backup, a_table.name)
    write_sums(backup)
    refused(backup, "pg_restore")
    a_table.write_bytes(whole)
    facts = json.loads((backup / FACTS).read_text())
    (backup / FACTS).write_text(json.dumps(facts | {"revisions": ["of tomorrow"]}))
    write_sums(backup)
    refused(backup, facts["version"])
    (backup / FACTS).write_text("[1]")
    refused(backup, "backup")
    assert everything(database_url) == before


def test_older_backups_go_and_nothing_else_does(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "backups"
    for name in ("yunge-20250101T000000Z", "yunge-20250102T000000Z", "yunge-20250103T000000Z", "other"):
        (out / name).mkdir(parents=True)
        (out / name / FACTS).touch()
    (out / "yunge-20250101T000000Z" / FACTS).unlink()
    (out / "yunge-20250104T000000Z.partial").mkdir()
    newest = backed_up(place, tmp_path, keep=2)
    left = sorted(os.listdir(out))
    assert left == ["other", "yunge-20250101T000000Z", "yunge-20250103T000000Z", newest.name]


def test_a_folder_that_is_not_there_is_not_made(place: Place, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="mnt"):
        take_backup(place, Screen(), tmp_path / "mnt" / "that is not mounted")
