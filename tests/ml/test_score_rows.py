"""How scores lie in the database, and what a reader sees who comes while a night puts new ones in their place."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest

from ml.score_rows import Scores, put_fresh_in_place, remove, write_fresh
from tests.waiting import wait_for_a_waiter

Connection = psycopg.Connection[Any]
DAY = date(2026, 10, 20)
STORED = """
    select s.model, b.night_run_id, b.data_date, s.customer_id, s.value, s.band
      from scores s join score_runs b on b.model = s.model order by s.customer_id
"""


@pytest.fixture
def scores(connection: Connection) -> Scores:
    """Three customers, scored by a version that is registered."""
    row = connection.execute(
        "insert into model_versions (name, version, in_force, auc, baseline_auc, data_from, data_to, parameters,"
        " metrics, artefact) values ('attrition', '1', true, 0.8, 0.7, %(day)s, %(day)s, '{}', '{}', '') returning id",
        {"day": DAY},
    ).fetchone()
    assert row is not None
    return Scores(
        "attrition", 1, row[0], DAY, np.array([3, 5, 2**40]), np.array([0.0, 0.25, 1.0]),
        np.array([1, 4, 5], dtype=np.int16),
    )  # fmt: skip


def replace_scores(connection: Connection, scores: Scores) -> None:
    write_fresh(connection, scores)
    put_fresh_in_place(connection, scores)


def test_what_is_written_is_what_is_read(connection: Connection, scores: Scores) -> None:
    replace_scores(connection, scores)
    assert connection.execute(STORED).fetchall() == [
        ("attrition", 1, DAY, 3, 0.0, 1),
        ("attrition", 1, DAY, 5, 0.25, 4),
        ("attrition", 1, DAY, 2**40, 1.0, 5),
    ]


@pytest.mark.parametrize("customer_ids", [[3, 5, 5], [3, 3, 5], [5, 3, 7]])
def test_a_customer_has_one_score_of_a_model(scores: Scores, customer_ids: list[int]) -> None:
    with pytest.raises(ValueError, match="twice or out of order"):
        replace(scores, customer_ids=np.array(customer_ids))


def test_one_among_many_is_found_without_reading_all(connection: Connection, scores: Scores) -> None:
    """Night after night: the index goes to the partition with its table."""
    everybody = np.arange(1, 100_001)
    many = replace(
        scores, customer_ids=everybody, values=everybody / 1e6, bands=np.ones(len(everybody), dtype=np.int16)
    )
    for _ in range(2):
        replace_scores(connection, many)
        found = "select value from scores where model = 'attrition' and customer_id = 70000"
        assert connection.execute(found).fetchall() == [(0.07,)]
        plan = connection.execute(f"explain {found}").fetchall()
        assert any("scores_attrition_by_customer" in line for (line,) in plan)


def test_another_model_has_a_partition_and_a_run_of_its_own(connection: Connection, scores: Scores) -> None:
    replace_scores(connection, scores)
    replace_scores(connection, replace(scores, model="prospect", night_run_id=2))
    remove(connection, "attrition")
    assert {row[:2] for row in connection.execute(STORED)} == {("prospect", 2)}
    assert connection.execute("select model from score_runs").fetchall() == [("prospect",)]


NIGHT_THAT_IS_KILLED = """
import sys, time
from datetime import date
import numpy as np, psycopg
from ml.score_rows import Scores, put_fresh_in_place, write_fresh
url, version, until = sys.argv[1:]
one = np.array([3]), np.array([0.75]), np.array([5], dtype=np.int16)
scores = Scores("attrition", 2, int(version), date(2026, 10, 21), *one)
with psycopg.connect(url) as night:
    write_fresh(night, scores)
    if until == "swapped":
        put_fresh_in_place(night, scores)
    print("here", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("until", ["filled", "swapped"])
def test_a_night_killed_before_its_commit_leaves_scores_and_run_as_they_were(
    database_url: str, connection: Connection, scores: Scores, until: str
) -> None:
    replace_scores(connection, scores)
    before = connection.execute(STORED).fetchall()
    connection.commit()
    arguments = [
        sys.executable,
        "-c",
        NIGHT_THAT_IS_KILLED,
        database_url,
        str(scores.model_version_id),
        until,
    ]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as night:
        assert night.stdout is not None
        assert night.stdout.readline() == "here\n"
        os.kill(night.pid, signal.SIGKILL)
    assert connection.execute(STORED).fetchall() == before
    connection.commit()
    # Whoever takes the night up finds nothing in his way, and twice is as good as once.
    for _ in range(2):
        replace_scores(connection, replace(scores, night_run_id=2))
        connection.commit()
        assert [(2, *row[2:]) for row in before] == [row[1:] for row in connection.execute(STORED)]


@pytest.mark.parametrize("prepare", [False, True])
def test_who_waits_for_the_swap_reads_scores_and_run_of_one_night(
    database_url: str, connection: Connection, scores: Scores, prepare: bool
) -> None:
    """A swap is seen by everybody at once, a row only by later snapshots; a statement takes its own after waiting."""
    replace_scores(connection, scores)
    connection.commit()
    tomorrow = replace(scores, night_run_id=2, data_date=DAY + timedelta(days=1), values=1 - scores.values)
    with psycopg.connect(database_url, autocommit=True) as reader, ThreadPoolExecutor(1) as pool:
        before = reader.execute(STORED, prepare=prepare).fetchall()
        replace_scores(connection, tomorrow)
        waiting = pool.submit(lambda: reader.execute(STORED, prepare=prepare).fetchall())
        wait_for_a_waiter(connection)
        connection.commit()
        after = waiting.result(timeout=20)
    assert [row[1:5] for row in before] == [(1, DAY, 3, 0.0), (1, DAY, 5, 0.25), (1, DAY, 2**40, 1.0)]
    day = tomorrow.data_date
    assert [row[1:5] for row in after] == [(2, day, 3, 1.0), (2, day, 5, 0.75), (2, day, 2**40, 0.0)]
