"""What bad lines cost: seconds and memory of an intake with none, half and all of its lines bad.

    ./yunge bench bad_lines [ROWS]

The file is drawn, half a million rows when none are named. Each share has a process and a database of its own. A file
with so many bad lines is refused; the last figure lets all of half of them be set aside.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.feeds.parameters import QUARANTINED_SHARE_BPS
from domain.shared.night import Night, silent
from tests.bench.figures import Figure, machine, print_figures, rows_asked
from tests.bench.intake import DAY, FEED, lines, migrate
from tests.bench.scratch import scratch

CASES = {
    "all lines good": ("value", 0, False),
    "half the lines with an unknown status": ("value", 50, False),
    "all lines with an unknown status": ("value", 100, False),
    "half the lines with a control character": ("bytes", 50, False),
    "all lines with a control character": ("bytes", 100, False),
    "half the lines with an unknown status, all set aside": ("value", 50, True),
}
"""How lines are bad, how many of a hundred, and whether the limits let them be set aside."""


def spoilt(rows: int, way: str, percent: int) -> Iterator[bytes]:
    for number, line in enumerate(lines(rows, 0.0, 1)):
        raw = line.encode("gbk")
        is_bad = number % 100 < percent
        yield raw if not is_bad else raw[:-2] + (b"7\n" if way == "value" else b"\x01x\n")


def write(landing: Path, rows: int, way: str, percent: int) -> None:
    stem, digest, total = landing / f"{FEED.name}_{DAY:%Y%m%d}_1", sha256(), 0
    with stem.with_suffix(".dat").open("wb") as file:
        for raw in spoilt(rows, way, percent):
            total += round(float(raw.split(b"|@|")[5]) * 100)
            digest.update(raw)
            file.write(raw)
    stem.with_suffix(".ctl").write_text(
        f"rows={rows}\namount_sum={total / 100:.2f}\nsha256={digest.hexdigest()}\nencoding=GBK\nmode=full\n"
    )


def measure(rows: int, case: str) -> None:
    """Prints seconds, the growth of this process, the peak of PostgreSQL's, and what became of the file."""
    way, percent, is_kept = CASES[case]
    url = os.environ["TEST_DATABASE_URL"]
    with scratch(url) as connection, tempfile.TemporaryDirectory() as folder:
        migrate(connection, url)
        write(Path(folder), rows, way, percent)
        run = connection.execute(
            "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false)"
            " returning id",
            [DAY],
        ).fetchone()
        assert run is not None
        parameters = {QUARANTINED_SHARE_BPS.name: 10_000} if is_kept else {}
        night = Night(run[0], DAY, Path(folder), parameters=parameters)
        before = _own_mib()
        started = time.monotonic()
        find_batches(connection, night, silent)
        take_feed(connection, night, silent, feed=FEED.name)
        connection.commit()
        print(json.dumps([time.monotonic() - started, _own_mib() - before, _outcome(connection)]))


def _own_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _outcome(connection: psycopg.Connection[Any]) -> str:
    state, loaded, refused, quarantined, kept = connection.execute(
        "select state, loaded, refused, quarantined, (select count(*) from quarantined_rows) from batches"
        " where feed = %s and sha256 is not null",
        [FEED.name],
    ).fetchone() or ("", 0, 0, 0, 0)
    return f"{state}, {loaded} loaded, {refused} refused, {quarantined} quarantined, {kept} rows kept"


def figures(rows: int) -> Iterator[Figure]:
    for case in CASES:
        command = [sys.executable, "-m", "tests.bench.bad_lines", str(rows), case]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        seconds, mib, outcome = json.loads(answer.splitlines()[-1])
        print(f"  {case}: {outcome}")
        yield Figure(case, seconds, "s")
        yield Figure(f"{case}: growth of the process", mib, "MiB")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(int(sys.argv[1]), sys.argv[2])
    else:
        wanted = rows_asked(__doc__, 500_000)
        print_figures(f"Intake of {wanted:,} rows, some bad ({machine()})", list(figures(wanted)))
