"""Load from outside, and what it cost inside: wrk's requests, and processor time from the kernel's own accounts."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024

ASK = Path(__file__).with_name("ask.lua")


@dataclass(frozen=True)
class Measured:
    """One run: how many requests, how long they took, what each cost in processor time."""

    per_second: float
    p50_ms: float
    p99_ms: float
    server_ms: float
    database_ms: float
    kib: float

    @property
    def processor_ms(self) -> float:
        """Of server and PostgreSQL, a request."""
        return self.server_ms + self.database_ms


def processor_s(pids: Iterable[int]) -> float:
    """User and system time of some processes so far, with that of their children that have ended meanwhile.

    PostgreSQL ends connections that a pool gives up: their time would be missed, and a difference become negative.
    """
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *(one for child in below for one in family(int(child)))]


def resident_mib(pid: int) -> float:
    return sum(
        int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE_KIB / 1024 for one in family(pid)
    )


def backends(database_url: str) -> list[int]:
    """Every process of the PostgreSQL server: readers, and those that write for them."""
    with psycopg.connect(database_url) as connection:
        folder = connection.execute("show data_directory").fetchone()
    assert folder is not None
    postmaster = int((Path(folder[0]) / "postmaster.pid").read_text().split()[0])
    return family(postmaster)


def run_load(
    url: str,
    bodies: Sequence[str],
    *,
    clients: int,
    seconds: float,
    server: int,
    database_url: str,
    token: str | None = None,
) -> Measured:
    """Ask for some seconds, the bodies in turn. Raises when an answer carries an error."""
    base, path = re.match(r"(https?://[^/]+)(/.*)", url).groups()  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "bodies"
        lines.write_text("\n".join(bodies) + "\n")
        environment = {**os.environ, "YUNGE_BODIES": str(lines), "YUNGE_PATH": path}
        environment.pop("YUNGE_TOKEN", None)
        if token is not None:
            environment["YUNGE_TOKEN"] = token
        command = [
            "wrk",
            "-t",
            "1",
            "-c",
            str(clients),
            "-d",
            f"{max(1, round(seconds))}s",
            "-s",
            str(ASK),
            base,
        ]
        before = processor_s(family(server)), processor_s(backends(database_url))
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        # The processes of now: pools have opened connections meanwhile.
        after = processor_s(family(server)), processor_s(backends(database_url))
    return _measured(done.stdout, after[0] - before[0], after[1] - before[1])


def _measured(printed: str, server_s: float, database_s: float) -> Measured:
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", printed)
    if found is None:
        raise SystemExit(f"wrk said nothing of use:\n{printed}")
    requests, microseconds, p50, p99, size, wrong = (int(one) for one in found.groups())
    if wrong or not requests:
        raise SystemExit(f"{wrong} of {requests} answers carry an error:\n{printed}")
    return Measured(
        per_second=requests / (microseconds / 1e6),
        p50_ms=p50 / 1000,
        p99_ms=p99 / 1000,
        server_ms=server_s * 1000 / requests,
        database_ms=database_s * 1000 / requests,
        kib=size / requests / 1024,
    )


def as_body(**fields: object) -> str:
    """One request's body on one line."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
