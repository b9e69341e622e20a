"""A private cluster and a private Redis: made, found again, moved out of the way, stopped."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from api.local.place import Place
from api.local.ports import LOOPBACK, free_port, is_free
from api.local.postgres import Cluster
from api.local.redis import Cache
from api.local.servers import discard_servers, start_servers, stop_servers


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """pytest's folders are closed to other users, so as root this also covers data that have to move."""
    made = Place(tmp_path / "里 with a space" / ".local")
    yield made
    discard_servers(made)


@pytest.mark.slow("install")
def test_up_twice_down_twice(place: Place) -> None:
    first = start_servers(place, is_fast=True, may_be_given=False)
    with psycopg.connect(first.database_url) as database:
        database.execute("create table kept (n int)")
        assert database.execute("select postgis_lib_version() is not null").fetchone() == (True,)
        assert database.execute("show jit").fetchone() == ("off",)
        assert database.execute("show wal_compression").fetchone() == ("lz4",), "as Debian builds it"
    with Redis.from_url(first.redis_url) as redis:
        assert redis.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}

    assert start_servers(place, is_fast=True, may_be_given=False) == first
    assert stop_servers(place) == ["PostgreSQL", "Redis"]
    assert stop_servers(place) == []

    again = start_servers(place, is_fast=True, may_be_given=False)
    with psycopg.connect(again.database_url) as database:
        assert database.execute("select count(*) from kept").fetchone() == (0,)


@pytest.mark.slow("install")
def test_what_is_discarded_leaves_nothing(place: Place) -> None:
    url = start_servers(place, is_fast=True, may_be_given=False).database_url
    discard_servers(place)
    assert not place.servers.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    discard_servers(place)


@pytest.mark.slow("install")
def test_a_password_is_asked_for(place: Place) -> None:
    url = start_servers(place, is_fast=True, may_be_given=False).database_url
    password = Cluster(place).password
    assert password in url
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(password, "guessed"))


@pytest.mark.slow("install")
def test_a_setting_that_this_postgresql_does_not_know_is_left_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    knows = Cluster._knows
    monkeypatch.setattr(Cluster, "_knows", lambda *given: knows(*given[:3], "a method of tomorrow"))
    url = start_servers(place, is_fast=True, may_be_given=False).database_url
    with psycopg.connect(url) as database:
        assert database.execute("show wal_compression").fetchone() == ("pglz",)


@pytest.mark.slow("install")
def test_an_interrupted_start_is_started_over(place: Place) -> None:
    place.make()
    half_made = Cluster(place).data.with_suffix(".partial")
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("15\n")
    start_servers(place, is_fast=True, may_be_given=False)
    assert not half_made.exists()


@pytest.mark.slow("install")
def test_a_long_path_moves_the_sockets(tmp_path: Path) -> None:
    place = Place(tmp_path / ("long" * 25) / ".local")
    place.make()
    assert len(str(place.sockets)) <= 80
    for folder in (place.sockets, place.servers):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow("install")
def test_somebody_elses_server_is_left_alone(place: Place, tmp_path: Path) -> None:
    """A stale note of a process number that now belongs to somebody else is no reason to stop it."""
    other = Place(tmp_path / "other")
    start_servers(other, is_fast=True, may_be_given=False)
    try:
        place.make()
        Cache(place).folder.mkdir()
        mine, theirs = Cache(place).configuration_file, Cache(other).configuration_file
        mine.write_text(theirs.read_text().replace("requirepass ", "requirepass x"))
        assert Cache(place).running_url() is None
        assert Cache(place).stop() is False
        assert Cache(other).running_url() is not None
    finally:
        stop_servers(other)
        shutil.rmtree(other.servers)


def test_a_taken_port_means_the_next_one() -> None:
    preferred = free_port(None)
    with socket.socket() as taken:
        taken.bind((LOOPBACK, preferred))
        taken.listen()
        assert not is_free(preferred)
        assert free_port(preferred) != preferred
