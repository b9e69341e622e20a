"""The loaded county, once a session; each test works in a transaction that never commits."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from domain.shared.night import Connection


@pytest.fixture(scope="session")
def county_url(make_database: Callable[..., str], county_template: str) -> str:
    return make_database(county_template)


@pytest.fixture
def county(county_url: str) -> Iterator[Connection]:
    with psycopg.connect(county_url) as connection:
        yield connection
        connection.rollback()
