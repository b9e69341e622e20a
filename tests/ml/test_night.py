"""Train, score, explain: the three steps after the features, on a random bank of three thousand customers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import psycopg
import pytest

from domain.shared.night import Night, silent
from domain.shared.outbox import LeasedJob
from ml import labels, metrics
from ml.examples import read_examples
from ml.features.build import build_features
from ml.features.columns import NAMES, POSITION
from ml.features.dates import outcome_on
from ml.features.reader import read_features
from ml.jobs import explain_score
from ml.night_statements import HISTORY_TOO_SHORT
from ml.parameters import ATTRITION_BAND_SHARES_BPS
from ml.reasons import ScoreNotExplained, explain_highest, explain_one
from ml.registry import in_force
from ml.scoring import score_customers
from ml.statements import fen
from ml.training import train_when_needed
from tests.ml.books import DAY, Books
from tests.words import in_chinese

Connection = psycopg.Connection[Any]


def state(connection: Connection) -> dict[str, list[Any]]:
    """All that the steps leave behind for others to read."""
    return {
        "scores": connection.execute("select * from scores order by customer_id").fetchall(),
        "customers": connection.execute(
            "select id, attrition_score, attrition_band from customers order by id"
        ).fetchall(),
        "runs": connection.execute("select model, model_version_id, data_date from score_runs").fetchall(),
        "reasons": connection.execute(
            "select r.customer_id, r.reasons, r.night_run_id = b.night_run_id from score_reasons r"
            " join score_runs b using (model) order by r.customer_id"
        ).fetchall(),
        "versions": connection.execute(
            "select id, version, in_force, auc, artefact from model_versions order by id"
        ).fetchall(),
    }


def test_the_first_night_trains_and_keeps_what_it_measured(scored: Connection) -> None:
    row = scored.execute(
        "select version, in_force, auc, baseline_auc, data_from, data_to, parameters, metrics from model_versions"
    ).fetchone()
    assert row is not None
    version, is_in_force, auc, baseline_auc, data_from, data_to, parameters, measured = row
    assert (version, is_in_force) == ("20261020-1", True)
    assert 0.65 < auc < 0.97
    assert 0.6 < baseline_auc < 0.97
    assert (data_from.isoformat(), data_to.isoformat()) == ("2025-12-31", "2026-09-30")
    assert parameters["features"] == list(NAMES)
    assert measured["months"]["test"] == "2026-06-30"
    assert measured["lift_10_percent"] > 2
    assert measured["calibration_error"] < 0.03
    assert measured["promotion"]["code"].startswith("PROMOTED_FIRST_")


def test_labels_come_from_the_books_three_months_later(bank: Connection, night: Night) -> None:
    build_features(bank, night, silent)
    month = read_features(bank, night.data_date)  # any day: only the ids are of interest
    june = outcome_on(night.data_date.replace(month=3, day=31))
    examples = read_examples(bank, june)
    averages = dict(
        bank.execute(
            "select substr(cust_no, 2)::int, sum(average_3m_fen)::bigint from src_core_deposit"
            " where from_on <= %s and to_on > %s group by 1",
            [june, june],
        ).fetchall()
    )
    later = dict(
        bank.execute(
            "select substr(cust_no, 2)::int, sum(average_3m_fen)::bigint from src_core_deposit"
            " where from_on <= %s and to_on > %s group by 1",
            [outcome_on(june), outcome_on(june)],
        ).fetchall()
    )
    expected = {i for i, fen in averages.items() if labels.is_asked(fen)}
    assert set(examples.customer_ids.tolist()) == expected
    assert len(month.customer_ids) > len(expected) > 2_000
    for customer_id, flag in zip(examples.customer_ids.tolist(), examples.flags.tolist(), strict=True):
        assert flag == labels.has_left(averages[customer_id], later[customer_id])
    assert 50 < examples.positives < 600


def test_everybody_with_a_deposit_is_scored_and_the_customer_carries_it(scored: Connection) -> None:
    rows = scored.execute(
        "select s.value, s.band, c.attrition_score, c.attrition_band"
        " from scores s join customers c on c.id = s.customer_id where s.model = 'attrition'"
    ).fetchall()
    run = scored.execute("select night_run_id, model_version_id, data_date from score_runs").fetchall()
    version = in_force(scored)
    assert version is not None
    assert run == [(1, version.id, DAY)]
    assert len(rows) == 3_000
    limits = version.band_limits(ATTRITION_BAND_SHARES_BPS.default)
    for value, band, score, customer_band in rows:
        assert 0 <= value <= 1
        assert (value, band) == (score, customer_band)
        assert band == 1 + sum(value >= limit for limit in limits)
    bands = [row[1] for row in rows]
    assert set(bands) == {1, 2, 3, 4, 5}
    assert bands.count(1) > bands.count(5)


def test_below_the_floor_there_is_nothing_to_lose(scored: Connection, night: Night) -> None:
    table = read_features(scored, DAY)
    small = table.customer_ids[table.values[:, POSITION["average_3m_0"]] < labels.LEAST_AVERAGE_FEN / 100]
    assert len(small) > 5
    values = scored.execute(
        "select distinct value, band from scores where customer_id = any(%s)", [small.tolist()]
    ).fetchall()
    assert values == [(0.0, 1)]


def test_scores_of_customers_about_to_leave_are_higher(scored: Connection) -> None:
    """The random bank's own drift is what the model has to find; the test month says how well it did."""
    examples = read_examples(scored, DAY.replace(month=6, day=30))
    version = in_force(scored)
    assert version is not None
    from ml import trees

    probabilities = version.line.probabilities(trees.load(version.artefact).margins(examples.values))
    assert metrics.auc(examples.flags, probabilities) > 0.7
    assert abs(float(probabilities.mean()) - float(examples.flags.mean())) < 0.03


