"""Which customers an actor may see: the one place that says so."""

from sqlalchemy import ColumnElement, FromClause, all_, and_, func, not_, true

from domain.shared.actor import ScopeForm
from domain.shared.row_scope import (
    ACTOR_CUSTOMERS,
    ACTOR_GRIDS,
    ACTOR_OWNER,
    ACTOR_STAFF,
    ACTOR_UNIT,
    ACTOR_UNITS,
    EVERY_ROW,
    NO_ROW,
    Each,
    Only,
    RowScope,
)

_UNIT: RowScope = (Only(lambda row: row.c.org_unit_id == ACTOR_UNIT),)
_UNITS: RowScope = (Each("org_unit_id", ACTOR_UNITS),)
_GRIDS: RowScope = (
    Each("grid_id", ACTOR_GRIDS),
    # Customers without a point have no grid; who opened or looked after them keeps them.
    Only(lambda row: and_(row.c.grid_id.is_(None), row.c.owner_id == ACTOR_STAFF)),
)


def _is_of_no_unit(row: FromClause) -> ColumnElement[bool]:
    return func.coalesce(row.c.org_unit_id != all_(ACTOR_UNITS), true())


def _is_his_without_grid(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.grid_id.is_(None), row.c.owner_id == ACTOR_OWNER)


def _is_of_no_area(row: FromClause) -> ColumnElement[bool]:
    return and_(
        _is_of_no_unit(row),
        func.coalesce(row.c.grid_id != all_(ACTOR_GRIDS), true()),
        func.coalesce(not_(_is_his_without_grid(row)), true()),
    )


_AREAS: RowScope = (
    Each("org_unit_id", ACTOR_UNITS),
    Each("grid_id", ACTOR_GRIDS, but=_is_of_no_unit),
    Only(lambda row: and_(_is_his_without_grid(row), _is_of_no_unit(row))),
)
GRANTED_ALONE = Each("id", ACTOR_CUSTOMERS, but=_is_of_no_area)
"""Customers who are in the scope by themselves, not by their unit, grid or owner."""


def area_scope(form: ScopeForm) -> RowScope:
    """The scope without single customers, for whatever has a unit, a grid and an owner: customers, and their sums."""
    return {
        ScopeForm.BANK: EVERY_ROW,
        ScopeForm.UNIT: _UNIT,
        ScopeForm.UNITS: _UNITS,
        ScopeForm.GRIDS: _GRIDS,
        ScopeForm.MIXED: _AREAS,
        ScopeForm.NOTHING: NO_ROW,
        ScopeForm.NOBODY: NO_ROW,
    }[form]


def customer_scope(form: ScopeForm) -> RowScope:
    """The bank; units; grids, with customers without one whom he owns; all of these and single customers."""
    areas = area_scope(form)
    return (*areas, GRANTED_ALONE) if form is ScopeForm.MIXED else areas
