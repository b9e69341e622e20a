"""One database for the rules of a worker; each test's rows are rolled back."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Select

from domain.shared.rules.rendering import rendered
from tests.domain.small_bank import SmallBank


@pytest.fixture(scope="session")
def rules_database(make_database: Callable[..., str]) -> str:
    return make_database()


@pytest.fixture
def bank(rules_database: str) -> Iterator[SmallBank]:
    with psycopg.connect(rules_database) as connection:
        yield SmallBank(connection)
        connection.rollback()


@pytest.fixture
def found(bank: SmallBank) -> Callable[[Select[Any]], list[tuple[Any, ...]]]:
    def fetch(statement: Select[Any]) -> list[tuple[Any, ...]]:
        part = rendered(statement)
        return bank.connection.execute(part.text, part.parameters).fetchall()

    return fetch
