"""A database without tables, and the history that climbs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from api.local.database import empty

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def empty_database(make_database: Callable[..., str]) -> str:
    """A database with the extensions and nothing else."""
    url = make_database()
    empty(url)
    return url


@pytest.fixture
def history(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Config, list[str]]:
    monkeypatch.setenv("DATABASE_URL", empty_database)
    config = Config(ROOT / "alembic.ini", attributes={"configure_logger": False})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    directory = ScriptDirectory.from_config(config)
    revisions = [script.revision for script in directory.walk_revisions()]
    # Every command reads all migrations anew; the stairway has three commands for each of them.
    read = ScriptDirectory.from_config

    def once(given: Config) -> ScriptDirectory:
        """But for a test that brings migrations of its own."""
        return directory if given.get_main_option("version_locations") is None else read(given)

    monkeypatch.setattr(ScriptDirectory, "from_config", once)
    return config, revisions[::-1]
