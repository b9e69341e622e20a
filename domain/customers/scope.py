"""Which customers an actor may see: the one place that says so."""

from sqlalchemy import and_

from domain.shared.actor import ScopeKind
from domain.shared.row_scope import (
    ACTOR_GRIDS,
    ACTOR_ORG,
    ACTOR_STAFF,
    EVERY_ROW,
    NO_ROW,
    Each,
    Only,
    RowScope,
)

_OUTLET: RowScope = (Only(lambda row: row.c.org_unit_id == ACTOR_ORG),)
_OWN_GRIDS: RowScope = (
    Each("grid_id", ACTOR_GRIDS),
    # Customers without a point have no grid; who opened or looked after them keeps them.
    Only(lambda row: and_(row.c.grid_id.is_(None), row.c.owner_id == ACTOR_STAFF)),
)


def customer_scope(kind: ScopeKind) -> RowScope:
    """Head office: the bank. Outlet manager: the outlet. Customer manager: grids on whose A or B post he sits today,
    and customers without a grid whom he owns. Administrator: nobody."""
    return {
        ScopeKind.BANK: EVERY_ROW,
        ScopeKind.OUTLETS: _OUTLET,
        ScopeKind.OWN_GRIDS: _OWN_GRIDS,
        ScopeKind.NOTHING: NO_ROW,
    }[kind]
