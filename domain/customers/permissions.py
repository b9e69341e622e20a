"""Permissions of customers."""

from domain.shared.permissions import Permission

VIEW_CUSTOMERS = Permission("customers.view", zh="查看客户", en="see customers")
CUT_LINK = Permission("customers.cut_link", zh="拆分客户档案", en="cut a link between records")

PERMISSIONS = (
    VIEW_CUSTOMERS,
    CUT_LINK,
)
