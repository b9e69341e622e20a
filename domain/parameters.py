"""The parameters of the domain's rooms, in the order in which people read them."""

from typing import Any

from domain.customers.parameters import PARAMETERS as CUSTOMERS
from domain.feeds.parameters import PARAMETERS as FEEDS
from domain.products.parameters import PARAMETERS as PRODUCTS
from domain.shared.parameters import Parameter
from domain.shared.retention import PARAMETERS as RETENTION
from domain.tasks.parameters import PARAMETERS as TASKS

PARAMETERS: tuple[Parameter[Any], ...] = (*PRODUCTS, *TASKS, *CUSTOMERS, *FEEDS, *RETENTION)
