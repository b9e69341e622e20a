"""Visits, and the walks of today."""

from domain.tasks.permissions import PERMISSIONS
from schema.rooms import SchemaRoom
from schema.tasks.additions import ADDITIONS
from schema.tasks.mapping import ROOT, TYPES
from schema.tasks.mutations import TaskMutations
from schema.tasks.queries import TaskQueries
from schema.tasks.types import Visit, VisitNotRecorded

TASKS = SchemaRoom(
    "tasks",
    types=TYPES,
    queries=TaskQueries,
    root=ROOT,
    mutations=TaskMutations,
    nodes=(Visit,),
    refusals=(VisitNotRecorded,),
    additions=ADDITIONS,
    permissions=PERMISSIONS,
)
