"""How fast the demonstration bank's files are written, and in how much memory, by a process of its own.

python -m tests.bench.generator [--customers N]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, at_most, machine, print_figures

AS_OF = "2026-11-20"
MEMORY_MIB = 4096.0
# Seconds of one core: twenty for the default county, five minutes for a million.
SECONDS_AT_MOST = ((60_000, 20.0), (1_000_000, 300.0))


def figures(customers: int = 60_000) -> list[Figure]:
    """Writes a county aside and throws it away. Targets are seconds of one core: neighbours do not count."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "api.county.generator",
            "--customers",
            str(customers),
            "--as-of",
            AS_OF,
        ]
        command += ["--landing", f"{folder}/landing", "--truth", f"{folder}/truth"]
        started = time.monotonic()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - started
        if process.returncode:
            raise SystemExit(f"the generator ended with {process.returncode}")
        mebibytes = sum(path.stat().st_size for path in Path(folder, "landing").iterdir()) / 2**20
    seconds = used.ru_utime + used.ru_stime
    limit = next((limit for size, limit in SECONDS_AT_MOST if customers <= size), SECONDS_AT_MOST[-1][1])
    return [
        at_most(f"files of {customers:,} customers, one core", seconds, "s", limit),
        Figure("the same, by the clock", wall, "s"),
        Figure("written", mebibytes, "MiB"),
        at_most("highest memory", used.ru_maxrss / 1024, "MiB", MEMORY_MIB),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="./yunge bench generator")
    parser.add_argument("--customers", type=int, default=60_000)
    print_figures(f"Generator ({machine()})", figures(parser.parse_args().customers))


if __name__ == "__main__":
    main()
