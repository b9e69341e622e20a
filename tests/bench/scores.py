"""Scores back into the database: customer, value and band of each, with the run that made them, replaced as a whole.

    ./yunge bench scores [ROWS]

Rows are drawn, a million of them when none are named; no county is read.
"""

import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psycopg
from psycopg import sql
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from geo.binary_copy import read_rows
from ml.score_rows import Scores, put_fresh_in_place, write_fresh
from ml.tables import ModelVersion, Score, ScoreRun
from tests.bench.figures import Figure, at_least, machine, print_figures, rows_asked
from tests.bench.scratch import scratch

ROUNDS = 5


def draw(rows: int) -> Scores:
    values = np.round(np.random.default_rng(1).uniform(size=rows), 4)
    return Scores(
        model="attrition",
        night_run_id=1,
        model_version_id=1,
        data_date=date(2026, 6, 30),
        customer_ids=np.arange(1, rows + 1),
        values=values,
        bands=(1 + values * 5).astype(np.int16).clip(1, 5),
    )


def make_tables(connection: psycopg.Connection[Any]) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: connection)
    for model in (ModelVersion, ScoreRun, Score):
        SQLModel.metadata.tables[str(model.__tablename__)].create(engine)
    connection.execute(
        "insert into model_versions (name, version, in_force, auc, baseline_auc, data_from, data_to, parameters,"
        " metrics, artefact) values ('attrition', '1', true, 0.8, 0.8, '2026-01-31', '2026-06-30', '{}', '{}', '')"
    )
    connection.commit()


def is_stored(connection: psycopg.Connection[Any], scores: Scores) -> bool:
    """Whether every row, and the run beside them, is what was written."""
    query = sql.SQL("select customer_id, band::bigint, value from scores where model = {}").format(
        scores.model
    )
    stored = np.sort(read_rows(connection, query, [("customer_id", "i8"), ("band", "i8"), ("value", "f8")]))
    run = connection.execute(
        "select model, night_run_id, model_version_id, data_date from score_runs"
    ).fetchall()
    return (
        run == [(scores.model, scores.night_run_id, scores.model_version_id, scores.data_date)]
        and np.array_equal(stored["customer_id"], scores.customer_ids)
        and np.array_equal(stored["band"], scores.bands)
        and np.array_equal(stored["value"], scores.values)
    )


def processor_s(connection: psycopg.Connection[Any]) -> float:
    """Processor seconds so far, ours and the server process's: what neighbours on the machine hardly change."""
    stat = Path(f"/proc/{connection.info.backend_pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def figures(server_url: str, rows: int = 1_000_000) -> list[Figure]:
    """Five replacements, each by other scores and read back: COPY, primary key, statistics, swap and commit."""
    scores, taken, worked = draw(rows), [], []
    with scratch(server_url) as connection:
        make_tables(connection)
        for round_ in range(1, ROUNDS + 1):
            scores = replace(
                scores, night_run_id=round_, values=np.roll(scores.values, 1), bands=np.roll(scores.bands, 1)
            )
            before, started = processor_s(connection), time.perf_counter()
            write_fresh(connection, scores)
            put_fresh_in_place(connection, scores)
            connection.commit()
            taken.append(time.perf_counter() - started)
            worked.append(processor_s(connection) - before)
            if not is_stored(connection, scores):
                raise SystemExit("what was stored is not what was written: no figure is worth anything")
            connection.commit()
    return [
        Figure(f"{rows:,} scores replaced, median of {ROUNDS}", median(taken), "s"),
        Figure("of it processor time, ours and PostgreSQL's", median(worked), "s"),
        Figure("the quickest", min(taken), "s"),
        at_least("scores back, median", rows / median(taken), "rows/s", 1_000_000),
        Figure("the quickest round", rows / min(taken), "rows/s"),
    ]


if __name__ == "__main__":
    wanted = rows_asked(__doc__, 1_000_000)
    print_figures(f"{wanted:,} scores ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted))
