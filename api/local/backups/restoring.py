"""`./yunge restore`: while nothing runs, into a database beside the one that is there, which then takes its place."""

import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.local.backups import DATABASE, FACTS, FILES
from api.local.backups.sums import check_sums
from api.local.backups.taking import files_folder
from api.local.backups.tools import JOBS, run_tool
from api.local.database import known_revisions
from api.local.given import check_database
from api.local.place import Place
from api.local.postgres import Cluster, make_extension
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import archive_of
from api.local.state import alone, read_state
from api.local.supervisor import Supervisor
from api.local.words import t
from api.settings import Mode

HOLDS = ("org_units", "staff", "accounts", "customers", "night_runs", "batches", "audit")
"""A database in which one of these has a row is somebody's."""

SECONDS_TO_LEAVE = 3


@dataclass(frozen=True)
class Restored:
    seconds: float
    facts: dict[str, Any]


def restore_backup(place: Place, screen: Screen, folder: Path, *, may_replace: bool = False) -> Restored:
    """Put a backup in the place of what is there. Until its last moment the database that is there is untouched.

    Refused while the product runs, onto a database that holds data (unless told), and where the backup is damaged or
    of a release that this one does not know.
    """
    with alone(place):
        began = time.monotonic()
        facts = read_facts(folder)
        with screen.step(t("backups.comparing_sums")):
            check_sums(folder)
        _check_release(facts)
        _check_nothing_runs(place)
        noted = read_state(place)
        with screen.step(t("backups.server")):
            database_url = _server(place, noted)
        if not may_replace and (found := holding(database_url)):
            raise CannotGoOn(t("backups.holds_data", tables=t("lists.separator").join(found)))
        with screen.step(t("backups.restoring_database")):
            _exchange(place, database_url, folder / DATABASE)
        if (folder / FILES).is_dir():
            with screen.step(t("backups.files")):
                _put_files_back(folder / FILES, files_folder(place, noted))
        return Restored(time.monotonic() - began, facts)


def _server(place: Place, noted: dict[str, Any]) -> str:
    """The server that is given or was noted; the private one, started, where there is one or no other is known."""
    cluster = Cluster(place, archive=archive_of(place) if noted.get("mode") == Mode.PRODUCTION else None)
    given = os.environ.get("DATABASE_URL") or (None if cluster.data.exists() else noted.get("database_url"))
    if given:
        check_database(str(given))
        return str(given)
    place.make()
    return cluster.start()


def read_facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        return dict(facts) if (folder / DATABASE).is_dir() else _no_backup(folder)
    except (OSError, ValueError, TypeError):
        return _no_backup(folder)


def _no_backup(folder: Path) -> dict[str, Any]:
    raise CannotGoOn(t("backups.no_backup", folder=folder))


def _check_release(facts: dict[str, Any]) -> None:
    """An older one is migrated by the next `up`; a newer one has tables that this release does not know."""
    unknown = [revision for revision in facts.get("revisions", ()) if revision not in known_revisions()]
    if unknown:
        raise CannotGoOn(t("backups.newer_release", version=facts.get("version"), commit=facts.get("commit")))


def _check_nothing_runs(place: Place) -> None:
    if Supervisor(place).is_running():
        raise CannotGoOn(t("backups.product_runs"))


def holding(database_url: str) -> list[str]:
    """Which of the tables that say whose a database is have rows."""
    with psycopg.connect(database_url) as database:
        there = [
            name
            for (name,) in database.execute(
                "select name from unnest(%s::text[]) name where to_regclass('public.' || name) is not null",
                [list(HOLDS)],
            )
        ]
        asks = sql.SQL(" union all ").join(
            sql.SQL("select {} where exists (select from {})").format(sql.Literal(name), sql.Identifier(name))
            for name in there
        )
        return [name for (name,) in database.execute(asks)] if there else []


def _exchange(place: Place, database_url: str, dump: Path) -> None:
    parts = conninfo_to_dict(database_url)
    name = str(parts["dbname"])
    fresh, former = f"{name}_restoring", f"{name}_before"
    server_url = make_conninfo(database_url, dbname="postgres")
    with psycopg.connect(server_url, autocommit=True) as server:
        _check_nobody_is_connected(server, name)
        for left in (fresh, former):
            server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(left)))
        server.execute(sql.SQL("create database {} template template0").format(sql.Identifier(fresh)))
        try:
            _fill(place, make_conninfo(database_url, dbname=fresh), dump)
            _check_nobody_is_connected(server, name)
        except BaseException:
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(fresh)))
            raise
        rename = sql.SQL("alter database {} rename to {}")
        # Both or neither: an interruption between them would leave no database under the name.
        with server.transaction():
            server.execute(rename.format(sql.Identifier(name), sql.Identifier(former)))
            server.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
        server.execute(sql.SQL("drop database {}").format(sql.Identifier(former)))


def _fill(place: Place, fresh_url: str, dump: Path) -> None:
    make_extension(fresh_url)
    run_tool(
        "pg_restore",
        fresh_url,
        ["--exit-on-error", "--no-owner", "--no-privileges", f"--jobs={JOBS}", dump],
        log=place.logs / "restore.log",
    )
    with psycopg.connect(fresh_url, autocommit=True) as restored:
        restored.execute("analyze")


def _check_nobody_is_connected(server: psycopg.Connection, name: str) -> None:
    """A session that was just closed is seen for a moment longer."""
    until = time.monotonic() + SECONDS_TO_LEAVE
    while count := _sessions(server, name):
        if time.monotonic() > until:
            raise CannotGoOn(t("backups.somebody_connected", count=count))
        time.sleep(0.1)


def _sessions(server: psycopg.Connection, name: str) -> int:
    row = server.execute(
        "select count(*) from pg_stat_activity where datname = %s and backend_type = 'client backend'", [name]
    ).fetchone()
    return 0 if row is None else int(row[0])


def _put_files_back(source: Path, target: Path) -> None:
    """Beside those that are there: a file's name is its content's, so nothing is overwritten that differs."""
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