def test_the_same_night_twice_changes_nothing(scored: Connection, night: Night) -> None:
    before = state(scored)
    versions = dict(scored.execute("select id, xmin::text from customers").fetchall())
    for step in (build_features, train_when_needed, score_customers, explain_highest):
        step(scored, night, silent)
    assert state(scored) == before
    assert dict(scored.execute("select id, xmin::text from customers").fetchall()) == versions


def test_training_twice_from_the_same_books_gives_the_same_trees(scored: Connection, night: Night) -> None:
    artefact = scored.execute("select artefact, auc from model_versions").fetchone()
    scored.execute("delete from score_runs")
    scored.execute("delete from model_versions")
    again = replace(night, run_id=9)
    build_features(scored, again, silent)
    train_when_needed(scored, again, silent)
    assert scored.execute("select artefact, auc from model_versions").fetchone() == artefact


def test_asked_to_retrain_the_old_version_stays_unless_the_new_one_is_better(
    scored: Connection, night: Night
) -> None:
    again = replace(night, run_id=2, retrain=True)
    build_features(scored, again, silent)
    train_when_needed(scored, again, silent)
    train_when_needed(scored, again, silent)  # taken up by another worker: still one version a night
    rows = scored.execute("select version, in_force, metrics, auc from model_versions order by id").fetchall()
    assert [row[:2] for row in rows] == [("20261020-1", True), ("20261020-2", False)]
    # Same books, same trees: as good as the version in force as it was measured, not as on the month it was fitted on.
    assert rows[1][2]["current_auc"] == pytest.approx(rows[0][3])
    assert "PROMOTED" in rows[1][2]["promotion"]["code"]


