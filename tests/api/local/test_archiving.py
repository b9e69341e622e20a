"""The private server's log in production: kept outside the data folder, whole, and from there a moment comes back."""

import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api.local.place import Place
from api.local.postgres import Cluster, archiving
from api.local.refusal import CannotGoOn
from api.local.servers import discard_servers


def archive(command: str, source: Path) -> int:
    """As PostgreSQL does it: %p and %f are put in, %% is a percent sign."""
    text = command.strip("'").replace("''", "'")
    text = text.replace("%%", "\0").replace("%p", shlex.quote(str(source))).replace("%f", source.name)
    return subprocess.run(["sh", "-c", text.replace("\0", "%")], check=False, capture_output=True).returncode


def test_a_segment_is_kept_once_and_never_overwritten(tmp_path: Path) -> None:
    kept, segment = tmp_path / "it's 100% kept", tmp_path / "000000010000000000000001"
    kept.mkdir()
    segment.write_bytes(b"one")
    command = archiving(kept)["archive_command"]
    assert archive(command, segment) == 0
    assert [path.name for path in kept.iterdir()] == [segment.name]
    assert archive(command, segment) == 0, "the same again, after a crash between copying and noting"
    segment.write_bytes(b"two")
    assert archive(command, segment) != 0
    assert (kept / segment.name).read_bytes() == b"one"
    kept.rename(tmp_path / "not mounted")
    assert archive(command, segment) != 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / ".local")
    made.make()
    yield made
    discard_servers(made)


@pytest.mark.slow("install")
def test_the_private_server_archives_in_production(place: Place, tmp_path: Path) -> None:
    folder = place.servers / "wal"
    address = Cluster(place, archive=folder).start()
    with psycopg.connect(address, autocommit=True) as database:
        assert database.execute("show wal_level").fetchone() == ("replica",)
        database.execute("create table kept (n int)")
        row = database.execute("select pg_walfile_name(pg_switch_wal())").fetchone()
        assert row is not None
        until = time.monotonic() + 60
        while not (folder / row[0]).exists():
            assert time.monotonic() < until, "the segment was not archived"
            time.sleep(0.1)
        assert (folder / row[0]).stat().st_size == 16 << 20
    Cluster(place).stop()
    another = Place(tmp_path / "another")
    another.make()
    with pytest.raises(CannotGoOn, match="YUNGE_WAL_ARCHIVE"):
        Cluster(another, archive=folder).start()
    assert not (another.servers / "postgres").exists()
    in_the_way = tmp_path / "wal"
    in_the_way.write_text("no folder")
    with pytest.raises(CannotGoOn, match="wal"):
        Cluster(place, archive=in_the_way).start()
    with psycopg.connect(Cluster(place).start()) as database:
        assert database.execute("show wal_level").fetchone() == ("minimal",), "a demonstration keeps none"
