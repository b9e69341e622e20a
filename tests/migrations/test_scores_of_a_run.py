"""What each score said of its version and day goes to its run, and comes back when the migration is gone back."""

from typing import Any

import psycopg
from alembic import command
from alembic.config import Config

AFTER = "5c04e5a11001"
BEFORE = f"{AFTER}-1"

NIGHT = """
    insert into model_versions (id, name, version, in_force, auc, baseline_auc, data_from, data_to, parameters, metrics,
                                artefact) overriding system value
    values (4, 'attrition', 'v', true, 0.8, 0.7, '2026-01-31', '2026-08-31', '{}', '{}', '');
    insert into night_runs (id, data_date, state, is_full, retrain) overriding system value
    values (11, '2026-11-19', 'DONE', false, false), (12, '2026-11-20', 'DONE', false, false),
           (13, '2026-11-20', 'FAILED', false, false);
    insert into night_steps (night_run_id, name, position, state, progress, started_at)
    values (11, 'score', 9, 'DONE', 1, '2026-11-20T02:00:00Z'), (12, 'score', 9, 'DONE', 1, '2026-11-21T02:00:00Z'),
           (13, 'score', 9, 'FAILED', 0, null);
    insert into scores (model, customer_id, model_version_id, data_date, value, band)
    values ('attrition', 1, 4, '2026-11-20', 0.25, 4), ('attrition', 2, 4, '2026-11-20', 0.0, 1);
    insert into score_reasons (model, customer_id, model_version_id, data_date, reasons)
    values ('attrition', 1, 4, '2026-11-20', '["存款转出"]'), ('attrition', 2, 4, '2026-11-19', '["前一批次"]');
"""
SCORES_BEFORE = (
    "select model, customer_id, model_version_id, data_date::text, value, band from scores order by 2"
)
REASONS_BEFORE = (
    "select model, customer_id, model_version_id, data_date::text, reasons from score_reasons order by 2"
)


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as database:
        return database.execute(query.encode()).fetchall()


def test_scores_and_reasons_keep_their_run_both_ways(
    history: tuple[Config, list[str]], empty_database: str
) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(NIGHT)
    scores = rows(empty_database, SCORES_BEFORE)

    command.upgrade(config, AFTER)
    assert rows(
        empty_database,
        "select model, night_run_id, model_version_id, data_date::text, made_at::date::text from score_runs",
    ) == [("attrition", 12, 4, "2026-11-20", "2026-11-21")]
    assert rows(empty_database, "select * from scores order by 1") == [
        (1, 0.25, 4, "attrition"),
        (2, 0.0, 1, "attrition"),
    ]
    # A reason of an earlier run was never shown; it is not kept to be shown now.
    assert rows(empty_database, "select customer_id, night_run_id, reasons from score_reasons") == [
        (1, 12, ["存款转出"])
    ]

    command.downgrade(config, BEFORE)
    assert rows(empty_database, SCORES_BEFORE) == scores
    assert rows(empty_database, REASONS_BEFORE) == [("attrition", 1, 4, "2026-11-20", ["存款转出"])]


def test_scores_of_no_night_are_kept_too(history: tuple[Config, list[str]], empty_database: str) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(NIGHT)
        database.execute("delete from night_steps")
    command.upgrade(config, AFTER)
    assert rows(empty_database, "select night_run_id, data_date::text from score_runs") == [(0, "2026-11-20")]
    assert rows(empty_database, "select count(*) from scores") == [(2,)]
