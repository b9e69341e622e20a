"""One database for all tests of feeds: each finds it without files."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from domain.feeds.contracts import FEEDS

FILLED = ("quarantined_rows", "batches", "feed_adapters", *(feed.table for feed in FEEDS.values()))


@pytest.fixture(scope="session")
def feeds_url(make_database: Callable[..., str]) -> str:
    return make_database()


@pytest.fixture
def connection(feeds_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(feeds_url) as opened:
        for table in FILLED:
            opened.execute(f"delete from {table}".encode())
        opened.commit()
        yield opened
