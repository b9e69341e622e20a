"""How psql is started: the program itself, and without the password among its arguments."""

import os
import shutil

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.local.postgres import find_binaries
from api.local.refusal import CannotGoOn
from api.local.words import t


def check_answers(database_url: str) -> None:
    """psql would say in English, and without a way out, that nobody is there."""
    psycopg.connect(database_url, connect_timeout=5).close()


def psql_command(database_url: str) -> tuple[str, str, dict[str, str]]:
    """The program, its first argument, and its environment. Everybody on the machine can read arguments."""
    parts = conninfo_to_dict(database_url)
    password = parts.pop("password", None)
    environment = dict(os.environ) | ({"PGPASSWORD": str(password)} if password else {})
    return _program(), make_conninfo("", **parts), environment


def _program() -> str:
    # Debian's psql on the path is a wrapper in Perl that complains about locales first.
    try:
        beside_the_server = find_binaries() / "psql"
    except CannotGoOn:
        beside_the_server = None
    if beside_the_server is not None and beside_the_server.exists():
        return str(beside_the_server)
    found = shutil.which("psql")
    if found is None:
        raise CannotGoOn(t("local_psql.there_no_psql"))
    return found
