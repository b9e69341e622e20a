"""The command line as a user meets it: a process of its own, its answer, its exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.cli.helping import LOCALES, help_file, help_in
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


def test_the_help_files_are_what_the_commands_say() -> None:
    """`./yunge schema` leaves a clean checkout clean."""
    for language in LOCALES:
        assert help_file(language).read_text("utf-8") == help_in(language), "run ./yunge schema"


@pytest.fixture
def fresh_clone(tmp_path: Path) -> Path:
    """What `./yunge` needs of a clone before anything was made in it."""
    shutil.copy(ROOT / "yunge", tmp_path)
    shutil.copytree(ROOT / "api" / "words", tmp_path / "api" / "words")
    return tmp_path


def in_clone(clone: Path, *arguments: str, locale: str) -> subprocess.CompletedProcess[str]:
    before = sorted(clone.rglob("*"))
    said = subprocess.run(
        [clone / "yunge", *arguments],
        env={**os.environ, "LC_ALL": locale},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert sorted(clone.rglob("*")) == before, "nothing is made"
    return said


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "选项"), ("en_US.UTF-8", "Options")])
def test_asking_for_help_installs_starts_and_writes_nothing(
    fresh_clone: Path, locale: str, word: str
) -> None:
    asked = [[command, "-h"] for command in COMMANDS]
    asked += [["bench", "reads", "-h"], ["test", "--help"], ["up", "--host", "0.0.0.0", "-h"], ["-h", "up"]]
    for arguments in asked:
        said = in_clone(fresh_clone, *arguments, locale=locale)
        assert (said.returncode, said.stderr) == (0, ""), arguments
        command = next(one for one in arguments if one != "-h")
        assert f"Usage: ./yunge {command} " in said.stdout
        assert word in said.stdout
    ways: tuple[tuple[str, ...], ...] = ((), ("-h",), ("--help",))
    (listed,) = {in_clone(fresh_clone, *arguments, locale=locale).stdout for arguments in ways}
    assert [name for name in COMMANDS if f" {name} " not in listed] == []
    below = in_clone(fresh_clone, "account", "add", "-h", locale=locale)
    assert "Usage: ./yunge account add" in below.stdout


def test_a_command_that_there_is_not_installs_nothing(fresh_clone: Path) -> None:
    for arguments in (("nonsense",), ("nonsense", "-h")):
        said = in_clone(fresh_clone, *arguments, locale="zh_CN.UTF-8")
        assert (said.returncode, said.stdout) == (2, "")
        assert "没有这个命令：nonsense" in said.stderr


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
    folders = {"YUNGE_LANDING": str(tmp_path), "YUNGE_FILES": str(tmp_path / "files")}
    said = installation.here(tmp_path, "up", "--production", YUNGE_SECRET="", **folders)
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
