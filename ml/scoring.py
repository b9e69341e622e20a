"""The step `score`: every customer with a deposit gets a probability of carrying it away, and a band."""

import numpy as np
from psycopg import sql

from domain.shared.night import DOING, Connection, Night, Report, StepResult
from ml import labels
from ml import night_statements as said
from ml.bands import bands_of
from ml.features.columns import POSITION
from ml.features.reader import FeatureTable, read_features
from ml.parameters import ATTRITION_BAND_SHARES_BPS
from ml.reasons import settle_reasons
from ml.registry import ATTRITION, Version, in_force
from ml.score_rows import Scores, fresh_of, partition_of, put_fresh_in_place, remove, write_fresh


def score_customers(connection: Connection, night: Night, report: Report) -> StepResult:
    """Replace all scores by those of the version in force on tonight's features; without a version, by none."""
    version = in_force(connection)
    if version is None:
        remove(connection, ATTRITION)
        copy_to_customers(connection, partition_of(ATTRITION))
        return StepResult(0, said.NO_MODEL())
    report(0.1, DOING(doing="READ_FEATURES"))
    table = read_features(connection, night.data_date)
    report(0.4, DOING(doing="SCORE"))
    scores = score(version, table, night)
    rows = write_fresh(connection, scores)
    report(0.6, DOING(doing="CUSTOMERS"))
    changed = copy_to_customers(connection, fresh_of(ATTRITION))
    settle_reasons(connection, night, version)
    put_fresh_in_place(connection, scores)
    return StepResult(rows, said.SCORED(customers=rows, changed=changed), {"changed": float(changed)})


def score(version: Version, table: FeatureTable, night: Night) -> Scores:
    """Whoever is below the floor of the definition cannot leave in its sense: probability 0, band 1."""
    from ml import trees  # xgboost is loaded by workers that score, by nobody else

    probabilities = version.line.probabilities(trees.load(version.artefact).margins(table.values))
    average_fen = np.rint(table.values[:, POSITION["average_3m_0"]].astype(np.float64) * 100)
    probabilities[average_fen < labels.LEAST_AVERAGE_FEN] = 0.0
    # Rounded once, here, so that the limits of bands hold for what people see.
    values = np.round(probabilities, 4)
    return Scores(
        model=version.name,
        night_run_id=night.run_id,
        model_version_id=version.id,
        data_date=night.data_date,
        customer_ids=table.customer_ids,
        values=values,
        bands=bands_of(values, version.band_limits(ATTRITION_BAND_SHARES_BPS.of(night.parameters))),
    )


def copy_to_customers(connection: Connection, table: str) -> int:
    """Put score and band of `table` on the customers where they differ; gives how many did."""
    scores = {"scores": sql.Identifier(table)}
    changed = connection.execute(
        sql.SQL(
            "update customers c set attrition_score = s.value, attrition_band = s.band from {scores} s"
            " where s.customer_id = c.id"
            " and (c.attrition_score, c.attrition_band) is distinct from (s.value, s.band)"
        ).format(**scores)
    ).rowcount
    changed += connection.execute(
        sql.SQL(
            "update customers c set attrition_score = null, attrition_band = null"
            " where (c.attrition_score is not null or c.attrition_band is not null)"
            " and not exists (select from {scores} s where s.customer_id = c.id)"
        ).format(**scores)
    ).rowcount
    return changed
