"""`./yunge test`: servers of its own, every check, then pytest with its closing line last."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from api.cli.checks import run_checks
from api.local.place import GIB, Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import discard_servers, start_servers
from api.local.web import build, install_packages
from api.local.words import t
from api.settings import ROOT

SHARD_MINUTES = 35
WORKERS = 2
NO_TESTS = 5
"""What pytest says of a shard of which nothing can run here (a disk of one's own takes root)."""
SHARDS = ("documents", "workers", "nights", "disks", "install")
"""The long tests in parts, each within half an hour or so; a test says its own (`pytest.mark.slow("nights")`)."""
SHOW_PAGES = ("tests/browser", "tests/api")
"""Folders whose tests open the built pages."""


def run_everything(screen: Screen) -> int:
    """Every check, then every test but the long ones; the exit code of pytest."""
    with _servers_folder() as place:
        run_checks(place, screen, with_web_tests=True)
        _build_pages(place, screen)
        servers = start_servers(place, is_fast=True, may_be_given=False)
        given = {"TEST_DATABASE_URL": servers.database_url, "TEST_REDIS_URL": servers.redis_url}
        return _pytest(["-m", "not slow", *_side_by_side()], given)


def run_paths(screen: Screen, paths: Sequence[str]) -> int:
    """Some tests, at once: pages are built and servers started only where one of them needs it."""
    with _servers_folder() as place:
        if any(_show_pages(path) for path in paths):
            _build_pages(place, screen)
        several = [] if all(".py" in path for path in paths) else _side_by_side()
        return _pytest(["-m", "not slow", *several, *paths], {"TEST_SERVERS_FOLDER": str(place.folder)})


def run_slow(screen: Screen, shards: Sequence[str]) -> int:
    """The long tests of some shards, or of all, one shard after the other; the exit code of the first that fails."""
    unknown = [shard for shard in shards if shard not in SHARDS]
    if unknown:
        raise CannotGoOn(
            t(
                "testing.there_no_shard",
                unknown=t("lists.separator").join(unknown),
                shards=t("lists.separator").join(SHARDS),
            )
        )
    codes = []
    for shard in shards or SHARDS:
        with _servers_folder() as place:
            screen.line(t("testing.long_tests", shard=shard))
            _build_pages(place, screen)
            given = {
                "TEST_SERVERS_FOLDER": str(place.folder),
                "YUNGE_TEST_SHARD": shard,
                "YUNGE_TEST_MINUTES": str(SHARD_MINUTES),
            }
            codes.append(_pytest(["-m", "slow", *_side_by_side()], given))
    return next((code for code in codes if code not in (0, NO_TESTS)), 0)


@contextmanager
def _servers_folder() -> Iterator[Place]:
    """Where the throw-away servers of a run live; thrown away at its end, whoever started them."""
    place = Place(Place.default().folder / "test")
    place.make()
    place.need_space(2 * GIB)
    (place.folder / "addresses.json").unlink(missing_ok=True)
    try:
        yield place
    finally:
        discard_servers(place)


def _build_pages(place: Place, screen: Screen) -> None:
    with screen.step(t("testing.web_pages")) as step:
        has_changed = [install_packages(place), build(place)]
        step.note = "" if any(has_changed) else t("testing.unchanged")


def _show_pages(path: str) -> bool:
    """Whether a path lies in such a folder, or such a folder in it."""
    path = path.rstrip("/")
    return any(path.startswith(folder) or folder.startswith(path + "/") for folder in SHOW_PAGES)


def _side_by_side() -> list[str]:
    return ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]


def _pytest(arguments: Sequence[str], given: dict[str, str]) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YUNGE_")}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT), **given}, check=False
    ).returncode
