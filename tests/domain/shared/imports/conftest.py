"""One small bank for all tests of imports; each takes back what it did."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.keeping import keep_tried
from domain.shared.imports.kinds import Brought, Change, Tried, kind_named
from domain.shared.imports.trying import try_import
from domain.shared.principal import SYSTEM
from domain.shared.rooms import import_kinds_of
from domain.shared.rows import NightRows
from schema.house import ROOMS
from tests.domain.small_bank import SmallBank

TODAY = date(2026, 11, 27)
KINDS = import_kinds_of(ROOMS)


class Importing:
    """Imports of lists that a test writes as lines of CSV."""

    def __init__(self, bank: SmallBank, folder: Path) -> None:
        self.bank, self._folder = bank, folder
        self.rows = NightRows(bank.connection)
        self.last = 0

    def tried(self, kind: str, text: str, *, is_whole: bool = False, day: date = TODAY) -> Tried:
        path = self._folder / f"{kind}.csv"
        path.write_text(text, "utf-8")
        return try_import(self.rows, self.kind(kind), Brought(path, path.name, day, is_whole))

    def kept(self, kind: str, text: str, *, is_whole: bool = False, day: date = TODAY) -> int:
        tried = self.tried(kind, text, is_whole=is_whole, day=day)
        brought = Brought(self._folder / f"{kind}.csv", f"{kind}.csv", day, is_whole)
        self.last = keep_tried(self.rows, self.kind(kind), tried, brought, SYSTEM)
        return self.last

    def applied(
        self, kind: str, text: str, *, is_whole: bool = False, day: date = TODAY, reason: str = ""
    ) -> list[Change]:
        import_id = self.kept(kind, text, is_whole=is_whole, day=day)
        return list(apply_import(self.rows, self.kind(kind), import_id, by=SYSTEM, reason=reason))

    def undone(self, kind: str, import_id: int | None = None) -> None:
        undo_import(self.rows, self.kind(kind), import_id or self.last, by=SYSTEM, today=TODAY)

    def kind(self, name: str):
        kind = kind_named(KINDS, name)
        assert kind is not None
        return kind

    def snapshot(self, *tables: str) -> list[list[tuple]]:
        """Whole rows, without the ids that the database numbers."""
        return [
            sorted(
                self.bank.connection.execute(f"select to_jsonb(t) - 'id' from {table} t").fetchall(), key=str
            )
            for table in tables
        ]


@pytest.fixture(scope="session")
def imports_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        bank = SmallBank(connection)
        connection.execute("update org_units set parent_id = %s where kind = 'OUTLET'", [bank.head_office])
    return url


@pytest.fixture
def importing(imports_url: str, tmp_path: Path) -> Iterator[Importing]:
    with psycopg.connect(imports_url) as connection:
        bank = SmallBank.__new__(SmallBank)
        bank.connection = connection
        yield Importing(bank, tmp_path)
        connection.rollback()
