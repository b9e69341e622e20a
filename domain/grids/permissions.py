"""Permissions of grids."""

from domain.shared.permissions import Permission

VIEW_GRIDS = Permission("grids.view", zh="查看网格与机构", en="see grids and the organisation")

PERMISSIONS = (VIEW_GRIDS,)
