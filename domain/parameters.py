"""The parameters of the domain's rooms, in the order in which people read them."""

from domain.customers.parameters import PARAMETERS as CUSTOMERS
from domain.feeds.parameters import PARAMETERS as FEEDS
from domain.products.parameters import PARAMETERS as PRODUCTS
from domain.tasks.parameters import PARAMETERS as TASKS

PARAMETERS = (*PRODUCTS, *TASKS, *CUSTOMERS, *FEEDS)
