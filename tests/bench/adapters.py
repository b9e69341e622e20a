"""How fast files of a bank's own form get into the snapshot, beside the same rows in the canonical form.

    ./yunge bench adapters [ROWS]

The files are drawn, a million rows when none are named. Each form is taken on two nights: a first load, and one with
5 % changed. A sheet has a hundred thousand rows.

A ratio is rows per second through the description ÷ rows per second of the canonical file in the same run, by the clock
and by processor time (the process that reads, and its backend). On a machine that others use, the second is the one to
look at.
"""

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import xlsxwriter

from domain.feeds.contracts import FEEDS
from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.shared.night import Night, silent
from tests.bench.figures import Figure, at_least, at_most, machine, print_figures, rows_asked
from tests.bench.intake import DAY, FEED, lines, migrate, write
from tests.bench.progress import told
from tests.bench.reading.load import processor_s
from tests.bench.scratch import scratch

SHEET_ROWS = 100_000
SHARE = 0.7
_COLUMNS = """
[control]
kind = "none"
settle_minutes = 0
[columns]
acct_no = "C1"
cust_no = "C2"
subject = "C3"
product = { from = "C4", codes = { "1" = "活期储蓄", "2" = "定期储蓄", "3" = "单位活期", "4" = "单位定期" } }
currency = "C5"
balance = { from = "C6", unit = "分" }
average_month = "C7"
average_3m = "C8"
opened_on = { from = "C9", date = "DD/MM/YYYY" }
matures_on = { from = "C10", open = ["0"] }
org_no = "C11"
status = { from = "C12", codes = { "A" = "1", "X" = "0" } }
"""
_NAMES = [f"C{place}" for place in range(1, 13)]
_WIDTHS = (20, 12, 8, 2, 4, 14, 12, 12, 10, 8, 10, 1)
_CODES = {"活期储蓄": "1", "定期储蓄": "2", "单位活期": "3", "单位定期": "4"}


def rows_of(rows: int, changed_share: float, seed: int) -> Iterator[list[str]]:
    """The rows of the canonical bench as a bank might write them."""
    for line in lines(rows, changed_share, seed):
        parts = line.rstrip("\n").split("|@|")
        parts[3], parts[5] = _CODES[parts[3]], str(round(float(parts[5]) * 100))
        parts[8], parts[9], parts[11] = "12/04/2019", "0", "A"
        yield parts


def delimited(path: Path, rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="gbk") as file:
        file.write("\x1d".join(_NAMES) + "\n")
        file.writelines("\x1d".join(row) + "\n" for row in rows)


def fixed(path: Path, rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="gbk") as file:
        for row in rows:
            file.write("".join(map(str.ljust, row, _WIDTHS)) + "\n")


