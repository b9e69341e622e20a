"""The environment is stronger than what was noted; production guesses nothing."""

import json
from datetime import time
from pathlib import Path

import pytest

from api.settings import BadSettings, Mode, read_settings

NAMES = (
    "DATABASE_URL",
    "REDIS_URL",
    "YUNGE_MODE",
    "YUNGE_SECRET",
    "YUNGE_LANDING",
    "YUNGE_FILES",
    "YUNGE_PORT",
    "YUNGE_NIGHT_AT",
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing was noted yet."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    noted = tmp_path / "state.json"
    monkeypatch.setenv("YUNGE_STATE", str(noted))
    return noted


def test_the_environment_is_stronger_than_the_note(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.write_text(
        json.dumps({"database_url": "postgresql://noted", "redis_url": "redis://noted", "port": 9001})
    )
    monkeypatch.setenv("DATABASE_URL", "postgresql://given")
    found = read_settings()
    assert (found.database_url, found.redis_url, found.port) == ("postgresql://given", "redis://noted", 9001)
    assert found.mode is Mode.DEMONSTRATION


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BadSettings, match="DATABASE_URL"):
        read_settings()


def test_production_wants_a_secret_and_its_folders(tmp_path: Path) -> None:
    servers = {"database_url": "postgresql://x", "redis_url": "redis://x", "mode": "production"}
    with pytest.raises(BadSettings, match="YUNGE_SECRET"):
        read_settings(**servers, landing=tmp_path, secret="short")
    with pytest.raises(BadSettings, match="YUNGE_LANDING"):
        read_settings(**servers, secret="s" * 32, files=tmp_path)
    with pytest.raises(BadSettings, match="YUNGE_FILES"):
        read_settings(**servers, secret="s" * 32, landing=tmp_path)
    assert read_settings(**servers, secret="s" * 32, landing=tmp_path, files=tmp_path).is_production


def test_when_the_night_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    servers = {"database_url": "postgresql://x", "redis_url": "redis://x", "landing": tmp_path}
    assert read_settings(**servers).night_at == time(2, 30)
    monkeypatch.setenv("YUNGE_NIGHT_AT", "04:15")
    assert read_settings(**servers).night_at == time(4, 15)
    monkeypatch.setenv("YUNGE_NIGHT_AT", "at four")
    with pytest.raises(BadSettings, match="YUNGE_NIGHT_AT"):
        read_settings(**servers)


def test_a_token_for_the_metrics_is_long_or_none(tmp_path: Path) -> None:
    servers = {"database_url": "postgresql://x", "redis_url": "redis://x", "landing": tmp_path}
    assert read_settings(**servers).metrics_token == ""
    with pytest.raises(BadSettings, match=r"^YUNGE_METRICS_TOKEN"):
        read_settings(**servers, metrics_token="short")
