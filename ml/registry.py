"""The registry of models: which version is in force, and what a stored version needs to be used. Light to import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg.types.json import Jsonb

from domain.shared.night import Connection, Night
from ml.bands import limits_of
from ml.calibration import Line
from ml.features.columns import NAMES

ATTRITION = "attrition"


@dataclass(frozen=True)
class Version:
    """A stored version; `artefact` is xgboost's own bytes, `parameters` what is needed to use them."""

    id: int
    name: str
    version: str
    auc: float
    parameters: dict[str, Any]
    metrics: dict[str, Any]
    artefact: bytes

    @property
    def months_seen(self) -> set[date]:
        """Month-ends whose outcomes its trees were fitted on."""
        return {date.fromisoformat(month) for month in self.metrics["months"]["fitted_on"]}

    @property
    def line(self) -> Line:
        return Line(**self.parameters["calibration"])

    def band_limits(self, shares_below_bps: Sequence[int]) -> list[float]:
        """The lower limits of bands 2 to 5. A version that keeps no distribution has those it was trained with."""
        if "distribution" in self.parameters:
            return limits_of(self.parameters["distribution"], shares_below_bps)
        return list(self.parameters["band_limits"])

    @property
    def fits_features(self) -> bool:
        """Whether it was trained on the columns that features have now."""
        return list(self.parameters["features"]) == list(NAMES)


@dataclass(frozen=True)
class Candidate:
    """A version that was trained and measured."""

    name: str
    version: str
    auc: float
    baseline_auc: float
    data_from: date
    data_to: date
    parameters: dict[str, Any]
    metrics: dict[str, Any]
    artefact: bytes


def in_force(connection: Connection, name: str = ATTRITION) -> Version | None:
    """The version in force, if it can be used with the features as they are."""
    row = connection.execute(
        "select id, name, version, auc, parameters, metrics, artefact from model_versions where name = %s and in_force",
        [name],
    ).fetchone()
    version = Version(*row) if row else None
    return version if version is not None and version.fits_features else None


def version_of_night(night: Night) -> str:
    """A night trains at most one version; trained again after a crash it has the same name."""
    return f"{night.data_date:%Y%m%d}-{night.run_id}"


def is_training_wanted(connection: Connection, night: Night, name: str = ATTRITION) -> bool:
    """When none is in force, or asked for, and not done yet by this night."""
    row = connection.execute(
        "select count(*) from model_versions where name = %s and version = %s",
        [name, version_of_night(night)],
    ).fetchone()
    is_done = row is not None and row[0] > 0
    return not is_done and (night.retrain or in_force(connection, name) is None)


def register(connection: Connection, candidate: Candidate, *, is_promoted: bool) -> int:
    """Store a version; a promoted one takes the place of the one in force. Gives its id."""
    if is_promoted:
        connection.execute(
            "update model_versions set in_force = false where name = %s and in_force", [candidate.name]
        )
    row = connection.execute(
        "insert into model_versions (name, version, in_force, auc, baseline_auc, data_from, data_to, parameters,"
        " metrics, artefact) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id",
        [
            candidate.name,
            candidate.version,
            is_promoted,
            candidate.auc,
            candidate.baseline_auc,
            candidate.data_from,
            candidate.data_to,
            Jsonb(candidate.parameters),
            Jsonb(candidate.metrics),
            candidate.artefact,
        ],
    ).fetchone()
    assert row is not None
    version_id: int = row[0]
    return version_id