def test_scores_are_replaced_as_a_whole(scored: Connection, night: Night) -> None:
    scored.execute(
        "insert into scores (model, customer_id, value, band) values ('attrition', 999999, 0.9, 5)"
    )
    scored.execute("delete from src_core_deposit where cust_no = 'C00000010'")
    tomorrow = replace(night, data_date=DAY + timedelta(days=1), run_id=2)
    build_features(scored, tomorrow, silent)
    score_customers(scored, tomorrow, silent)
    run = scored.execute("select night_run_id, data_date from score_runs").fetchall()
    assert run == [(2, tomorrow.data_date)]
    assert scored.execute("select count(*) from scores").fetchone() == (2_999,)
    assert scored.execute("select attrition_score, attrition_band from customers where id = 10").fetchone() == (
        None, None,
    )  # fmt: skip


def test_a_correction_ends_as_a_full_night(scored: Connection, night: Night) -> None:
    scored.execute(
        "update src_core_deposit set balance_fen = balance_fen / 10, average_3m_fen = average_3m_fen / 3"
        " where cust_no between 'C00000100' and 'C00000130' and to_on = 'infinity'"
    )
    Books(scored).changed(2, *range(100, 131))
    before = state(scored)
    second = replace(night, run_id=2)
    for step in (build_features, train_when_needed, score_customers, explain_highest):
        step(scored, second, silent)
    incremental = state(scored)
    moved = {
        now[0] for now, then in zip(incremental["customers"], before["customers"], strict=True) if now != then
    }
    assert moved
    assert moved <= set(range(100, 131))
    for step in (build_features, train_when_needed, score_customers, explain_highest):
        step(scored, replace(second, run_id=3, is_full=True), silent)
    assert state(scored) == incremental


def shown(connection: Connection) -> dict[int, list[str]]:
    """Reasons of the run whose scores are in force: all that anybody sees."""
    return dict(
        connection.execute(
            "select r.customer_id, r.reasons from score_reasons r"
            " join score_runs b on b.model = r.model and b.night_run_id = r.night_run_id"
        ).fetchall()
    )


def test_reasons_of_an_earlier_run_are_never_beside_a_newer_score(scored: Connection, night: Night) -> None:
    """The day again keeps the reasons of whom it did not touch; the others' are unseen until they are made anew."""
    before = shown(scored)
    touched = set(list(before)[:30])
    Books(scored).changed(2, *touched)
    second = replace(night, run_id=2)
    build_features(scored, second, silent)
    score_customers(scored, second, silent)
    assert shown(scored) == {i: reasons for i, reasons in before.items() if i not in touched}
    explain_highest(scored, second, silent)
    assert shown(scored) == before


@pytest.mark.parametrize(
    "change", [{"data_date": DAY + timedelta(days=1)}, {"is_full": True}], ids=["another day", "a full rerun"]
)
def test_all_reasons_are_made_anew_by(scored: Connection, night: Night, change: dict[str, Any]) -> None:
    second = replace(night, run_id=2, **change)
    build_features(scored, second, silent)
    score_customers(scored, second, silent)
    assert shown(scored) == {}
    explain_highest(scored, second, silent)
    assert len(shown(scored)) == 1_000


def test_who_was_explained_on_demand_is_explained_again_by_a_rerun_of_the_day(
    scored: Connection, night: Night
) -> None:
    asked = lowest_unexplained(scored)
    explain_one(scored, asked)
    Books(scored).changed(2, asked)
    second = replace(night, run_id=2)
    for step in (build_features, score_customers, explain_highest):
        step(scored, second, silent)
    assert asked in shown(scored)


def lowest_unexplained(connection: Connection) -> int:
    row = connection.execute(
        "select customer_id from scores s where value > 0"
        " and not exists (select from score_reasons r where r.customer_id = s.customer_id) order by 1 limit 1"
    ).fetchone()
    assert row is not None
    customer_id: int = row[0]
    return customer_id


