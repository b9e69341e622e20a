"""The demonstration bank's files, with their truth beside them (docs/county.md)."""

from api.county.generator.correction import write_correction
from api.county.generator.write import write_feeds

__all__ = ["write_correction", "write_feeds"]
