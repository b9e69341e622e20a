"""`./yunge bench NAME`: `tests/bench/NAME.py` on servers of its own, so that the product's data stay as they are."""

import os
import subprocess
import sys
from collections.abc import Sequence

import psycopg

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import discard_servers, start_servers, stop_servers
from api.local.state import alone
from api.local.words import t
from api.settings import ROOT

BENCHMARKS = ROOT / "tests" / "bench"
NOT_BENCHMARKS = {"__init__", "figures", "counties", "progress", "scratch", "conftest"}


def run_benchmark(place: Place, screen: Screen, name: str, arguments: Sequence[str]) -> int:
    """Run one benchmark in a process of its own, with the addresses of the private servers."""
    known = sorted(path.stem for path in BENCHMARKS.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    if name not in known:
        raise CannotGoOn(
            t("benchmarks.there_no_benchmark", name=name, known=t("lists.separator").join(known))
        )
    own = Place(place.folder / "bench")
    own.make()
    # Whoever ends stops the servers: a second one beside it would lose them in the middle.
    with alone(own):
        return _run_alone(own, screen, name, arguments)


def _run_alone(own: Place, screen: Screen, name: str, arguments: Sequence[str]) -> int:
    with screen.step(t("benchmarks.postgresql_redis_for")):
        # To see what archiving costs: as production runs its server, with the segments beside the data.
        archive = own.servers / "wal" if os.environ.get("YUNGE_BENCH_ARCHIVES") else None
        servers = start_servers(own, archive=archive)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TEST_DATABASE_URL": servers.database_url,
        "TEST_REDIS_URL": servers.redis_url,
    }
    command = [sys.executable, "-m", f"tests.bench.{name}", *arguments]
    is_kept = False
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603
        is_kept = _has_kept_counties(servers.database_url)
        return done.returncode
    finally:
        if is_kept:
            stop_servers(own)
        else:
            discard_servers(own)


def _has_kept_counties(database_url: str) -> bool:
    """A county of a million customers takes an hour to make: benchmarks leave it for one another (`--keep`)."""
    with psycopg.connect(database_url) as server:
        found = server.execute("select from pg_database where starts_with(datname, 'county_')").fetchone()
    return found is not None
