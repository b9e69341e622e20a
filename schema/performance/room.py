"""Figures: sums of customers, and what dashboards read from them."""

from schema.performance.additions import ADDITIONS
from schema.performance.mapping import TYPES
from schema.performance.queries import PerformanceQueries
from schema.rooms import SchemaRoom

PERFORMANCE = SchemaRoom("performance", types=TYPES, queries=PerformanceQueries, additions=ADDITIONS)
