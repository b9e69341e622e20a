"""Which grids an actor may see."""

from sqlalchemy import ColumnElement, FromClause, all_, and_, any_, func, not_, or_, select

from domain.grids.models import Grid
from domain.shared.actor import ScopeForm
from domain.shared.row_scope import (
    ACTOR_GRIDS,
    ACTOR_UNIT,
    ACTOR_UNITS,
    EVERY_ROW,
    NO_ROW,
    Each,
    Only,
    Predicate,
    RowScope,
)


def _shown_whole(row: FromClause, is_foreign: Predicate) -> ColumnElement[bool]:
    """A large grid shared with another unit would show that unit's figures, so it is left out."""
    child = Grid.__table__.alias()  # type: ignore[attr-defined]
    foreign = select(child.c.id).where(child.c.parent_id == row.c.id, is_foreign(child))
    return or_(row.c.level != "LARGE", not_(foreign.correlate_except(child).exists()))


def _of_the_unit(row: FromClause) -> ColumnElement[bool]:
    whole = _shown_whole(row, lambda child: child.c.org_unit_id != ACTOR_UNIT)
    return and_(row.c.org_unit_id == ACTOR_UNIT, whole)


def _of_the_units(row: FromClause) -> ColumnElement[bool]:
    whole = _shown_whole(row, lambda child: child.c.org_unit_id != all_(ACTOR_UNITS))
    return and_(row.c.org_unit_id == any_(ACTOR_UNITS), whole)


def grid_scope(form: ScopeForm) -> RowScope:
    """Customer manager: grids on whose A or B post he sits today (their large grid counts customers of others).

    Who has no rows of customers sees every grid: outlines and posts, without figures of customers.
    """
    return {
        ScopeForm.BANK: EVERY_ROW,
        ScopeForm.UNIT: (Only(_of_the_unit),),
        ScopeForm.UNITS: (Only(_of_the_units),),
        ScopeForm.GRIDS: (Each("id", ACTOR_GRIDS),),
        ScopeForm.MIXED: (
            Only(_of_the_units),
            Each("id", ACTOR_GRIDS, but=lambda row: not_(func.coalesce(_of_the_units(row), False))),
        ),
        ScopeForm.NOTHING: EVERY_ROW,
        ScopeForm.NOBODY: NO_ROW,
    }[form]
