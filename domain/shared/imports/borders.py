"""What an import says of a border: nobody reads a fingerprint, so a change of one is told by its area."""

from domain.shared.imports.kinds import Values
from domain.shared.statements import NUMBER, Statement, declare

SHAPE = "shape"
"""The key under which a row has its shape: as it comes WKB as hexadecimal text, WGS 84 (empty where a map's cannot be
used), and from the laying out on the fingerprint under which it is kept."""
AREA = "area_m2"
"""Its area in whole square metres, for those who read the changes."""

NEW = declare("IMPORT_BORDER_NEW", square_metres=NUMBER)
LARGER = declare("IMPORT_BORDER_LARGER", square_metres=NUMBER)
SMALLER = declare("IMPORT_BORDER_SMALLER", square_metres=NUMBER)
MOVED = declare("IMPORT_BORDER_MOVED")
GONE = declare("IMPORT_BORDER_GONE")


def said_of_border(before: Values | None, after: Values) -> Statement | None:
    """What becomes of the border of a row; None where it stays, or the row has none."""
    was = before or {}
    if was.get(SHAPE) == after.get(SHAPE):
        return None
    if after.get(SHAPE) is None:
        return GONE()
    known, area_m2 = was.get(AREA), after.get(AREA)
    if area_m2 is None or (known is None and was.get(SHAPE) is not None):
        return MOVED()  # kept before areas were
    if known is None:
        return NEW(square_metres=area_m2)
    more_m2 = area_m2 - known
    if more_m2 == 0:
        return MOVED()
    return LARGER(square_metres=more_m2) if more_m2 > 0 else SMALLER(square_metres=-more_m2)


def differing(before: Values | None, after: Values) -> list[tuple[str, object, object]]:
    """(field, before, after) of whatever else becomes another."""
    was = before or {}
    return [
        (name, was.get(name), value)
        for name, value in after.items()
        if name not in (SHAPE, AREA) and was.get(name) != value
    ]
