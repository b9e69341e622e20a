"""The reasons to see a customer, as SQL for the statements of `due`: the rules of `cadence` over the night's rows."""

from sqlalchemy import select

from domain.customers.fields import CUSTOMER
from domain.customers.parameters import PARAMETERS as CUSTOMERS
from domain.products.fields import OPEN_LOANS
from domain.shared.night import Night
from domain.shared.parameters import defaults_of
from domain.shared.rules.grading import first_that_holds
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf
from domain.shared.rules.rendering import Rendered, rendered, rendered_part
from domain.tasks.cadence import REASONS
from domain.tasks.parameters import PARAMETERS as TASKS


def as_of(night: Night) -> AsOf:
    """The data date with what was decided for it, over the defaults."""
    return AsOf(night.data_date, {**defaults_of((*CUSTOMERS, *TASKS)), **night.parameters})


def open_loans_sql(night: Night) -> Rendered:
    """What the rules know of loans, one row a customer: joined once instead of looked up for each."""
    return rendered(select(OPEN_LOANS.rows(as_of(night).sql)))


def reason_sql(language: Language, night: Night, customer: str, open_loans: str) -> Rendered:
    """The strongest reason to see a customer on the morning after the data date; null where there is none.

    `customer` and `open_loans` are aliases of the statement around it.
    """
    day = as_of(night)
    graded = [
        (reason.value, language.read(rule, CUSTOMER, parameters=day.parameters))
        for reason, rule in REASONS.items()
    ]
    loans = OPEN_LOANS.rows(day.sql).alias(open_loans)
    row = CUSTOMER.table.alias(customer)
    return rendered_part(first_that_holds(graded, row, day, {OPEN_LOANS.name: loans}), row, loans)
