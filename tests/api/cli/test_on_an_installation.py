"""`logs`, `psql`, `demo` and `dev` where something was brought up, where it is down, and where it never was."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from api.cli.develop import start_part, watch
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.state import alone, note, read_state
from tests.api.cli.installation import command, environment, here, yunge
from tests.servers import redis_url

NOBODY = "postgresql://app:geheim@127.0.0.1:1/yunge"
AWAY = {"DATABASE_URL": NOBODY, "REDIS_URL": "redis://127.0.0.1:1/0"}

NotedAt = Callable[..., Path]


@pytest.fixture
def noted_at(tmp_path: Path) -> NotedAt:
    """A folder in which `up` noted a database."""

    def make(address: str, mode: str = "demonstration") -> Path:
        note(Place(tmp_path), database_url=address, mode=mode, host="127.0.0.1", port=1)
        return tmp_path

    return make


@pytest.mark.parametrize("arguments", [("logs",), ("psql",)])
def test_where_nothing_was_brought_up_the_way_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    said = here(tmp_path, *arguments)
    assert (said.returncode, said.stdout) == (1, "")
    assert re.fullmatch("(这里还没有运行过|还没有日志)：先 ./yunge up。\n", said.stderr)
    assert "./yunge up first" in here(tmp_path, *arguments, language="en_GB.UTF-8").stderr


@pytest.mark.parametrize("arguments", [("psql", "-c", "select 1"), ("token", "manager1")])
def test_a_database_that_is_away_is_one_sentence(noted_at: NotedAt, arguments: tuple[str, ...]) -> None:
    folder = noted_at(NOBODY)
    for language, sentence in (
        (
            "zh_CN.UTF-8",
            r"数据库没有回答（connection .* refused）。已提交的都保留；./yunge up 会把它重新启动。\n",
        ),
        (
            "en_GB.UTF-8",
            r"The database does not answer \(connection .* refused\). What was committed is kept; .*\n",
        ),
    ):
        said = here(folder, *arguments, language=language)
        assert said.returncode == 1
        assert re.fullmatch(sentence, said.stderr), said.stderr


@pytest.mark.parametrize("what", ["demo", "dev"])
def test_a_given_database_that_is_away_is_one_sentence(tmp_path: Path, what: str) -> None:
    said = here(tmp_path, what, **AWAY)
    assert said.returncode == 1
    assert "连不上 DATABASE_URL 指明的数据库" in said.stderr
    assert "geheim" not in said.stderr
    assert read_state(Place(tmp_path)) == {}


@pytest.mark.parametrize("what", ["demo", "dev"])
def test_production_is_left_alone(noted_at: NotedAt, what: str) -> None:
    folder = noted_at(NOBODY, mode="production")
    before = read_state(Place(folder))
    said = here(folder, what, **AWAY)
    assert said.returncode == 1
    assert said.stderr.startswith("这里以生产方式运行")
    assert read_state(Place(folder)) == before


def test_a_given_database_of_a_bank_is_left_alone(tmp_path: Path, own_address: str) -> None:
    said = here(tmp_path, "demo", DATABASE_URL=own_address, REDIS_URL=redis_url())
    assert said.returncode == 1
    assert "这个数据库里不是演示数据，没有动它。" in said.stderr
    with psycopg.connect(own_address) as database:
        assert database.execute("select exists (select from customers)").fetchone() == (True,)


def test_psql_asks_the_noted_database(noted_at: NotedAt, database_url: str) -> None:
    said = yunge(noted_at(database_url), "psql", "-Atc", "select current_database()")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.strip() == database_url.rpartition("/")[2]


@pytest.mark.slow("install")
def test_logs_of_what_is_down_end_and_say_so(tmp_path: Path) -> None:
    write_log(tmp_path, "its last words\n")
    said = yunge(tmp_path, "logs")
    assert (said.returncode, said.stdout) == (0, "its last words\n")
    assert said.stderr == "没有在运行的进程；下面是它们最后写下的。重新启动：./yunge up。\n"
    assert yunge(tmp_path, "logs", "--no-follow", "--lines", "0").stderr == ""


@pytest.mark.slow("install")
def test_logs_are_followed_while_somebody_writes_them(tmp_path: Path) -> None:
    log = write_log(tmp_path, "one\n")
    with (
        alone(Place(tmp_path)),
        subprocess.Popen(
            command(tmp_path, "logs"),
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
            # Tests that run in a shell's background inherit that Ctrl-C is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as following,
    ):
        assert following.stdout is not None
        assert following.stdout.readline() == "one\n"
        with log.open("a") as file:
            file.write("two\n")
        assert following.stdout.readline() == "two\n"
        following.send_signal(signal.SIGINT)
        following.wait(timeout=60)


def write_log(folder: Path, words: str) -> Path:
    place = Place(folder)
    place.logs.mkdir()
    log = place.logs / "api.log"
    log.write_text(words)
    return log


@pytest.fixture
def own_signals() -> Iterator[None]:
    """What `dev` changes for its whole life is put back after the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.slow("install")
@pytest.mark.usefixtures("own_signals")
def test_a_part_of_dev_that_ends_by_itself_is_named_and_none_stays_behind(tmp_path: Path) -> None:
    def part(script: str) -> "subprocess.Popen[bytes]":
        return start_part(["sh", "-c", script], tmp_path, dict(os.environ))

    # As npm does it: a shell that waits for a server and does not tell it of its own end.
    parts = {"the pages": part("sleep 600 & echo $! >server; wait"), "the worker": part("sleep 2")}
    with pytest.raises(CannotGoOn, match="the worker"):
        watch(parts, Screen())
    assert [one.returncode for one in parts.values()] == [-signal.SIGTERM, 0]
    server = Path("/proc", (tmp_path / "server").read_text().strip(), "cmdline")
    for _ in range(50):
        if not server.exists() or not server.read_bytes():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the server stayed behind")
