"""Invented outlines: no place is like this."""

import shapely

WEST, SOUTH = 112.4, 35.1


def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    """In thousandths of a degree (about a hundred metres) from the south-west corner."""
    return shapely.box(
        WEST + x / 1000, SOUTH + y / 1000, WEST + (x + width) / 1000, SOUTH + (y + height) / 1000
    )


PLAIN = box(0, 0, 20, 20)
ENCLAVE = PLAIN.difference(box(7, 8, 3, 3))
TWO_PARTS = shapely.MultiPolygon([box(0, 0, 12, 15), box(14, 3, 9, 9)])
ISLANDS = shapely.MultiPolygon([PLAIN, box(21, 2, 0.4, 0.4), box(22, 6, 0.3, 0.2), box(23, 9, 3, 3)])
ONE_KM2 = box(0, 0, 11, 9)
BENT = shapely.Polygon(
    [(WEST, SOUTH), (WEST + 0.03, SOUTH), (WEST + 0.03, SOUTH + 0.03), (WEST + 0.028, SOUTH + 0.03),
     (WEST + 0.027, SOUTH + 0.002), (WEST, SOUTH + 0.002)]
)  # fmt: skip
