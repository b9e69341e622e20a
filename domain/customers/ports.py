"""What this context needs of geometry: datum arithmetic, which lives in `geo`."""

from collections.abc import Sequence
from typing import Protocol


class ToWgs84(Protocol):
    """Brings points of a named datum (WGS84, GCJ02, BD09) to WGS 84; longitudes and latitudes in degrees."""

    def __call__(
        self, lon_deg: Sequence[float], lat_deg: Sequence[float], datum: str
    ) -> tuple[Sequence[float], Sequence[float]]: ...
