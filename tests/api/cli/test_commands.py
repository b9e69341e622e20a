"""The command line as a user meets it: a process of its own, its answer, its exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.cli.sdl import SCHEMA_FILE, printed_schema
from api.local.place import Place
from tests.api.cli import installation

ROOT = Path(__file__).resolve().parent.parent.parent.parent

COMMANDS = [
    "up",
    "down",
    "status",
    "logs",
    "token",
    "account",
    "night",
    "demo",
    "export",
    "psql",
    "dev",
    "check",
    "test",
    "bench",
    "documents",
    "schema",
]


def yunge(
    *arguments: str, language: str = "zh_CN.UTF-8", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "api.cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": language, "COLUMNS": "140", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_alone_it_lists_every_command() -> None:
    listed = yunge()
    assert listed.returncode == 0
    assert [name for name in COMMANDS if f" {name} " not in listed.stdout] == []
    assert "启动" in listed.stdout
    assert "选项" in listed.stdout


@pytest.mark.slow("install")
def test_alone_it_lists_them_in_english() -> None:
    assert "Bring everything up" in yunge(language="en_GB.UTF-8").stdout


def test_a_group_alone_lists_its_commands(tmp_path: Path) -> None:
    listed = installation.here(tmp_path, "account")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [name for name in ("add", "password", "disable") if f" {name} " not in listed.stdout] == []


def test_help_waits_for_no_library_of_a_command() -> None:
    """SQLAlchemy, shapely and what follows take two seconds that every command would pay before it begins."""
    script = "import sys, api.cli.__main__; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"sqlalchemy", "geoalchemy2", "shapely", "numpy", "strawberry", "redis", "argon2"}
    assert heavy & set(loaded.stdout.split()) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    helped = CliRunner().invoke(app, [command, "-h"])
    assert helped.exit_code == 0
    assert f"{command} [OPTIONS]" in helped.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nonsense"], "nonsense"),
        (["up", "--customers", "3"], "--customers"),
        (["up", "--as-of", "yesterday"], "--as-of"),
        (["export", "secrets", "--out", "x"], "secrets"),
        (["bench", "nonsense"], "nonsense"),
    ],
)
def test_a_wrong_argument_is_a_sentence(tmp_path: Path, arguments: list[str], word: str) -> None:
    said = installation.here(tmp_path, *arguments)
    assert said.returncode in (1, 2)
    assert word in said.stderr


def test_production_without_a_secret_starts_nothing(tmp_path: Path) -> None:
    said = installation.here(tmp_path, "up", "--production", YUNGE_SECRET="", YUNGE_LANDING=str(tmp_path))
    assert said.returncode == 1
    assert "YUNGE_SECRET" in said.stderr
    assert not Place(tmp_path).state_file.exists()


def test_the_schema_file_is_what_the_code_says() -> None:
    """`./yunge schema` leaves a clean checkout clean."""
    assert SCHEMA_FILE.read_text() == printed_schema()


def test_json_is_on_standard_output_alone() -> None:
    """What scripts read is not mixed with what people read."""
    said = yunge("status", "--json")
    if said.returncode == 0:
        assert {"desk", "phone", "graphql", "database_url", "landing", "truth", "accounts"} <= json.loads(
            said.stdout
        ).keys()
    else:
        assert said.stdout == ""
        assert "./yunge up" in said.stderr
