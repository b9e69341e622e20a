"""The county under load: past visits, sessions of its accounts, PostGraphile's function.

Visits that an earlier run recorded are taken away: tens of thousands in a day would make the month's count of visits
the whole cost of a dashboard, for every peer.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg

from api.county.past_visits import load_past_visits
from domain.performance.sums import sum_customers
from domain.shared.night import silent
from domain.tasks.parameters import GENERAL_VISIT_MONTHS

NOTE = "（基准）"
"""Of every visit that a benchmark records."""
UNVISITED = "outlet2"
"""Manager of an outlet where no benchmark records visits: its county is as the generator left it."""
ACCOUNTS = ("head", "outlet1", UNVISITED, "manager1")
_FUNCTION = Path(__file__).parent / "postgraphile" / "record_visit.sql"


def token_of(account: str) -> str:
    return f"bench-{account}"


@contextmanager
def prepared(database_url: str) -> Iterator[psycopg.Connection]:
    """A county with a past of visits, where the accounts are signed in."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        with connection.transaction():
            _past_visits(connection)
            connection.execute("delete from visits where note = %s", [NOTE])
            # Who was visited counts from the next night on: this is what it does.
            sum_customers(connection, _data_date(connection), GENERAL_VISIT_MONTHS.default)
            _sign_in(connection)
            connection.execute(_FUNCTION.read_bytes())
        connection.execute("vacuum analyze customers, visits")
        try:
            yield connection
        finally:
            _sign_out(connection)
            connection.execute("drop schema bench cascade")


def _past_visits(connection: psycopg.Connection) -> None:
    if connection.execute("select from visits limit 1").fetchone() is None:
        load_past_visits(connection, _data_date(connection) - timedelta(days=1), silent)


def _data_date(connection: psycopg.Connection) -> date:
    found = connection.execute(
        "select (value #>> '{}')::date from settings where name = 'data_date'"
    ).fetchone()
    assert found is not None
    in_force: date = found[0]
    return in_force


def _sign_in(connection: psycopg.Connection) -> None:
    _sign_out(connection)
    for account in ACCOUNTS:
        connection.execute(
            """insert into sessions (token_sha256, account_id, expires_at)
               select %s, id, now() + interval '1 day' from accounts where account = %s""",
            [hashlib.sha256(token_of(account).encode()).digest(), account],
        )


def _sign_out(connection: psycopg.Connection) -> None:
    for account in ACCOUNTS:
        sha256 = hashlib.sha256(token_of(account).encode()).digest()
        connection.execute("delete from sessions where token_sha256 = %s", [sha256])
