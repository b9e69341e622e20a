"""The permissions of the domain's rooms, in the order in which people read them."""

from domain.customers.permissions import PERMISSIONS as CUSTOMERS
from domain.grids.permissions import PERMISSIONS as GRIDS
from domain.performance.permissions import PERMISSIONS as PERFORMANCE
from domain.shared.permissions import PERMISSIONS as SHARED
from domain.shared.permissions import one_list
from domain.tasks.permissions import PERMISSIONS as TASKS

PERMISSIONS = one_list(CUSTOMERS, GRIDS, TASKS, PERFORMANCE, SHARED)
