"""Every table of the domain, for the migration history."""

from domain.customers import models as customers
from domain.grids import models as grids
from domain.performance import models as performance
from domain.products import models as products
from domain.shared import models as shared
from domain.shared import parameter_models as parameters
from domain.tasks import models as tasks

__all__ = ["customers", "grids", "parameters", "performance", "products", "shared", "tasks"]
