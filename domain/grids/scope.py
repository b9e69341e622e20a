"""Which grids an actor may see."""

from sqlalchemy import ColumnElement, FromClause, and_, not_, or_, select

from domain.grids.models import Grid
from domain.shared.actor import ScopeKind
from domain.shared.row_scope import ACTOR_GRIDS, ACTOR_ORG, EVERY_ROW, Each, Only, RowScope


def _of_the_outlet(row: FromClause) -> ColumnElement[bool]:
    """A large grid shared with another outlet would show that outlet's figures, so it is left out."""
    child = Grid.__table__.alias()  # type: ignore[attr-defined]
    foreign = select(child.c.id).where(child.c.parent_id == row.c.id, child.c.org_unit_id != ACTOR_ORG)
    is_shared = foreign.correlate_except(child).exists()
    return and_(row.c.org_unit_id == ACTOR_ORG, or_(row.c.level == "SMALL", not_(is_shared)))


def grid_scope(kind: ScopeKind) -> RowScope:
    """Customer manager: grids on whose A or B post he sits today (their large grid counts customers of others).

    An administrator sees every grid: outlines and posts, without figures of customers.
    """
    return {
        ScopeKind.BANK: EVERY_ROW,
        ScopeKind.OUTLETS: (Only(_of_the_outlet),),
        ScopeKind.OWN_GRIDS: (Each("id", ACTOR_GRIDS),),
        ScopeKind.NOTHING: EVERY_ROW,
    }[kind]
