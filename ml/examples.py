"""Labelled examples: the features of a month-end beside what became of the customers three months later."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from domain.shared.night import Connection
from ml import labels
from ml.features import statement
from ml.features.dates import outcome_on
from ml.features.reader import read_features


@dataclass(frozen=True)
class Examples:
    customer_ids: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]
    flags: npt.NDArray[np.bool_]

    @property
    def positives(self) -> int:
        return int(self.flags.sum())


def join(parts: list[Examples]) -> Examples:
    return Examples(
        np.concatenate([part.customer_ids for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.flags for part in parts]),
    )


def read_examples(connection: Connection, month: date) -> Examples:
    """Customers of a month-end of whom attrition is asked, in ascending order."""
    rows = connection.execute(statement.outcomes(month, outcome_on(month))).fetchall()
    outcome = np.array(rows, dtype=np.int64).reshape(-1, 3)
    outcome = outcome[np.argsort(outcome[:, 0])]
    outcome = outcome[outcome[:, 1] >= labels.LEAST_AVERAGE_FEN]
    table = read_features(connection, month)
    _, of_outcome, of_features = np.intersect1d(
        outcome[:, 0], table.customer_ids, assume_unique=True, return_indices=True
    )
    return Examples(
        table.customer_ids[of_features],
        table.values[of_features],
        labels.left(outcome[of_outcome, 1], outcome[of_outcome, 2]),
    )
