"""Scores back into the database: (customer, model, value) with version, data date and band, replaced as a whole."""

import os
import sys
import time
from datetime import date
from statistics import median

import numpy as np
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ml.score_rows import Scores, put_fresh_in_place, write_fresh
from ml.tables import Score
from tests.bench.figures import Figure, at_least, machine, print_figures
from tests.bench.scratch import scratch

ROUNDS = 5


def draw(rows: int) -> Scores:
    random = np.random.default_rng(1)
    values = np.round(random.uniform(size=rows), 4)
    return Scores(
        model="attrition",
        model_version_id=1,
        data_date=date(2026, 6, 30),
        customer_ids=np.arange(1, rows + 1),
        values=values,
        bands=(1 + values * 5).astype(np.int16).clip(1, 5),
    )


def figures(server_url: str, rows: int = 1_000_000) -> list[Figure]:
    """Median of five replacements: COPY, primary key, statistics, swap and commit."""
    scores = draw(rows)
    with scratch(server_url) as connection:
        engine = create_engine("postgresql+psycopg://", creator=lambda: connection)
        SQLModel.metadata.tables[str(Score.__tablename__)].create(engine)
        connection.commit()
        taken = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            write_fresh(connection, scores)
            put_fresh_in_place(connection, scores.model)
            connection.commit()
            taken.append(time.perf_counter() - started)
        stored = connection.execute(
            "select count(*), sum(value)::float8, max(customer_id) from scores"
        ).fetchone()
        expected = (rows, float(scores.values.sum()), rows)
        if stored is None or stored[0] != rows or abs(stored[1] - expected[1]) > 1e-3 or stored[2] != rows:
            raise SystemExit("what was stored is not what was written: no figure is worth anything")
    return [
        Figure(f"{rows:,} scores replaced", median(taken), "s"),
        at_least("scores back", rows / median(taken), "rows/s", 1_000_000),
    ]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print_figures(f"{wanted:,} scores ({machine()})", figures(os.environ["TEST_DATABASE_URL"], wanted))
