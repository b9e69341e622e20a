"""Commands on a small bank, in the test's own process."""

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


@pytest.fixture
def desk(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    with psycopg.connect(database_url) as connection:
        bank = SmallBank(connection)
        kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        for number, role in (("H1", "HEAD_OFFICE"), ("A1", "ADMINISTRATOR")):
            staff = bank.staff(number, bank.head_office, role)
            insert(
                connection, "accounts", account=number, staff_id=staff, password_hash=kept, failed_attempts=0
            )
    place = Place(tmp_path)
    note(place, database_url=database_url, mode="production", redis_url="", host="127.0.0.1", port=1)
    monkeypatch.setattr(Place, "default", classmethod(lambda _place: place))
    return Desk(database_url)
