"""`./yunge test`: servers of its own, every check, then pytest with its closing line last."""

import os
import subprocess
import sys
from collections.abc import Sequence

from api.cli.checks import run_checks
from api.local.place import GIB, Place
from api.local.screen import Screen
from api.local.servers import Servers, discard_servers, start_servers
from api.local.web import build, install_packages
from api.local.words import t
from api.settings import ROOT

SLOW_MINUTES = 35
WORKERS = 2


def run_tests(screen: Screen, paths: Sequence[str], *, is_slow: bool) -> int:
    """Run everything, the slow ones, or some paths; the exit code of pytest."""
    place = Place(Place.default().folder / "test")
    place.make()
    place.need_space(2 * GIB)
    try:
        if not paths and not is_slow:
            run_checks(place, screen, with_web_tests=True)
        with screen.step(t("桌面与手机网页", "web pages")) as step:
            has_changed = [install_packages(place), build(place)]
            step.note = "" if any(has_changed) else t("没有变化", "unchanged")
        servers = start_servers(place, is_fast=True, may_be_given=False)
        return _pytest(servers, paths, is_slow=is_slow)
    finally:
        discard_servers(place)


def _pytest(servers: Servers, paths: Sequence[str], *, is_slow: bool) -> int:
    side_by_side = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
    chosen = ["-m", "slow" if is_slow else "not slow", *side_by_side]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YUNGE_")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "TEST_DATABASE_URL": servers.database_url,
        "TEST_REDIS_URL": servers.redis_url,
    }
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    if is_slow:
        environment["YUNGE_TEST_MINUTES"] = str(SLOW_MINUTES)
    command = [sys.executable, "-m", "pytest", "-q", *chosen, *paths]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
