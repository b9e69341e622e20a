"""Customers within the viewer's scope."""

import strawberry
from strawberry import UNSET

from domain.customers.permissions import VIEW_CUSTOMERS
from schema.customers.groups import CustomerGroup
from schema.customers.inputs import CustomerDimension, CustomerFilter, CustomerOrder
from schema.customers.types import Customer, CustomerConnection
from schema.lists import read_by_the_engine
from schema.permissions import read


@strawberry.type
class CustomerQueries:
    @read(VIEW_CUSTOMERS, "Customers within the viewer's scope; 500 a page at most, 50 by default.")
    def customers(
        self,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
        filter: CustomerFilter | None = UNSET,
        order_by: list[CustomerOrder] | None = UNSET,
    ) -> CustomerConnection:
        read_by_the_engine(first, after, last, before, filter, order_by)

    @read(VIEW_CUSTOMERS, "One customer; null where there is none within the viewer's scope.")
    def customer(self, id: strawberry.ID) -> Customer | None:
        read_by_the_engine(id)

    @read(
        VIEW_CUSTOMERS,
        "Customers within the viewer's scope counted and summed by up to three dimensions; one group without any.",
    )
    def customer_groups(
        self,
        by: list[CustomerDimension] | None = UNSET,
        filter: CustomerFilter | None = UNSET,
    ) -> list[CustomerGroup]:
        read_by_the_engine(by, filter)
