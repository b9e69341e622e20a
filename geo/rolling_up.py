"""The step `rollup`, with the map's part of it."""

from domain.performance.rollup import roll_up
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.rows import NightRows
from domain.shared.rules.language import Language
from geo.cells import count_cells
from geo.points import mark_points


def roll_up_with_the_map(
    connection: Connection, night: Night, report: Report, *, language: Language
) -> StepResult:
    return roll_up(
        connection,
        night,
        report,
        language=language,
        mark_points=mark_points,
        count_cells=lambda rolled: count_cells(NightRows(rolled)),
    )
