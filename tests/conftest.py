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

import psycopg
import pytest

from tests.databases import (
    PREFIX,
    Lending,
    clone,
    database_of,
    drop,
    held_run,
    landing_of,
    made_once,
    run_name,
)
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


@pytest.fixture(scope="session")
def run() -> Iterator[str]:
    """The name of this run, which its databases begin with: held until all of its workers have ended."""
    with held_run(run_name()) as name:
        yield name


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
def template_database(run: str) -> str:
    """A migrated database that nobody connects to: the template of all clones."""
    return made_once(f"{PREFIX}{run}_template", None, _migrate)


@pytest.fixture(scope="session")
def county_template(run: str, template_database: str) -> str:
    """A database with the demonstration county of `COUNTY_AS_OF` and no customers; tests clone it."""
    return made_once(f"{PREFIX}{run}_county", template_database, _load_county)


def _carry_out_two_nights(address: str, name: str) -> None:
    from tests.two_nights import make_county

    make_county(address, landing_of(name))


@pytest.fixture(scope="session")
def two_nights(run: str, county_template: str) -> str:
    """The county after two nights with a past of visits: one for browser, exports, tiles and documents.

    The name of its database, which nobody writes to; its files are at `landing_of`.
    """
    name = f"{PREFIX}{run}_two_nights"
    return made_once(name, county_template, lambda address: _carry_out_two_nights(address, name))


@pytest.fixture(scope="session")
def make_database(run: str, template_database: str) -> Callable[..., str]:
    """Clones a template (the migrated one by default) and returns the address; for many tests, till the server goes."""
    return lambda template=None: clone(run, template or template_database)


@pytest.fixture
def lend_database(make_database: Callable[..., str]) -> Iterator[Callable[..., str]]:
    """Clones like `make_database`, for this test alone: they go with it, so that a run takes little of the disk."""
    lent: list[str] = []

    def lend(template: str | None = None) -> str:
        lent.append(make_database(template))
        return lent[-1]

    yield lend
    with psycopg.connect(database_server_url(), autocommit=True) as server:
        for address in lent:
            drop(server, database_of(address))


@pytest.fixture
def database_url(lend_database: Callable[..., str]) -> str:
    """A migrated database of the test's own; what it commits disturbs nobody."""
    return lend_database()


@pytest.fixture(scope="session")
def lending(make_database: Callable[..., str]) -> Iterator[Lending]:
    kept = Lending(make_database)
    yield kept
    kept.end()


@pytest.fixture
def connection(request: pytest.FixtureRequest, lending: Lending) -> Iterator[psycopg.Connection]:
    """A connection to a migrated database in which nobody has left anything.

    It is a clone of the test's own where the test asks for its address too, and otherwise one that is lent again
    when the test has left it as it was.
    """
    if "database_url" in request.fixturenames:
        with psycopg.connect(request.getfixturevalue("database_url")) as opened:
            yield opened
    else:
        with lending.connection() as lent:
            yield lent
