"""The plain baseline: a logistic regression over the same features on the same split."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from ml.calibration import sigmoid

RIDGE = 1.0
LIMIT = 5.0


@dataclass(frozen=True)
class Scale:
    """Logarithm of the size, centred and scaled; unknown becomes the mean, and says so in a column of its own."""

    centre: npt.NDArray[np.float64]
    spread: npt.NDArray[np.float64]
    has_gaps: npt.NDArray[np.bool_]

    def applied(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        logs = _logs(values)
        unknown = np.isnan(logs)
        scaled = np.clip((logs - self.centre) / self.spread, -LIMIT, LIMIT)
        scaled[unknown] = 0.0
        return np.concatenate(
            [scaled, unknown[:, self.has_gaps].astype(np.float64), np.ones((len(values), 1))], axis=1
        )


def _logs(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    wide = values.astype(np.float64)
    return np.asarray(np.sign(wide) * np.log1p(np.abs(wide)))


def scale_of(values: npt.NDArray[np.float32]) -> Scale:
    logs = _logs(values)
    known = ~np.isnan(logs)
    count = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, logs, 0.0).sum(axis=0) / count
    variance = np.where(known, (logs - centre) ** 2, 0.0).sum(axis=0) / count
    spread = np.where(variance > 1e-12, np.sqrt(variance), 1.0)
    return Scale(centre, spread, np.asarray(known.any(axis=0) & ~known.all(axis=0)))


@dataclass(frozen=True)
class Logistic:
    scale: Scale
    weights: npt.NDArray[np.float64]

    def margins(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        return np.asarray(self.scale.applied(values) @ self.weights)


def fit_logistic(values: npt.NDArray[np.float32], flags: npt.NDArray[np.bool_]) -> Logistic:
    scale = scale_of(values)
    design = scale.applied(values)
    targets = flags.astype(np.float64)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        margins = design @ weights
        value = float(
            np.logaddexp(0, margins).sum() - targets @ margins + RIDGE / 2 * weights[:-1] @ weights[:-1]
        )
        gradient = design.T @ (sigmoid(margins) - targets)
        gradient[:-1] += RIDGE * weights[:-1]
        return value, gradient

    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return Logistic(scale, np.asarray(found.x))
