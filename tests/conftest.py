"""Real servers for every test that needs one (`tests/servers.py`).

Each pytest worker migrates nothing: one template is migrated once, and databases are clones of it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from uuid import uuid4

import psycopg
import pytest

from tests.lanes import lane_of, table
from tests.servers import database_server_url

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
COUNTY_AS_OF = date(2026, 11, 20)


LONGEST_FILES = (
    "browser/test_desk.py",
    "schema/test_equality.py",
    "api/cli/test_accounts.py",
    "browser/test_phone.py",
    "faults/test_small_nights.py",
)
"""Begun first, so that no worker has one of them left when the other has nothing to do."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on shared data exist only where the data do: they are not collected elsewhere, rather than skipped."""
    if not (SHARED / "data").is_dir():
        absent = [item for item in items if item.get_closest_marker("shared_data")]
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]
    shard = os.environ.get("YUNGE_TEST_SHARD")
    if shard is not None:
        others = [item for item in items if shard_of(item) != shard]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    first = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def shard_of(item: pytest.Item) -> str | None:
    """The shard of a long test: the argument of its marker."""
    marker = item.get_closest_marker("slow")
    return None if marker is None else str(marker.args[0])


USED_S: dict[str, float] = {}
"""Seconds of pytest workers by lane, preparation and clearing up included."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    lane = lane_of(report.nodeid)
    if lane is not None:
        USED_S[lane] = USED_S.get(lane, 0.0) + report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if len(USED_S) > 1:
        terminalreporter.section("worker-seconds by lane")
        for line in table(USED_S):
            terminalreporter.write_line(line)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where `YUNGE_TEST_MINUTES` says so, stop by ourselves when the time is over and say how far we came."""
    minutes = os.environ.get("YUNGE_TEST_MINUTES")
    if minutes is None or hasattr(session.config, "workerinput"):
        return  # whoever hands out the tests looks at the clock
    began = time.monotonic()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        failed, collected = session.testsfailed, session.testscollected
        raise pytest.exit.Exception(
            f"{(time.monotonic() - began) / 60:.0f} minutes are over: {len(ENDED)} of {collected} tests ended, "
            f"{failed} of them failed",
            returncode=1 if failed else 0,
        )

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(round(float(minutes) * 60))


ENDED: list[str] = []


def pytest_runtest_logfinish(nodeid: str) -> None:
    ENDED.append(nodeid)


def server_url() -> str:
    return database_server_url()


def url_of(database: str) -> str:
    return server_url().rsplit("/", 1)[0] + "/" + database


def database_of(address: str) -> str:
    """The name of the database at an address."""
    return address.rsplit("/", 1)[1]


def made_once(name: str, template: str | None, fill: Callable[[str], object]) -> str:
    """The name of a database that is made once a run, by whichever pytest worker is first; the others wait for it."""
    with psycopg.connect(server_url(), autocommit=True) as server:
        server.execute("select pg_advisory_lock(hashtext(%s))", [name])
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            scratch = f"{name}_in_the_making"
            server.execute(f'drop database if exists "{scratch}" with (force)')
            server.execute(
                f'create database "{scratch}"'
                + (f' template "{template}" strategy file_copy' if template else "")
            )
            fill(url_of(scratch))
            server.execute(f'alter database "{scratch}" rename to "{name}"')
    return name


def _migrate(address: str) -> None:
    from api.local.postgres import make_extension

    make_extension(address)
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(upgrade, cwd=ROOT, check=True, env={**os.environ, "DATABASE_URL": address})


def _load_county(address: str) -> None:
    from api.county.load import load_county
    from domain.shared.night import silent

    with psycopg.connect(address) as connection:
        load_county(connection, COUNTY_AS_OF, silent)


@pytest.fixture(scope="session")
def template_database() -> str:
    """A migrated database that nobody connects to: the template of all clones."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "alone")[:12]
    return made_once(f"yunge_template_{run}_{os.getppid()}", None, _migrate)


@pytest.fixture(scope="session")
def county_template(template_database: str) -> str:
    """A database with the demonstration county of `COUNTY_AS_OF` and no customers; tests clone it."""
    return made_once(
        template_database.replace("yunge_template", "yunge_county"), template_database, _load_county
    )


def landing_of(county: str) -> Path:
    """Where the files of the county after two nights lie."""
    return ROOT / ".local" / "two_nights" / county


def _carry_out_two_nights(address: str, name: str) -> None:
    from tests.two_nights import make_county

    make_county(address, landing_of(name))


@pytest.fixture(scope="session")
def two_nights(county_template: str) -> str:
    """The county after two nights with a past of visits: one for browser, exports, tiles and documents.

    The name of its database, which nobody writes to; its files are at `landing_of`.
    """
    name = county_template.replace("yunge_county", "yunge_two_nights")
    return made_once(name, county_template, lambda address: _carry_out_two_nights(address, name))


@pytest.fixture(scope="session")
def make_database(template_database: str) -> Callable[..., str]:
    """Clones a template (the migrated one by default) and returns the address; for many tests, till the server goes."""

    def make(template: str | None = None) -> str:
        name = f"yunge_test_{uuid4().hex[:16]}"
        with psycopg.connect(server_url(), autocommit=True) as server:
            # One at a time: a template must have no other session while it is cloned.
            server.execute("select pg_advisory_lock(hashtext('yunge clone'))")
            # Copied as files: half the time of copying through the log, whose safety no test needs.
            server.execute(
                f'create database "{name}" template "{template or template_database}" strategy file_copy'
            )
        return url_of(name)

    return make


@pytest.fixture
def lend_database(make_database: Callable[..., str]) -> Iterator[Callable[..., str]]:
    """Clones like `make_database`, for this test alone: they go with it, so that a run takes little of the disk."""
    lent: list[str] = []

    def lend(template: str | None = None) -> str:
        lent.append(make_database(template))
        return lent[-1]

    yield lend
    with psycopg.connect(server_url(), autocommit=True) as server:
        for address in lent:
            server.execute(f'drop database if exists "{database_of(address)}" with (force)')


@pytest.fixture
def database_url(lend_database: Callable[..., str]) -> str:
    """A migrated database of the test's own; what it commits disturbs nobody."""
    return lend_database()


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url) as opened:
        yield opened
