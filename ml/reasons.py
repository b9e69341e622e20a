"""The step `reasons`: why a score is high, in three statements with the customer's own figures.

Contributions to the score (exact TreeSHAP) are added up by subject; subjects that raise it speak in the order of
their weight. A feature without a subject stays silent, and so does whatever lowers the score, or raises it in a way
that nobody would call a reason (`ml/statements.py`).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.shared.errors import DomainError
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.statements import Statement, jsonb_list
from ml import night_statements as told
from ml.features.columns import FEATURES, NAMES, Say
from ml.features.reader import FeatureTable, read_features
from ml.registry import ATTRITION, Version, in_force
from ml.statements import statement, tell_the_same

MOST_REASONS = 3
HIGHEST_OF_A_GRID = 50
SUBJECTS: tuple[Say, ...] = tuple(Say)


class ScoreNotExplained(DomainError):
    """There is no score of the version in force."""

    code = "SCORE_NOT_EXPLAINED"


class FeaturesGone(DomainError):
    """The features of the score's day are there no more."""

    code = "FEATURES_GONE"


def by_subject(contributions: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """One column a subject, in the order of `SUBJECTS`."""
    membership = np.zeros((len(FEATURES), len(SUBJECTS)), dtype=np.float32)
    for row, feature in enumerate(FEATURES):
        if feature.say is not None:
            membership[row, SUBJECTS.index(feature.say)] = 1
    return np.asarray(contributions @ membership)


def reasons_of(weights: Sequence[float], values: Sequence[float]) -> list[Statement]:
    """At most three statements, the strongest first; none twice. `weights` by subject, `values` by feature."""
    figures = dict(zip(NAMES, values, strict=True))
    said: list[Statement] = []
    for position in sorted(range(len(SUBJECTS)), key=lambda index: -weights[index]):
        if weights[position] <= 0 or len(said) == MOST_REASONS:
            break
        reason = statement(SUBJECTS[position], figures)
        if reason is not None and not any(tell_the_same(reason, other) for other in said):
            said.append(reason)
    return said


def settle_reasons(connection: Connection, night: Night, version: Version) -> None:
    """Just before tonight's scores take their place: which of the reasons so far are those of the new run too.

    The day again, with the same version, leaves the features of whom it did not touch as they were, and with them the
    statements. Whom it touched keeps his of the run before, unseen, until they are made anew. Another day or version
    has no use for any.
    """
    connection.execute(
        "delete from score_reasons r where model = %(model)s and not exists (select from score_runs b"
        " where b.model = r.model and b.night_run_id = r.night_run_id"
        " and b.model_version_id = %(version)s and b.data_date = %(day)s)",
        {"model": version.name, "version": version.id, "day": night.data_date},
    )
    if night.is_full:
        return
    connection.execute(
        "update score_reasons r set night_run_id = %(run)s where model = %(model)s and night_run_id <> %(run)s"
        " and not exists (select from night_changes n where n.night_run_id = %(run)s"
        " and n.customer_id = r.customer_id)",
        {"model": version.name, "run": night.run_id},
    )


def explain_highest(connection: Connection, night: Night, report: Report) -> StepResult:
    """Reasons of the 50 highest of each small grid, and again of whoever was explained for this day before.

    Who has reasons of this run keeps them (`settle_reasons`), so a late correction costs what it touched.
    """
    version = in_force(connection)
    connection.execute(
        "delete from score_reasons r where model = %s and not exists"
        " (select from scores s where s.model = r.model and s.customer_id = r.customer_id)",
        [ATTRITION],
    )
    if version is None:
        return StepResult(0, told.NOTHING_TO_EXPLAIN())
    rows = connection.execute(
        "select customer_id from (select customer_id from ("
        "  select s.customer_id, row_number() over (partition by c.grid_id order by s.value desc, c.id) as place"
        "  from scores s join customers c on c.id = s.customer_id"
        "  where s.model = %(model)s and c.grid_id is not null) ranked where place <= %(highest)s"
        " union select customer_id from score_reasons where model = %(model)s) wanted"
        " where %(full)s or not exists (select from score_reasons r where r.model = %(model)s"
        "  and r.customer_id = wanted.customer_id and r.night_run_id = %(run)s)"
        " order by customer_id",
        {
            "model": ATTRITION,
            "highest": HIGHEST_OF_A_GRID,
            "full": night.is_full,
            "run": night.run_id,
        },
    ).fetchall()
    report(0.2, told.EXPLAINS(customers=len(rows)))
    table = read_features(connection, night.data_date, customer_ids=[row[0] for row in rows])
    written = _write(connection, version, night.run_id, table)
    return StepResult(written, told.EXPLAINED(customers=written))


def explain_one(connection: Connection, customer_id: int, model: str = ATTRITION) -> list[Statement]:
    """Reasons of one customer's score, made and kept now; refused where there is no score to explain."""
    version = in_force(connection, model)
    row = connection.execute(
        "select b.night_run_id, b.data_date, b.model_version_id from scores s join score_runs b on b.model = s.model"
        " where s.model = %s and s.customer_id = %s",
        [model, customer_id],
    ).fetchone()
    if version is None or row is None or row[2] != version.id:
        raise ScoreNotExplained
    night_run_id, data_date, _ = row
    table = read_features(connection, data_date, customer_ids=[customer_id])
    if len(table.customer_ids) == 0:
        raise FeaturesGone
    _write(connection, version, night_run_id, table)
    return explain(version, table)[0]


def explain(version: Version, table: FeatureTable) -> list[list[Statement]]:
    """Reasons of every row of a table of features."""
    from ml import trees  # xgboost is loaded by workers that explain, by nobody else

    weights = by_subject(trees.load(version.artefact).contributions(table.values))
    return [
        reasons_of(weight, value)
        for weight, value in zip(weights.tolist(), table.values.tolist(), strict=True)
    ]


def _write(connection: Connection, version: Version, night_run_id: int, table: FeatureTable) -> int:
    """Bulk: what is to be there goes to a temporary table, then only what differs is written."""
    if len(table.customer_ids) == 0:
        return 0
    connection.execute("drop table if exists fresh_reasons")
    connection.execute(
        "create temporary table fresh_reasons (customer_id bigint primary key, reasons jsonb not null) on commit drop"
    )
    with connection.cursor() as cursor, cursor.copy("copy fresh_reasons from stdin") as copy:
        for customer_id, reasons in zip(table.customer_ids.tolist(), explain(version, table), strict=True):
            copy.write_row((customer_id, jsonb_list(reasons)))
    connection.execute(
        "insert into score_reasons (model, customer_id, night_run_id, reasons)"
        " select %s, customer_id, %s, reasons from fresh_reasons"
        " on conflict (model, customer_id) do update set night_run_id = excluded.night_run_id,"
        " reasons = excluded.reasons where (score_reasons.night_run_id, score_reasons.reasons)"
        " is distinct from (excluded.night_run_id, excluded.reasons)",
        [version.name, night_run_id],
    )
    return len(table.customer_ids)
