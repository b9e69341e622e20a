"""What the sealer's looks cost after years of audit: an idle one, and a pass over ten new rows.

    ./yunge bench sealing [--rows N] [--out FILE]

N sealed rows (ten million: five thousand a day for five years) are written as a set, with seals that nobody verifies.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from domain.shared import audit
from domain.shared.principal import SYSTEM
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.bench.night import migrated

TAKES = 20
NEW = 10
KEY = b"a key of the benchmark"


def fill(connection: psycopg.Connection, rows: int) -> None:
    """Sealed rows of the past; the triggers look away, or each would be listed for sealing."""
    connection.execute("set session_replication_role = replica")
    connection.execute(
        """insert into audit (actor_kind, actor_id, action, subject, detail)
           select 'STAFF', 1 + mod(n, 120), 'visit.recorded', 'Visit:' || n, '{"reason": "bench"}'
             from generate_series(1, %s) n""",
        [rows],
    )
    connection.execute(
        """insert into audit_seals (audit_id, position, sha256)
           select id, row_number() over (order by id), sha256(id::text::bytea) from audit"""
    )
    connection.execute("set session_replication_role = origin")
    connection.commit()
    connection.execute("analyze audit, audit_seals, audit_unsealed")
    connection.commit()


def median_ms(what: Callable[[], object], before: Callable[[], None]) -> float:
    taken = []
    for _ in range(TAKES):
        before()
        began = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def figures(server_url: str, rows: int) -> list[Figure]:
    with migrated(server_url) as url, psycopg.connect(url) as connection:
        found = []
        for sealed in (1000, rows):
            fill(connection, sealed)

            def write() -> None:
                for number in range(NEW):
                    audit.record_sync(connection, by=SYSTEM, action="new", subject=f"Visit:{number}")
                connection.commit()

            def seal() -> None:
                audit.seal(connection, KEY)
                connection.commit()

            found.append(
                (median_ms(lambda: audit.has_unsealed(connection), lambda: None), median_ms(seal, write))
            )
            connection.execute("set session_replication_role = replica")
            connection.execute("truncate audit, audit_seals, audit_unsealed restart identity")
            connection.commit()
    (idle_few, pass_few), (idle, passed) = found
    return [
        Figure(f"an idle look, {rows:,} sealed rows", idle, "ms"),
        Figure(f"a pass over {NEW} new rows, {rows:,} sealed rows", passed, "ms"),
        Figure("an idle look, 1,000 sealed rows", idle_few, "ms"),
        Figure(f"a pass over {NEW} new rows, 1,000 sealed rows", pass_few, "ms"),
        at_most("a pass, beside one after 1,000 rows", passed / pass_few, "×", 3),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = figures(os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"], given.rows)
    title = f"Sealing the audit ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
