"""How long work in a grid takes, for those who cut grids."""

from domain.shared.parameters import Parameter, ParameterType

_READERS = ("plans",)

VISIT_MINUTES = Parameter(
    "performance.visit_minutes", ParameterType.INTEGER, 20, "MINUTES", _READERS, lowest=1, highest=240
)
"""What a visit takes at the door."""
METRES_A_MINUTE = Parameter(
    "performance.metres_a_minute", ParameterType.INTEGER, 200, "METRES", _READERS, lowest=30, highest=2_000
)
"""How far somebody gets in a minute on the way: 12 km an hour, by e-bike with its stops."""

PARAMETERS = (VISIT_MINUTES, METRES_A_MINUTE)
