"""Figures of customers whom somebody was granted one by one: the sums of a night know areas, not persons.

They are what `domain/performance/sums.py` counts of a customer; a test holds the two together.
"""

from typing import Any

from sqlalchemy import Date, Integer, Select, and_, cast, func, literal_column, select

from domain.customers.models import Customer, SourceRecord
from domain.customers.scope import GRANTED_ALONE
from domain.shared.parameters import VERSIONS_IN_FORCE
from domain.shared.row_scope import within
from domain.tasks.models import DueVisit
from domain.tasks.parameters import GENERAL_VISIT_MONTHS
from schema.organisation.mapping import data_date

# As the sums of the data date were counted.
_MONTHS: Any = literal_column(
    f"""coalesce((select cast(v.value #>> '{{}}' as int) from ({VERSIONS_IN_FORCE}) v
                    where v.name = '{GENERAL_VISIT_MONTHS.name}'), {GENERAL_VISIT_MONTHS.default})""",  # noqa: S608
    Integer,
)
_NONE: Any = literal_column("0")


def figures_of_single_customers() -> Select[Any]:
    """One row a customer, with the columns that dashboards add up, in their order."""
    customer = Customer.__table__.alias()  # type: ignore[attr-defined]
    due, record = DueVisit.__table__.alias(), SourceRecord.__table__.alias()  # type: ignore[attr-defined]
    is_placed = customer.c.grid_id.is_not(None)
    is_due = select(due.c.customer_id).where(due.c.customer_id == customer.c.id).correlate(customer).exists()
    filed = select(record.c.id).where(
        record.c.customer_id == customer.c.id, record.c.feed == literal_column("'sunshine_credit'")
    )
    is_filed = filed.correlate(customer).exists()
    is_visited = customer.c.visited_here_on > cast(data_date() - func.make_interval(0, _MONTHS), Date)
    is_granted = customer.c.line_fen > _NONE

    def one_if(condition: Any, name: str) -> Any:
        return func.coalesce(cast(condition, Integer), _NONE).label(name)

    return select(
        literal_column("1").label("customers"),
        one_if(is_placed, "in_grid"),
        one_if(is_due, "due"),
        one_if(and_(is_placed, is_visited), "visited"),
        one_if(and_(is_placed, is_filed), "filed"),
        one_if(is_granted, "granted"),
        one_if(and_(is_granted, customer.c.loan_fen > _NONE), "drawn"),
    ).where(customer.c.status == literal_column("'ACTIVE'"), within(customer, (GRANTED_ALONE,)))
