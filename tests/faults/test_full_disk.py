"""The database's disk fills in the middle of a night: nothing is lost, people are told, it goes on when there is room.

Our own processes write no file during a night: what comes from the landing folder goes through COPY. So the disk that
can be full is the database's. Here a database lies on a small tmpfs, which is made larger in the end.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.databases import url_of
from tests.domain.feeds.files import DAY, batches, row, write_batch
from tests.servers import database_server_url

from .processes import Fleet, Watch, open_night, own_redis, wait_until

pytestmark = pytest.mark.slow("disks")

FEED = "core_customer"
ROWS = 60_000
ROOM_LEFT_MB = 8
"""Less than the file's lines take on their way in, and enough for everything small."""


class SmallDisk:
    """A tmpfs that belongs to the server's user."""

    def __init__(self, folder: Path, owner: os.stat_result) -> None:
        self.folder, self.owner = folder, owner

    def mount(self, size_mb: int, *more: str) -> None:
        options = ",".join(
            [*more, f"size={size_mb}m", f"uid={self.owner.st_uid}", f"gid={self.owner.st_gid}", "mode=700"]
        )
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)], check=True)

    def grow(self, size_mb: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size_mb}m", str(self.folder)], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def small(template_database: str) -> Iterator[tuple[str, SmallDisk]]:
    """A migrated database on a disk that holds it and little more."""
    name = f"yunge_small_{uuid4().hex[:12]}"
    folder = Path(tempfile.mkdtemp(prefix=name, dir="/tmp"))
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        row_ = server.execute(
            "select current_setting('data_directory'), pg_database_size(%s) / 1048576", [template_database]
        ).fetchone()
        assert row_ is not None
        disk = SmallDisk(folder, os.stat(row_[0]))
        folder.chmod(0o755)
        disk.mount(row_[1] + ROOM_LEFT_MB)
        try:
            server.execute(f"create tablespace {name} location '{folder}'")
            server.execute(f"create database {name} template {template_database} tablespace {name}")
            yield url_of(name), disk
        finally:
            server.execute(f"drop database if exists {name} with (force)")
            server.execute(f"drop tablespace if exists {name}")
            disk.unmount()
            folder.rmdir()


@pytest.fixture
def fleet(small: tuple[str, SmallDisk], tmp_path: Path) -> Iterator[Fleet]:
    landing = tmp_path / "landing"
    landing.mkdir()
    write_batch(landing, FEED, [row(FEED, {"cust_no": f"C{n:08d}"}) for n in range(ROWS)])
    with own_redis(tmp_path) as redis_url:
        fleet = Fleet(small[0], redis_url, landing, tmp_path, "tests.faults.intake_worker")
        yield fleet
        fleet.stop()


def told(watch: Watch) -> str:
    rows = watch.ask(
        "select message from night_steps where night_run_id = %(run)s and name = 'intake.core_customer'"
    )
    return str(rows[0][0]) if rows else ""


def test_a_disk_that_fills_holds_the_night_up_and_nothing_else(
    fleet: Fleet, small: tuple[str, SmallDisk]
) -> None:
    url, disk = small
    lying = {path.name: path.read_bytes() for path in fleet.landing.iterdir()}
    watch = open_night(url, DAY)
    fleet.start(2)
    wait_until(lambda: "DISK_FULL" in told(watch), 60, "people are told")
    wait_until(lambda: fleet.logs().count("job.waits_for_room") >= 2, 60, "it was tried again, in vain")
    assert watch.state() == "RUNNING", watch.message()
    with psycopg.connect(url) as connection:
        assert connection.execute(f"select count(*) from src_{FEED}").fetchone() == (0,), "no half of a batch"
        assert batches(connection, FEED) == [("WAITING", 0, 0, 0, 0)]
    assert {path.name: path.read_bytes() for path in fleet.landing.iterdir()} == lying

    disk.grow(600)
    wait_until(watch.is_over, 120, "the night, with no hand")
    assert watch.state() == "DONE", watch.message()
    with psycopg.connect(url) as connection:
        assert batches(connection, FEED) == [("LOADED", ROWS, ROWS, 0, 0)]
    assert watch.attempts("intake.core_customer") == 1, "waiting for room is no attempt"
