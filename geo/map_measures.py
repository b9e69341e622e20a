"""What grids can be coloured by on the map: each a figure among the properties of a tile's polygons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MapMeasure:
    """`sql` is a whole number over the grid `g` and, where a night has counted it, its row `s` of `grid_statistics`.

    Who sees no customers sees 0 of every measure.
    """

    name: str
    sql: str


def counted(name: str, column: str) -> MapMeasure:
    """A figure that the night keeps for each grid; 0 before the first."""
    return MapMeasure(name, f"coalesce(s.{column}, 0)")


def known(name: str, column: str) -> MapMeasure:
    """A figure that some grids lack: a tile leaves it out there."""
    return MapMeasure(name, f"s.{column}")
