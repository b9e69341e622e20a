"""The step `due` with the product's rule language: scores are asked of `ml`, which the domain does not know."""

from domain.shared.night import Connection, Night, Report, StepResult
from domain.tasks.due import find_due_visits
from schema.rules.language import LANGUAGE


def find_due_visits_by_rules(connection: Connection, night: Night, report: Report) -> StepResult:
    return find_due_visits(connection, night, report, language=LANGUAGE)
