"""Servers under load: one process each, on ports of their own, ended with the benchmark."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from api.local.serving import UVICORN
from api.settings import ROOT

PEER = Path(__file__).with_name("postgraphile")
READY_WITHIN_S = 240


@dataclass(frozen=True)
class Server:
    url: str
    pid: int


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], port: int, log: Path) -> Iterator[Server]:
    """Start it, wait until it answers anything, end it."""
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            # A group of its own: the node of a virtual environment starts the real one and leaves it behind.
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(process, url, log)
        yield Server(url, process.pid)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End its group. One that has ended by itself is no error here: it would hide why the server did not start."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=1):
                return
        except HTTPError:
            return
        except (URLError, OSError) as error:
            if isinstance(error, RemoteDisconnected):
                return
            time.sleep(0.2)
    raise SystemExit(f"{url} did not start:\n{log.read_text()[-3000:]}")


def yunge(
    database_url: str, redis_url: str, folder: Path, executor: str = "compiled"
) -> AbstractContextManager[Server]:
    """The product's API with the options that its supervisor gives it."""
    port = _free_port()
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "YUNGE_MODE": "production",
        "YUNGE_SECRET": "s" * 40,
        # Production demands one; no file is ever taken from it.
        "YUNGE_LANDING": str(folder),
        "YUNGE_FILES": str(folder / "files"),
        "YUNGE_LOG_LEVEL": "WARNING",
        "YUNGE_EXECUTOR": executor,
    }
    app = "tests.bench.reading.yunge_app:create_app"
    return served(_uvicorn(app, port, *UVICORN[2:]), environment, port, folder / f"yunge-{executor}.log")


def raw(database_url: str, folder: Path) -> AbstractContextManager[Server]:
    port = _free_port()
    command = _uvicorn("tests.bench.reading.raw:app", port)
    return served(command, {"DATABASE_URL": database_url}, port, folder / "raw.log")


def _uvicorn(app: str, port: int, *options: str) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", app, *options, "--host", "127.0.0.1", "--port", str(port)]
    return [*command, "--no-access-log", "--log-level", "warning"]


def postgraphile(database_url: str, folder: Path) -> AbstractContextManager[Server]:
    """PostGraphile, installed once below the benchmark's folder."""
    port = _free_port()
    node = Path(sys.executable).with_name("node")
    home = ROOT / ".local" / "bench" / "postgraphile"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "server.mjs", ".npmrc"):
        shutil.copy(PEER / name, home / name)
    if not (home / "node_modules" / ".package-lock.json").exists():
        paths = {**os.environ, "PATH": f"{node.parent}:{os.environ['PATH']}"}
        subprocess.run([str(node.with_name("npm")), "ci"], cwd=home, env=paths, check=True)
    environment = {"DATABASE_URL": database_url, "PORT": str(port), "NODE_ENV": "production"}
    return served([str(node), str(home / "server.mjs")], environment, port, folder / "postgraphile.log")
