"""Databases of the model tests: empty ones with books to write in, and one random bank, filled once a worker."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.shared.night import Night, silent
from ml.features.build import build_features
from ml.reasons import explain_highest
from ml.scoring import score_customers
from ml.training import train_when_needed
from tests.databases import database_of
from tests.ml.books import DAY, Books
from tests.ml.random_bank import fill


@pytest.fixture
def books(connection: psycopg.Connection[Any]) -> Books:
    return Books(connection)


FIRST_NIGHT = Night(run_id=1, data_date=DAY, landing=Path("landing"))


@pytest.fixture
def night() -> Night:
    return FIRST_NIGHT


@pytest.fixture(scope="session")
def bank_template(make_database: Callable[..., str]) -> str:
    """The name of a database with three thousand customers; tests clone it."""
    url = make_database()
    with psycopg.connect(url) as opened:
        fill(opened, 3_000)
    return database_of(url)


@pytest.fixture
def bank(lend_database: Callable[..., str], bank_template: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(lend_database(bank_template)) as opened:
        yield opened


@pytest.fixture(scope="session")
def scored_template(make_database: Callable[..., str], bank_template: str) -> str:
    """The bank after a first night, its customers spread over twenty grids; tests clone it."""
    url = make_database(bank_template)
    with psycopg.connect(url) as opened:
        opened.execute("update customers set grid_id = 1 + mod(id, 20)")
        for step in (build_features, train_when_needed, score_customers, explain_highest):
            step(opened, FIRST_NIGHT, silent)
    return database_of(url)


@pytest.fixture
def scored(lend_database: Callable[..., str], scored_template: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(lend_database(scored_template)) as opened:
        yield opened
