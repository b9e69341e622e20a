"""Visits, and the walks of today."""

from domain.tasks.permissions import PERMISSIONS
from geo.map_measures import counted, known
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
    map_measures=(
        counted("visitedHere90d", "visited_here_90d"),
        counted("visited90d", "visited_90d"),
        counted("dueVisits", "due_visits"),
        counted("visited180d", "visited_180d"),
        counted("visited365d", "visited_365d"),
        counted("visitedEver", "visited_ever"),
        known("medianDaysUnvisited", "median_days_unvisited"),
    ),
    permissions=PERMISSIONS,
)
