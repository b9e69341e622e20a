"""The rules of `cadence` as SQL for the statements of `due`, and what they know of loans and visits, joined once."""

from datetime import date

from sqlalchemy import Date, cast, func, literal_column, select

from domain.customers.fields import CUSTOMER
from domain.customers.parameters import PARAMETERS as CUSTOMERS
from domain.products.fields import OPEN_LOANS
from domain.shared.parameters import Values, defaults_of
from domain.shared.rules.beginning import begins_on
from domain.shared.rules.fields import Beside, Row
from domain.shared.rules.grading import first_that_holds
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import Rendered, rendered, rendered_part
from domain.tasks.cadence import NEXT, REASONS
from domain.tasks.fields import AGREEMENTS
from domain.tasks.parameters import PARAMETERS as TASKS

ROWS = {"customer": "c", OPEN_LOANS.name: "l", AGREEMENTS.name: "a"}
"""What the statement around the rules calls its rows."""


def as_of(data_date: date, decided: Values) -> AsOf:
    """The data date with what was decided for it, over the defaults."""
    return AsOf(data_date, {**defaults_of((*CUSTOMERS, *TASKS)), **decided})


def beside_sql(beside: Beside, day: AsOf) -> Rendered:
    """What lies beside the customers, one row each."""
    return rendered(select(beside.rows(day.sql)))


def reason_sql(language: Language, day: AsOf) -> Rendered:
    """The strongest reason to see a customer on the morning after the data date; null where there is none."""
    graded = [
        (reason.value, language.read(rule, CUSTOMER, parameters=day.parameters))
        for reason, rule in REASONS.items()
    ]
    row, beside = _rows(day)
    return rendered_part(first_that_holds(graded, row, day, beside), row, *beside.values(), called="reason")


def next_sql(language: Language, day: AsOf) -> Rendered:
    """The morning from which cadence or an agreed date asks for a visit, past or to come; null for never."""
    rule = language.read(NEXT, CUSTOMER, parameters=day.parameters)
    row, beside = _rows(day)
    begins = begins_on(rule.root, row, day, beside)
    never = cast(literal_column("'infinity'"), Date)
    return rendered_part(func.nullif(begins, never), row, *beside.values(), called="next")


def _rows(day: AsOf) -> tuple[Row, dict[str, Row]]:
    beside: dict[str, Row] = {
        one.name: one.rows(day.sql).alias(ROWS[one.name]) for one in (OPEN_LOANS, AGREEMENTS)
    }
    return CUSTOMER.table.alias(ROWS["customer"]), beside
