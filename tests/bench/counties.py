"""Counties that benchmarks leave for one another: what took an hour to make is made once, and migrated afterwards."""

import os
import subprocess
import sys

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory

from api.settings import ROOT

PREFIX = "county_"


def database_of(customers: int) -> str:
    return f"{PREFIX}{customers}"


def customers_of(database_url: str) -> int:
    """Of how many customers a kept county is, by its name."""
    return int(database_url.rsplit(PREFIX, 1)[1])


def _url_of(server_url: str, customers: int) -> str:
    return server_url.rsplit("/", 1)[0] + "/" + database_of(customers)


def migrate(database_url: str) -> None:
    """Bring a database to the newest revision; in a moment where it is there."""
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT,
        check=True,
        env={**os.environ, "DATABASE_URL": database_url},
    )


def keep_county(server_url: str, database_url: str, customers: int) -> None:
    """Rename a benchmark's database to the name under which `kept_county` finds it; an older one goes."""
    made, kept = database_url.rsplit("/", 1)[1], database_of(customers)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'drop database if exists "{kept}" with (force)')
        server.execute(f'alter database "{made}" rename to "{kept}"')


def kept_county(server_url: str, customers: int) -> str | None:
    """The address of a county of that many customers, migrated; None where no benchmark has left one."""
    with psycopg.connect(server_url) as server:
        found = server.execute(
            "select from pg_database where datname = %s", [database_of(customers)]
        ).fetchone()
    if found is None:
        return None
    url = _url_of(server_url, customers)
    migrate(url)
    return url


def is_migrated(server_url: str, customers: int) -> bool:
    """Whether a kept county needs no migration; False where there is none."""
    try:
        with psycopg.connect(_url_of(server_url, customers)) as county:
            found = county.execute("select version_num from alembic_version").fetchall()
    except psycopg.OperationalError:
        return False
    heads = ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_heads()
    return {row[0] for row in found} == set(heads)


def copy_county(server_url: str, original: int, customers: int) -> str:
    """A kept county's files under another number; the address."""
    drop_county(server_url, customers)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(
            f'create database "{database_of(customers)}" template "{database_of(original)}" strategy file_copy'
        )
    return _url_of(server_url, customers)


def drop_county(server_url: str, customers: int) -> None:
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'drop database if exists "{database_of(customers)}" with (force)')