def quoted(path: Path, rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(_NAMES) + "\n")
        file.writelines(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def sheet(path: Path, rows: Iterator[list[str]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, _NAMES)
        for at, row in enumerate(rows, start=1):
            page.write_row(at, 0, row)


FORMS: dict[str, tuple[str, Callable[[Path, Iterator[list[str]]], None]]] = {
    "GBK between 0x1D": ('encoding = "GBK"\ndelimiter = "0x1D"\nheader = 1', delimited),
    "fixed width": (
        f'encoding = "GBK"\nformat = "fixed"\nwidths = {list(_WIDTHS)}\ncolumns = {_NAMES}'.replace("'", '"'),
        fixed,
    ),
    "quoted CSV": ('encoding = "UTF-8"\nformat = "csv"\nheader = 1', quoted),
    "XLSX": ('format = "xlsx"\nheader = 1', sheet),
}


def describe(connection: psycopg.Connection[Any], form: str) -> None:
    text = (
        f'feed = "{FEED.name}"\nsource = "bench"\nfrom = 2026-01-01\n[file]\nname = "OWN_{{YYYYMMDD}}.txt"\n'
        f"{form}\n{_COLUMNS}"
    )
    connection.execute(
        "insert into org_units (code, name, kind) values ('HEAD', '总行', 'HEAD_OFFICE') on conflict do nothing"
    )
    connection.execute(
        "insert into staff (number, name, role, org_unit_id, is_active)"
        " select 'A1', '甲', 'ADMINISTRATOR', min(id), true from org_units on conflict do nothing"
    )
    connection.execute(
        "insert into feed_adapters (feed, source, from_on, text, reason, added_by_id)"
        " select %s, 'bench', '2026-01-01', %s, '', min(id) from staff",
        [FEED.name, text],
    )


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of processors."""

    wall_s: float
    processor_s: float


def computed_s(connection: psycopg.Connection[Any]) -> float:
    """Processor time so far of this process and of its backend with the workers that backend waited for."""
    return time.process_time() + processor_s([connection.info.backend_pid])


def take(connection: psycopg.Connection[Any], landing: Path, day: date) -> Took:
    run = connection.execute(
        "insert into night_runs (data_date, state, is_full, retrain) values (%s, 'DONE', false, false) returning id",
        [day],
    ).fetchone()
    assert run is not None
    night = Night(run[0], day, landing)
    gc.collect()
    started, computed = time.monotonic(), computed_s(connection)
    find_batches(connection, night, silent)
    result = take_feed(connection, night, silent, feed=FEED.name)
    connection.commit()
    took = Took(time.monotonic() - started, computed_s(connection) - computed)
    print(f"  {day}: {result.message}, {took.wall_s:.2f} s, {took.processor_s:.2f} s of processors")
    assert result.rows > 0, "the file was not taken"
    return took


def clear(connection: psycopg.Connection[Any]) -> None:
    connection.execute("truncate batches, feed_adapters, quarantined_rows cascade")
    for feed in FEEDS.values():
        connection.execute(f"truncate {feed.table}".encode())
    connection.commit()


def two_nights(
    connection: psycopg.Connection[Any], written: Callable[[Path, int, date], object]
) -> tuple[Took, Took]:
    """What a first load took, and a night with 5 % changed."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for night in range(2):
            day = DAY + timedelta(days=night)
            with told(f"file of {day}"):
                written(Path(folder), night, day)
            found.append(take(connection, Path(folder), day))
            connection.autocommit = True
            connection.execute("vacuum analyze src_core_deposit")
            connection.autocommit = False
    return found[0], found[1]


def measured(connection: psycopg.Connection[Any], name: str, rows: int) -> tuple[Took, Took]:
    form, wrote = FORMS[name]
    clear(connection)
    describe(connection, form)

    def written(landing: Path, night: int, day: date) -> None:
        wrote(landing / f"OWN_{day:%Y%m%d}.txt", rows_of(rows, 0.05 if night else 0.0, night + 1))

    return two_nights(connection, written)


NIGHTS = ("first load", "5 % changed")


def compared(name: str, rows: int, plain: Took, described: Took) -> list[Figure]:
    return [
        Figure(f"{name}: canonical", rows / plain.wall_s, "rows/s"),
        Figure(f"{name}: described", rows / described.wall_s, "rows/s"),
        at_least(f"{name}: described ÷ canonical", plain.wall_s / described.wall_s, "×", SHARE),
        at_least(f"{name}: the same by processors", plain.processor_s / described.processor_s, "×", SHARE),
        Figure(f"{name}: processors, described", described.processor_s / rows * 100_000, "s a 100,000 rows"),
    ]


def figures(server_url: str, rows: int = 1_000_000) -> list[Figure]:
    found = []
    with scratch(server_url) as connection:
        migrate(connection, server_url)
        for name in ("GBK between 0x1D", "fixed width", "quoted CSV"):
            # Beside each other: an hour in which the machine is slow is slow for both.
            clear(connection)
            canonical = two_nights(
                connection,
                lambda landing, night, day: write(landing, rows, 0.05 if night else 0.0, night + 1, day),
            )
            own = measured(connection, name, rows)
            for night, plain, described in zip(NIGHTS, canonical, own, strict=True):
                found += compared(f"{name}, {night}", rows, plain, described)
        first, _ = measured(connection, "XLSX", SHEET_ROWS)
        found.append(at_most(f"XLSX of {SHEET_ROWS:,} rows to merged", first.wall_s, "s", 20))
        found.append(Figure("XLSX: of that, processors", first.processor_s, "s"))
    return found


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 1_000_000)
    print_figures(
        f"Files of a bank's own form, {wanted:,} rows ({machine()})",
        figures(os.environ["TEST_DATABASE_URL"], wanted),
    )
