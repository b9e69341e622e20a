"""The step `own`: whose customer it is, and the same on the map."""

from datetime import date

from domain.grids.ownership import assign_owners, own
from domain.shared.night import DOING, Connection, Night, Report, StepResult, silent
from domain.shared.rows import NightRows
from domain.shared.rules.language import Language
from geo.borders import keep_borders
from geo.cells import count_cells
from geo.place_names import keep_place_names
from geo.points import follow_owners


def own_on_the_map(connection: Connection, night: Night, report: Report, *, language: Language) -> StepResult:
    """Owners, then the points of whom they concern, in one transaction: the map shows nobody to a former owner.

    No later step moves a point, so the map's cells are counted here, whatever `locate` and nights that failed left.
    """
    keep_borders(NightRows(connection))
    owned = assign_owners(connection, night, report, language=language)
    report(0.7, DOING(doing="POINTS"))
    follow_owners(connection)
    # Late, because it may write the version of the tiles: a cut asks for customers and points before that one too.
    keep_place_names(NightRows(connection))
    report(0.8, DOING(doing="CELLS"))
    count_cells(NightRows(connection))
    return owned


def change_plans_on_the_map(connection: Connection, day: date, language: Language) -> None:
    """Owners by the plan of `day`, and their points. The cells are the caller's to count, when all else is written."""
    own(connection, day, silent, language=language)
    follow_owners(connection)
