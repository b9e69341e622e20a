"""Whether shapes lie where known ones say: a wrong datum moves everything by some 500 m, and limits tell."""

from dataclasses import dataclass

import numpy as np
import shapely

from geo.coverage import difference_m2
from geo.datum import Datum, from_wgs84, to_wgs84
from geo.measuring import haversine_m

_CLEARLY = 0.5
"""Another datum has to halve the difference: two vintages of one outline differ by less than a wrong datum."""


@dataclass(frozen=True)
class BetterDatum:
    """The datum that fits, and how far the one that was said is off, in metres."""

    datum: Datum
    off_by_m: float


def better_datum(shape: shapely.Geometry, known: shapely.Geometry, said: Datum) -> BetterDatum | None:
    """Another datum than the one said, under which the same numbers fit the known area much better; else None.

    `shape` was read as `said` and is in WGS 84 since, as `known` is. Both are areas.
    """
    readings = {datum: _read_as(shape, said, datum) for datum in Datum}
    differences = {datum: difference_m2(reading, known) for datum, reading in readings.items()}
    best = min(differences, key=lambda datum: differences[datum])
    if best is said or differences[best] > _CLEARLY * differences[said]:
        return None
    one, other = (readings[datum].centroid for datum in (said, best))
    off_by_m = haversine_m(*(np.array(value) for value in (one.x, one.y, other.x, other.y)))
    return BetterDatum(best, float(off_by_m))


def _read_as(shape: shapely.Geometry, said: Datum, instead: Datum) -> shapely.Geometry:
    if said is instead:
        return shape

    def moved(at: np.ndarray) -> np.ndarray:
        raw = from_wgs84(at[:, 0], at[:, 1], said)
        return np.column_stack(to_wgs84(*raw, instead))

    return shapely.transform(shape, moved)
