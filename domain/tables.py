"""Every table of the domain, for the migration history: the models, and the snapshots as the contracts ask for them."""

from sqlmodel import SQLModel

from domain.customers import models as customers
from domain.feeds import models as feeds
from domain.feeds.contracts import FEEDS
from domain.feeds.snapshot_tables import snapshot_table
from domain.grids import balance_models as balances
from domain.grids import models as grids
from domain.grids import ownership_models as ownership
from domain.performance import models as performance
from domain.products import models as products
from domain.shared import models as shared
from domain.shared import parameter_models as parameters
from domain.shared.files import models as files
from domain.shared.imports import models as imports
from domain.tasks import models as tasks

SNAPSHOTS = [snapshot_table(feed, SQLModel.metadata) for feed in FEEDS.values()]

__all__ = [
    "SNAPSHOTS",
    "balances",
    "customers",
    "feeds",
    "files",
    "grids",
    "imports",
    "ownership",
    "parameters",
    "performance",
    "products",
    "shared",
    "tasks",
]
