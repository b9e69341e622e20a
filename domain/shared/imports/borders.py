"""What an import says of a border, or of a layer drawn: nobody reads a fingerprint, so its size tells what changes."""

from domain.shared.imports.kinds import Values
from domain.shared.statements import NUMBER, Statement, declare

SHAPE = "shape"
"""The key under which a row has its shape: as it comes WKB as hexadecimal text, WGS 84 (empty where a map's cannot be
used), and from the laying out on the fingerprint under which it is kept."""
AREA = "area_m2"
"""Its area in whole square metres, for those who read the changes."""
FEATURES, AREAS, LENGTH = "features", "areas", "length_km"
"""Of a layer: how many lines and areas, how many of them are areas, and how long the lines are, in tenths."""

NEW = declare("IMPORT_BORDER_NEW", square_metres=NUMBER)
LARGER = declare("IMPORT_BORDER_LARGER", square_metres=NUMBER)
SMALLER = declare("IMPORT_BORDER_SMALLER", square_metres=NUMBER)
MOVED = declare("IMPORT_BORDER_MOVED")
GONE = declare("IMPORT_BORDER_GONE")
_LAYER = {"lines": NUMBER, "kilometres": NUMBER, "areas": NUMBER}
LAYER_NEW = declare("IMPORT_LAYER_NEW", **_LAYER)
LAYER_CHANGED = declare(
    "IMPORT_LAYER_CHANGED", **_LAYER, lines_before=NUMBER, kilometres_before=NUMBER, areas_before=NUMBER
)


def said_of_border(before: Values | None, after: Values) -> Statement | None:
    """What becomes of the border of a row; None where it stays, or the row has none."""
    was = before or {}
    if was.get(SHAPE) == after.get(SHAPE):
        return None
    if after.get(SHAPE) is None:
        return GONE()
    if LENGTH in after:
        return _said_of_layer(was, after)
    known, area_m2 = was.get(AREA), after.get(AREA)
    if area_m2 is None or (known is None and was.get(SHAPE) is not None):
        return MOVED()  # kept before areas were
    if known is None:
        return NEW(square_metres=area_m2)
    more_m2 = area_m2 - known
    if more_m2 == 0:
        return MOVED()
    return LARGER(square_metres=more_m2) if more_m2 > 0 else SMALLER(square_metres=-more_m2)


def _said_of_layer(was: Values, after: Values) -> Statement:
    now = _layer(after)
    if LENGTH not in was:
        return LAYER_NEW(**now)
    return LAYER_CHANGED(**now, **{f"{name}_before": value for name, value in _layer(was).items()})


def _layer(values: Values) -> dict[str, int | float]:
    areas = values[AREAS]
    return {"lines": values[FEATURES] - areas, "kilometres": values[LENGTH], "areas": areas}


def differing(before: Values | None, after: Values) -> list[tuple[str, object, object]]:
    """(field, before, after) of whatever else becomes another."""
    was = before or {}
    told = (SHAPE, AREA, FEATURES, AREAS, LENGTH) if LENGTH in after else (SHAPE, AREA)
    return [
        (name, was.get(name), value)
        for name, value in after.items()
        if name not in told and was.get(name) != value
    ]
