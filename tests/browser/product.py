"""API and worker as processes of their own, as `./yunge up` runs them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.local.serving import UVICORN
from tests.conftest import ROOT

STARTS_WITHIN_S = 90.0


@dataclass(frozen=True)
class Product:
    address: str
    database_url: str


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(database_url: str, redis_url: str, landing: Path, folder: Path) -> Iterator[Product]:
    """The product on a free port; ends with the block, whatever happens in it."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YUNGE_")} | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "YUNGE_LANDING": str(landing),
        "YUNGE_FILES": str(folder / "files"),
        "YUNGE_STATE": str(folder / "none.json"),
        "YUNGE_MODE": "demonstration",
    }
    api = ["-m", *UVICORN, "--port", str(port), "--log-level", "warning"]
    processes = []
    with (folder / "product.log").open("wb") as log:
        try:
            # No clock: the county's data date stands still.
            for arguments in (api, ["-m", "api.worker", "--no-cron"]):
                command = [sys.executable, *arguments]
                processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, processes[0], folder / "product.log")
            yield Product(address, database_url)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait_for(address: str, api: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if api.poll() is not None:
            raise AssertionError(f"the API ended: {log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the API does not answer: {log.read_text()[-4000:]}")
