"""How long somebody may sit on one post, how long ahead that is told, and what lies beneath the map of grids."""

from domain.grids.base_map import BASE_MAP, complaint_about_base_map
from domain.shared.parameters import Parameter, ParameterType

_READERS = ("posts",)

ROTATION_MONTHS = Parameter(
    "grids.rotation_months", ParameterType.MONTHS, 36, "MONTHS", _READERS, lowest=6, highest=120
)
"""轮岗: after how many months on the A post of a grid somebody else takes it."""
ROTATION_NOTICE_DAYS = Parameter(
    "grids.rotation_notice_days", ParameterType.DAYS, 90, "DAYS", _READERS, lowest=1, highest=365
)
MAP_BENEATH: Parameter[dict[str, object]] = Parameter(
    BASE_MAP, ParameterType.RULE, {}, "", ("map",), complaint=complaint_about_base_map
)

PARAMETERS = (ROTATION_MONTHS, ROTATION_NOTICE_DAYS, MAP_BENEATH)
