"""Permissions of figures."""

from domain.shared.permissions import Permission

VIEW_DASHBOARD = Permission("performance.view", zh="查看看板", en="see dashboards")

PERMISSIONS = (VIEW_DASHBOARD,)
