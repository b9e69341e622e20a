"""The two servers: private ones, or those that DATABASE_URL and REDIS_URL name."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from api.local.given import check_database, check_redis
from api.local.place import Place
from api.local.postgres import Cluster
from api.local.redis import Cache


@dataclass(frozen=True)
class Servers:
    database_url: str
    redis_url: str


def start_servers(
    place: Place, *, is_fast: bool = False, may_be_given: bool = True, archive: Path | None = None
) -> Servers:
    """Start what is not given, side by side; what is given is checked and otherwise left alone.

    `archive` is where a private PostgreSQL keeps its finished log segments, None where it keeps none.
    """
    given_database = os.environ.get("DATABASE_URL") if may_be_given else None
    given_redis = os.environ.get("REDIS_URL") if may_be_given else None
    if not (given_database and given_redis):
        place.make()
    with ThreadPoolExecutor(2) as side_by_side:
        database = side_by_side.submit(_database, place, given_database, is_fast, archive)
        redis = side_by_side.submit(_redis, place, given_redis, is_fast)
        return Servers(database.result(), redis.result())


def stop_servers(place: Place) -> list[str]:
    """Stop the private servers of this place; the names of those that ran."""
    stopped = {"PostgreSQL": Cluster(place).stop(), "Redis": Cache(place).stop()}
    return [name for name, was_running in stopped.items() if was_running]


def discard_servers(place: Place) -> None:
    """Stop the private servers of this place and remove all they hold: those of tests and benchmarks."""
    Cluster(place).stop(is_discarded=True)
    Cache(place).stop()
    shutil.rmtree(place.servers, ignore_errors=True)


def archive_of(place: Place) -> Path:
    """Where production keeps finished log segments: best on another disk, named by YUNGE_WAL_ARCHIVE."""
    return Path(os.environ.get("YUNGE_WAL_ARCHIVE") or place.servers / "wal")


def _database(place: Place, given: str | None, is_fast: bool, archive: Path | None) -> str:
    if given:
        check_database(given)
        return given
    return Cluster(place, is_fast, archive).start()


def _redis(place: Place, given: str | None, is_fast: bool) -> str:
    if given:
        check_redis(given)
        return given
    return Cache(place, is_fast).start()