def test_the_highest_of_each_grid_are_explained_with_their_own_figures(scored: Connection) -> None:
    rows = scored.execute(
        "select c.grid_id, r.customer_id, r.reasons, s.value from score_reasons r"
        " join customers c on c.id = r.customer_id join scores s on s.customer_id = r.customer_id"
    ).fetchall()
    assert len(rows) == 20 * 50
    lowest = {grid: min(row[3] for row in rows if row[0] == grid) for grid in range(1, 21)}
    for grid, threshold in lowest.items():
        higher = scored.execute(
            "select count(*) from scores s join customers c on c.id = s.customer_id"
            " where c.grid_id = %s and s.value > %s",
            [grid, threshold],
        ).fetchone()
        assert higher is not None
        assert higher[0] < 50
    highest = max(rows, key=lambda row: row[3])
    assert max(len(row[2]) for row in rows) == 3
    assert highest[2]
    table = read_features(scored, DAY, customer_ids=[highest[1]])
    now = float(table.values[0, POSITION["balance_0"]])
    assert fen(now) in [value for reason in highest[2] for value in reason["values"].values()]
    assert all(not any(name in in_chinese(reason) for name in NAMES) for row in rows for reason in row[2])


def test_anybody_else_is_explained_on_demand(scored: Connection, night: Night) -> None:
    asked = lowest_unexplained(scored)
    job = LeasedJob(1, "explain_score", "k", {"customer_id": asked, "model": "attrition"}, 1, None)  # type: ignore[arg-type]
    explain_score(scored, job, None)
    assert shown(scored)[asked] == [reason.as_json() for reason in explain_one(scored, asked)]
    explain_highest(scored, night, silent)
    assert scored.execute("select count(*) from score_reasons").fetchone() == (1_001,)


def test_whoever_has_no_score_is_not_explained(scored: Connection) -> None:
    with pytest.raises(ScoreNotExplained, match="SCORE_NOT_EXPLAINED"):
        explain_one(scored, 123_456)


def test_without_history_nothing_is_trained_or_scored(bank: Connection, night: Night) -> None:
    bank.execute("delete from src_core_deposit where from_on < %s", [DAY])
    build_features(bank, night, silent)
    assert train_when_needed(bank, night, silent).message == HISTORY_TOO_SHORT()
    assert score_customers(bank, night, silent).rows == 0
    assert bank.execute("select count(*) from score_runs").fetchone() == (0,)
    assert explain_highest(bank, night, silent).rows == 0
    assert bank.execute("select count(*) from scores").fetchone() == (0,)


def test_a_model_of_other_features_is_not_used(scored: Connection, night: Night) -> None:
    scored.execute(
        "update model_versions set parameters = jsonb_set(parameters, '{features}', '[\"balance_0\"]')"
    )
    assert in_force(scored) is None
    second = replace(night, run_id=2)
    build_features(scored, second, silent)
    train_when_needed(scored, second, silent)
    version = in_force(scored)
    assert version is not None
    assert version.version == "20261020-2"


def test_the_artefact_is_xgboosts_own(scored: Connection) -> None:
    import xgboost

    row = scored.execute("select artefact from model_versions").fetchone()
    assert row is not None
    booster = xgboost.Booster()
    booster.load_model(bytearray(row[0]))
    matrix = xgboost.DMatrix(np.zeros((1, len(NAMES)), dtype=np.float32))
    assert 0 < float(booster.predict(matrix)[0]) < 1


def test_the_version_in_force_is_measured_on_months_its_trees_have_not_seen(
    scored: Connection, night: Night
) -> None:
    """Fitted on older months alone, it is scored on the tested month beside the new one."""
    scored.execute(
        "update model_versions set auc = 0.5,"
        " metrics = jsonb_set(metrics, '{months,fitted_on}', '[\"2025-12-31\", \"2026-01-31\"]')"
    )
    again = replace(night, run_id=2, retrain=True)
    build_features(scored, again, silent)
    train_when_needed(scored, again, silent)
    row = scored.execute("select metrics from model_versions where version = '20261020-2'").fetchone()
    assert row is not None
    assert row[0]["current_auc"] > 0.7
