"""pg_dump and pg_restore of the newest PostgreSQL here, without a password among their arguments."""

import os
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.local.commands import run_logged
from api.local.postgres import find_binaries

JOBS = 2


def run_tool(name: str, database_url: str, words: Sequence[str | Path], *, log: Path) -> None:
    """Run it on a database; raises CannotGoOn with the end of its log."""
    parts = conninfo_to_dict(database_url)
    password = parts.pop("password", None)
    environment = dict(os.environ) | {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {})
    run_logged(
        [find_binaries() / name, f"--dbname={make_conninfo('', **parts)}", *words],
        log=log,
        folder=log.parent,
        env=environment,
        what=name,
    )
