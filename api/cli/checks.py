"""Every check that is not a test: format, lint, types, import contracts, and the same for the web pages."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.web import FRONTEND, install_packages, node_environment
from api.local.words import t
from api.settings import ROOT

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    name: str
    command: Sequence[str]
    is_web: bool = False

    def run(self) -> tuple[bool, str]:
        done = subprocess.run(  # noqa: S603
            self.command,
            cwd=FRONTEND if self.is_web else ROOT,
            env=node_environment() if self.is_web else {**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout + done.stderr


PYTHON_CHECKS = (
    Check("ruff format", (str(BIN / "ruff"), "format", "--check", ".")),
    Check("ruff check", (str(BIN / "ruff"), "check", ".")),
    Check("mypy --strict", (sys.executable, "-m", "mypy")),
    Check("import contracts", (str(BIN / "lint-imports"), "--no-cache")),
)
WEB_CHECKS = (
    Check("npm run check", ("npm", "run", "check"), is_web=True),
    Check("npm test", ("npm", "test"), is_web=True),
)


def run_checks(place: Place, screen: Screen, *, with_web_tests: bool) -> None:
    """Run them side by side, print what the failing ones say, and refuse if there is one."""
    web = WEB_CHECKS if with_web_tests else WEB_CHECKS[:1]

    def web_lane() -> list[str]:
        install_packages(place)
        return _lane(web, screen)

    with ThreadPoolExecutor(2) as side_by_side:
        lanes: list[Callable[[], list[str]]] = [lambda: _lane(PYTHON_CHECKS, screen), web_lane]
        failed = [name for lane in [side_by_side.submit(lane) for lane in lanes] for name in lane.result()]
    if failed:
        raise CannotGoOn(t("checks.failed_reasons_above", failed=t("lists.separator").join(failed)))


def _lane(checks: Sequence[Check], screen: Screen) -> list[str]:
    failed = []
    for check in checks:
        began = time.monotonic()
        is_good, said = check.run()
        if is_good:
            screen.line(f"✓ {check.name} ({time.monotonic() - began:.1f} s)")
        else:
            screen.line(f"{said.rstrip()}\n✗ {check.name}")
            failed.append(check.name)
    return failed
