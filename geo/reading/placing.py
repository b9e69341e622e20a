"""Whether a shape's numbers can be places in China: degrees, longitude first; exchanged ones are put in order."""

import numpy as np
import shapely

from domain.shared.statements import Statement
from geo.datum import is_near_china
from geo.mending import Hopeless, at_text
from geo.reading import said


def placed(shape: shapely.Geometry) -> tuple[shapely.Geometry, list[Statement]]:
    """The shape with longitude first. Raises Hopeless for numbers that are no degrees, or of a place elsewhere."""
    numbers = shapely.get_coordinates(shape)
    if not len(numbers):
        raise Hopeless(said.MAP_EMPTY())
    if not np.isfinite(numbers).all():
        raise Hopeless(said.MAP_NOT_A_NUMBER())
    x, y = numbers[:, 0], numbers[:, 1]
    if is_near_china(x, y).all():
        return shape, []
    if is_near_china(y, x).all():
        turned = shapely.transform(shape, lambda at: at[:, ::-1])
        return turned, [said.MAP_EXCHANGED(at=at_text(y[0], x[0]))]
    wrong = int(np.argmin(is_near_china(x, y)))
    where = at_text(x[wrong], y[wrong])
    is_degrees = (np.abs(x) <= 180.0).all() and (np.abs(y) <= 90.0).all()
    raise Hopeless(said.MAP_ELSEWHERE(at=where) if is_degrees else said.MAP_NOT_DEGREES(at=where))
