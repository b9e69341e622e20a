"""Lists that people bring: units, staff, posts, and whatever rooms declare."""

from domain.shared.permissions import IMPORTS as PERMISSIONS
from schema.rooms import SchemaRoom

IMPORTS = SchemaRoom("imports", permissions=PERMISSIONS)
