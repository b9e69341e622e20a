"""Permissions of grids."""

from domain.shared.permissions import Permission

VIEW_GRIDS = Permission("grids.view", zh="查看网格与机构", en="see grids and the organisation")
EDIT_GRIDS = Permission("grids.edit", zh="编制网格方案", en="draw up plans of grids")
APPROVE_GRIDS = Permission("grids.approve", zh="复核网格方案", en="decide on plans of grids")
GIVE_CUSTOMERS = Permission(
    "grids.give_customers", zh="指定管户例外、登记休假", en="give single customers to people, enter leave"
)

PERMISSIONS = (VIEW_GRIDS, EDIT_GRIDS, APPROVE_GRIDS, GIVE_CUSTOMERS)
