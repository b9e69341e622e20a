"""Permissions of daily work."""

from domain.shared.permissions import Permission

VIEW_WALK = Permission("tasks.view_walk", zh="查看走访路线", en="see walks")
RECORD_VISIT = Permission("tasks.record_visit", zh="登记走访", en="record visits")

PERMISSIONS = (
    VIEW_WALK,
    RECORD_VISIT,
)
