"""The step `identity` with the datum arithmetic that `domain` may not import."""

from collections.abc import Sequence

import numpy as np

from domain.customers.identity.resolve import resolve_identity
from domain.shared.followers import Followers
from domain.shared.night import Connection, Night, Report, StepResult
from geo.datum import Datum
from geo.datum import to_wgs84 as arrays_to_wgs84


def to_wgs84(
    lon_deg: Sequence[float], lat_deg: Sequence[float], datum: str
) -> tuple[Sequence[float], Sequence[float]]:
    """Points of a named datum as plain numbers."""
    lon, lat = arrays_to_wgs84(np.asarray(lon_deg, float), np.asarray(lat_deg, float), Datum(datum))
    return lon.tolist(), lat.tolist()


def resolve_identity_with_datums(
    connection: Connection, night: Night, report: Report, *, followers: Followers
) -> StepResult:
    return resolve_identity(connection, night, report, followers=followers, to_wgs84=to_wgs84)
