"""Commands on a small bank, in the test's own process."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner

from api.cli.app import app
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.state import note
from api.local.words import say
from domain.shared.errors import DomainError
from tests.databases import database_of
from tests.domain.small_bank import SmallBank, insert

PASSWORD = "correct horse battery staple"


class Desk:
    """Commands on a small bank, in this process: the contract is built once."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, *arguments: str, says: str = PASSWORD) -> tuple[int, str]:
        done = CliRunner().invoke(app, arguments, input=says + "\n", env={"COLUMNS": "200"})
        if isinstance(done.exception, DomainError):
            return done.exit_code, say(done.exception.statement)
        if isinstance(done.exception, CannotGoOn):
            return done.exit_code, str(done.exception)
        return done.exit_code, done.output

    def rows(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.address) as connection:
            return connection.execute(statement.encode()).fetchall()


@pytest.fixture(scope="session")
def desk_template(make_database: Callable[..., str]) -> str:
    """The name of a database with the small bank and two accounts; tests clone it."""
    address = make_database()
    with psycopg.connect(address) as connection:
        bank = SmallBank(connection)
        kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        for number, role in (("H1", "HEAD_OFFICE"), ("A1", "ADMINISTRATOR")):
            staff = bank.staff(number, bank.head_office, role)
            insert(
                connection, "accounts", account=number, staff_id=staff, password_hash=kept, failed_attempts=0
            )
    return database_of(address)


@pytest.fixture(scope="session")
def still_address(make_database: Callable[..., str], desk_template: str) -> str:
    """A clone for all tests that leave it as it is."""
    return make_database(desk_template)


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Desk]:
    """A desk at an address, noted in a folder of the test's own."""

    def sit_at(address: str) -> Desk:
        place = Place(tmp_path)
        note(place, database_url=address, mode="production", redis_url="", host="127.0.0.1", port=1)
        monkeypatch.setattr(Place, "default", classmethod(lambda _place: place))
        return Desk(address)

    return sit_at


@pytest.fixture
def desk(seat: Callable[[str], Desk], lend_database: Callable[..., str], desk_template: str) -> Desk:
    """For a test that writes."""
    return seat(lend_database(desk_template))


@pytest.fixture
def still_desk(seat: Callable[[str], Desk], still_address: str) -> Desk:
    """For a test of what is refused."""
    return seat(still_address)
