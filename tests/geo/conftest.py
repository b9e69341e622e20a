"""The loaded county, once a session; each test works in a transaction that never commits."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest

from api.county.load import load_county
from domain.shared.night import Connection, silent

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="session")
def county_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        load_county(connection, AS_OF, silent)
    return url


@pytest.fixture
def county(county_url: str) -> Iterator[Connection]:
    with psycopg.connect(county_url) as connection:
        yield connection
        connection.rollback()
