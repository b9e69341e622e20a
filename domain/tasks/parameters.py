"""When a customer is to be seen, and how much fits into a walk."""

from domain.shared.parameters import Parameter, ParameterType

_DUE = ("due", "cut")
_WALKS = ("walks",)

KEY_VISIT_MONTHS = Parameter(
    "tasks.key_visit_months", ParameterType.MONTHS, 1, "MONTHS", _DUE, lowest=1, highest=24
)
GENERAL_VISIT_MONTHS = Parameter(
    "tasks.general_visit_months",
    ParameterType.MONTHS,
    6,
    "MONTHS",
    ("due", "rollup", "cut"),
    lowest=1,
    highest=36,
)
"""Key customers monthly, general ones half-yearly: usual practice of county banks."""
LOAN_ENDS_WITHIN_DAYS = Parameter(
    "tasks.loan_ends_within_days", ParameterType.DAYS, 30, "DAYS", _DUE, lowest=1, highest=180
)
RISK_STAKE_FEN = Parameter(
    "tasks.risk_stake_fen",
    ParameterType.FEN,
    10_000_00,
    "FEN",
    _DUE,
    lowest=0,
    highest=100_000_000_00,
)
"""Deposits from which on the risk of losing them is a reason to go and see somebody."""
WALK_STOPS = Parameter(
    "tasks.walk_stops", ParameterType.INTEGER, 12, "CUSTOMERS", _WALKS, lowest=1, highest=40
)
"""户: what a customer manager sees on a visiting day."""
WALK_DOORS = Parameter(
    "tasks.walk_doors", ParameterType.INTEGER, 6, "CUSTOMERS", _WALKS, lowest=0, highest=20
)
WALK_REACH_M = Parameter(
    "tasks.walk_reach_m", ParameterType.INTEGER, 1_500, "METRES", _WALKS, lowest=100, highest=20_000
)
"""How far from its middle a neighbourhood reaches: a quarter of an hour on foot."""
DOOR_WITHIN_M = Parameter(
    "tasks.door_within_m", ParameterType.INTEGER, 60, "METRES", _WALKS, lowest=10, highest=1_000
)

PARAMETERS = (
    KEY_VISIT_MONTHS,
    GENERAL_VISIT_MONTHS,
    LOAN_ENDS_WITHIN_DAYS,
    RISK_STAKE_FEN,
    WALK_STOPS,
    WALK_DOORS,
    WALK_REACH_M,
    DOOR_WITHIN_M,
)
