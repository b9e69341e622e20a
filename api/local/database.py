"""The database behind the product: its migrations, and what was loaded into it."""

import os
import subprocess
import sys

import psycopg

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.stamps import digest_of
from api.local.words import t
from api.settings import ROOT

MIGRATIONS = ROOT / "migrations"


def migrate(place: Place, database_url: str) -> bool:
    """Bring the schema to the newest revision, in one transaction; whether there was anything to do."""
    if _is_newest(database_url):
        return False
    log = place.logs / "migrate.log"
    with log.open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "alembic", "upgrade", "head"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            check=False,
        )
    if done.returncode != 0:
        raise CannotGoOn(t("local_database.schema_was_not", log=log))
    return True


def _is_newest(database_url: str) -> bool:
    with psycopg.connect(database_url) as database:
        found = database.execute("select to_regclass('public.alembic_version')").fetchone()
        if found is None or found[0] is None:
            return False
        current = {row[0] for row in database.execute("select version_num from alembic_version")}
    return current == newest_revisions()


def newest_revisions() -> set[str]:
    """The heads of the history."""
    revisions, parents = _history()
    return revisions - parents


def known_revisions() -> set[str]:
    """All of the history."""
    return _history()[0]


def _history() -> tuple[set[str], set[str]]:
    """Revisions, and those that have one after them: from the files, for importing Alembic takes longer than asking."""
    revisions: set[str] = set()
    parents: set[str] = set()
    for path in (MIGRATIONS / "versions").glob("*.py"):
        for line in path.read_text().splitlines():
            name, _, value = line.partition("=")
            if name.split(":")[0].strip() == "revision":
                revisions.add(value.strip().strip("\"'"))
            elif name.split(":")[0].strip() == "down_revision":
                parents |= {part.strip(" \"'()") for part in value.split(",")}
    return revisions, parents


def digest_of_program() -> str:
    """Changes when the running processes no longer hold what is on disk."""
    names = (
        "api",
        "schema",
        "domain",
        "geo",
        "ml",
        "migrations",
        "requirements.lock",
        "frontend/persisted.json",
    )
    return digest_of(ROOT / name for name in names)


def empty(database_url: str) -> None:
    """Drop everything but what extensions own. For a demonstration that makes room for another one."""
    with psycopg.connect(database_url) as database:
        tables = [
            row[0]
            for row in database.execute(
                """select format('%I.%I', n.nspname, c.relname)
                     from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
                      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')"""
            )
        ]
        for table in tables:
            database.execute(f"drop table if exists {table} cascade".encode())
        functions = [
            row[0]
            for row in database.execute(
                """select p.oid::regprocedure::text
                     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                    where n.nspname = 'public'
                      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""
            )
        ]
        for function in functions:
            database.execute(f"drop routine if exists {function} cascade".encode())
