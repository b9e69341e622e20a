"""The step `rollup`, with the map's part of it."""

from domain.performance.rollup import roll_up
from domain.shared.night import Connection, Night, Report, StepResult
from geo.points import mark_points


def roll_up_with_the_map(connection: Connection, night: Night, report: Report) -> StepResult:
    return roll_up(connection, night, report, mark_points=mark_points)
