"""What the launcher notes: state, stamps, the lock, and what it asks of the disk."""

import multiprocessing
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from api.cli.benchmarks import run_benchmark
from api.local.children import is_alive
from api.local.demonstration import DEFAULT_CUSTOMERS, Demonstration, choose
from api.local.log_files import worth_following
from api.local.place import GIB, Place
from api.local.psql import psql_command
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.stamps import digest_of, is_current, write_stamp
from api.local.state import alone, note, read_state


def test_facts_are_added_and_taken_away_and_nobody_else_reads_them(tmp_path: Path) -> None:
    place = Place(tmp_path)
    assert read_state(place) == {}
    note(place, port=1, secret="s")
    note(place, port=2, secret=None)
    assert read_state(place) == {"port": 2}
    assert place.state_file.stat().st_mode & 0o077 == 0


def _second(folder: Path, answers: "multiprocessing.Queue[str]") -> None:
    try:
        with alone(Place(folder)):
            answers.put("went on")
    except CannotGoOn as refusal:
        answers.put(str(refusal))


def test_a_second_launcher_is_told_who_is_at_work(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    with alone(Place(tmp_path)):
        second = context.Process(target=_second, args=(tmp_path, answers))
        second.start()
        said = answers.get(timeout=30)
        second.join()
    assert str(multiprocessing.current_process().pid) in said
    with alone(Place(tmp_path)):
        pass


def test_a_second_benchmark_does_not_take_the_first_one_s_servers_away(tmp_path: Path) -> None:
    with alone(Place(tmp_path / "bench")), pytest.raises(CannotGoOn, match=r"什么也没有做|did nothing"):
        run_benchmark(Place(tmp_path), Screen(), "locate", [])
    assert not (Place(tmp_path / "bench").servers / "postgres").exists()


def test_logs_of_long_steps_are_followed_while_a_launcher_is_at_work(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.logs.mkdir()
    for name in ("api", "worker-0", "supervisord", "supervisord.start", "npm-build"):
        (place.logs / f"{name}.log").touch()
    assert [path.stem for path in worth_following(place)] == ["api", "supervisord", "worker-0"]
    with alone(place):
        assert len(worth_following(place)) == 5
    (place.folder / "lock").write_text("4194305")
    assert len(worth_following(place)) == 3, "the lock of a launcher that is gone"


def test_psql_gets_no_password_among_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    program, given, environment = psql_command("postgresql://app:geheim@127.0.0.1:8611/yunge?sslmode=disable")
    assert "geheim" not in program + given
    assert environment["PGPASSWORD"] == "geheim"
    assert conninfo_to_dict(given) == {
        "user": "app",
        "host": "127.0.0.1",
        "port": "8611",
        "dbname": "yunge",
        "sslmode": "disable",
    }
    monkeypatch.setenv("PG_BINDIR", "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotGoOn, match="psql"):
        psql_command("postgresql://app@127.0.0.1/yunge")


def test_a_stamp_follows_contents_and_names(tmp_path: Path) -> None:
    source = tmp_path / "src"
    (source / "node_modules").mkdir(parents=True)
    (source / "a.ts").write_text("1")
    first = digest_of([source])
    stamp = tmp_path / "stamps" / "web"
    assert not is_current(stamp, first)
    write_stamp(stamp, first)
    (source / "node_modules" / "b.ts").write_text("2")
    assert is_current(stamp, digest_of([source]))
    (source / "a.ts").rename(source / "c.ts")
    assert not is_current(stamp, digest_of([source]))


def test_a_full_disk_is_said_beforehand(tmp_path: Path) -> None:
    place = Place(tmp_path / ".local")
    place.need_space(1)
    place.make()
    with pytest.raises(CannotGoOn, match="GiB"):
        place.need_space(GIB << 30)
    shutil.rmtree(place.servers)


def test_the_demonstration_in_the_database_is_kept() -> None:
    day = date(2026, 10, 31)
    found = Demonstration(2000, 7, day)
    assert choose(found, customers=None, seed=None, as_of=None) == found
    assert choose(found, customers=2000, seed=7, as_of=day) == found
    with pytest.raises(CannotGoOn, match=r"demo --customers 3000 --seed 7$") as said:
        choose(found, customers=3000, seed=None, as_of=None)
    assert "--as-of" not in str(said.value), "its clock would stand still from then on"
    fixed = Demonstration(2000, 7, day, is_fixed=True)
    with pytest.raises(CannotGoOn, match=r"demo --customers 3000 --seed 7 --as-of 2026-10-31$"):
        choose(fixed, customers=3000, seed=None, as_of=None)
    assert choose(None, customers=None, seed=None, as_of=day) == Demonstration(DEFAULT_CUSTOMERS, 1, day)


def test_a_dead_process_that_nobody_fetched_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert is_alive(child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert Path(f"/proc/{child.pid}").exists()
    assert not is_alive(child.pid)
    child.communicate()
    assert not is_alive(child.pid)
