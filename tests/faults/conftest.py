"""A small county with its files, made once for all tests that carry out real nights, and an undisturbed night of it."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from api.county.generator import write_feeds
from domain.shared.night import silent
from tests.conftest import COUNTY_AS_OF

from .dump import dump
from .processes import Fleet, open_night, own_redis, wait_until

DATA_DATE = COUNTY_AS_OF


MOUNT = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"]


def _may_mount() -> bool:
    """Root alone may mount, and in a container not even root always."""
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() != 0 or subprocess.run([*MOUNT, folder], capture_output=True).returncode != 0:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


collect_ignore = [] if _may_mount() else ["test_full_disk.py"]
"""What needs a disk of its own is not collected where none can be mounted, rather than skipped."""
CUSTOMERS = 2_000  # fewer give no model that beats its baseline, and nothing to score


@pytest.fixture(scope="session")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feeds")
    for name in ("landing", "truth"):
        (folder / name).mkdir()
    write_feeds(
        folder / "landing",
        folder / "truth",
        customers=CUSTOMERS,
        seed=1,
        as_of=DATA_DATE,
        report=silent,
    )
    return folder / "landing"


@pytest.fixture(scope="session")
def undisturbed(
    make_database: Callable[..., str],
    county_template: str,
    landing: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[int, str]]:
    """The picture after two workers carried out a night in peace."""
    url, folder = make_database(county_template), tmp_path_factory.mktemp("undisturbed")
    with own_redis(folder) as redis_url:
        fleet = Fleet(url, redis_url, landing, folder)
        try:
            fleet.start(2)
            watch = open_night(url, DATA_DATE)
            wait_until(watch.is_over, 180, "the undisturbed night")
            assert watch.state() == "DONE", watch.message()
        finally:
            fleet.stop()
    return dump(url)
