"""Steps with the product's rule language: it knows fields of rooms that the step's own room does not."""

from domain.performance.rollup import roll_up
from domain.shared.night import Connection, Night, Report, StepResult
from domain.tasks.due import find_due_visits
from schema.rules.language import LANGUAGE


def find_due_visits_by_rules(connection: Connection, night: Night, report: Report) -> StepResult:
    return find_due_visits(connection, night, report, language=LANGUAGE)


def roll_up_by_rules(connection: Connection, night: Night, report: Report) -> StepResult:
    return roll_up(connection, night, report, language=LANGUAGE)
