"""Constraints are called what the models call them, and no migration waits long for a lock."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import PrimaryKeyConstraint
from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (the three register the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401

CONSTRAINTS = """
    select c.conrelid::regclass::text || ' ' || c.conname
      from pg_constraint c join pg_class t on t.oid = c.conrelid
     where c.connamespace = 'public'::regnamespace and not t.relispartition and c.contype in ('c', 'f', 'p', 'u', 'x')
       and c.conrelid::regclass::text not in ('alembic_version', 'spatial_ref_sys')
"""

SHOWS_ITS_TIMEOUT = """
from alembic import op

revision, down_revision = "f1a57", None


def upgrade() -> None:
    op.execute("create table seen as select current_setting('lock_timeout') as lock_timeout")
"""


def test_constraints_are_called_what_the_models_call_them(connection: psycopg.Connection) -> None:
    said = {
        f"{name} {constraint.name}"
        for name, table in SQLModel.metadata.tables.items()
        for constraint in table.constraints
        if not isinstance(constraint, PrimaryKeyConstraint) or constraint.columns
    }
    assert {row[0] for row in connection.execute(CONSTRAINTS)} == said


def test_every_migration_gives_up_on_a_lock(
    history: tuple[Config, list[str]], empty_database: str, tmp_path: Path
) -> None:
    config, _ = history
    (tmp_path / "f1a57_shows.py").write_text(SHOWS_ITS_TIMEOUT)
    config.set_main_option("version_locations", str(tmp_path))
    command.upgrade(config, "head")
    with psycopg.connect(empty_database) as database:
        assert database.execute("select lock_timeout from seen").fetchone() == ("5s",)
