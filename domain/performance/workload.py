"""工作量: the minutes a month that an atom takes whoever works it, so that grids and people can be compared.

Visits follow from tiers and cadence; to each belong the minutes at the door, its share of the way from door to door,
and its share of the way from the outlet and back. The way from door to door is that of the shortest round through n
places spread evenly over an area A, 0.7124 √(nA) (Beardwood, Halton and Hammersley 1959), and streets are longer than
the crow flies by the usual 1.3. Everything is said of one atom, so the work of a grid is the sum of its atoms.
"""

from dataclasses import dataclass
from math import sqrt

from domain.performance.parameters import METRES_A_MINUTE, VISIT_MINUTES
from domain.shared.parameters import Values
from domain.tasks.parameters import GENERAL_VISIT_MONTHS, KEY_VISIT_MONTHS, WALK_STOPS

_ROUND = 0.7124
_DETOUR = 1.3


@dataclass(frozen=True)
class Pace:
    """What the bank decided about visits."""

    key_months: int
    general_months: int
    stops: int
    visit_minutes: int
    metres_a_minute: int

    @classmethod
    def of(cls, values: Values) -> "Pace":
        return cls(
            KEY_VISIT_MONTHS.of(values),
            GENERAL_VISIT_MONTHS.of(values),
            WALK_STOPS.of(values),
            VISIT_MINUTES.of(values),
            METRES_A_MINUTE.of(values),
        )


def minutes_a_month(
    pace: Pace, key_customers: int, general_customers: int, area_m2: float, outlet_m: float
) -> float:
    """The work of an atom whose middle lies `outlet_m` metres from the outlet."""
    visits = key_customers / pace.key_months + general_customers / pace.general_months
    way_m = _DETOUR * (_ROUND * sqrt(area_m2 * visits) + 2 * outlet_m * visits / pace.stops)
    return visits * pace.visit_minutes + way_m / pace.metres_a_minute


def minutes_sql(key: str, general: str, area_m2: str, outlet_m: str) -> str:
    """The same in SQL over expressions, with the fields of a `Pace` as parameters."""
    visits = f"({key} / cast(%(key_months)s as float8) + {general} / cast(%(general_months)s as float8))"
    way_m = f"{_DETOUR} * ({_ROUND} * sqrt({area_m2} * {visits}) + 2 * {outlet_m} * {visits} / %(stops)s)"
    return f"({visits} * %(visit_minutes)s + {way_m} / %(metres_a_minute)s)"


def metres_sql(lon_a: str, lat_a: str, lon_b: str, lat_b: str) -> str:
    """Metres between two places of one county in degrees, on a plane at the first of them: within 2 in 1,000."""
    east = f"({lon_b} - {lon_a}) * cos(radians({lat_a}))"
    return f"(111195 * sqrt(power({lat_b} - {lat_a}, 2) + power({east}, 2)))"
