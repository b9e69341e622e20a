"""How grids, posts and figures are read."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)
from sqlalchemy import column as sql_column

from domain.customers.permissions import VIEW_CUSTOMERS
from domain.grids.models import Grid, Placement, Plan, Post
from domain.grids.permissions import VIEW_GRIDS
from domain.grids.plans import PLAN_IN_FORCE
from domain.grids.post_watch import NOTICES
from domain.grids.scope import grid_scope
from domain.performance.models import GridStatistics
from domain.shared.actor import ScopeForm
from geo.tables import GridBoundary
from schema.engine.given import Given, known_text
from schema.engine.keys import bigint_key
from schema.engine.mapping import ByGlobalId, Field, Many, One, TypeMap, Value, column, global_id
from schema.engine.scope import Row, Scope
from schema.global_ids import named
from schema.view import TODAY, View, branches, may, rows_of

GEOJSON_DIGITS = 6
"""A tenth of a metre."""
_NO_POLYGON = """'{"type":"MultiPolygon","coordinates":[]}'"""
"""A list grid has no shape."""


def grids_in_force(_view: View) -> Row:
    """Grids of the plan in force: one plan is in force on a day."""
    grid = Grid.__table__.alias()  # type: ignore[attr-defined]
    in_force = select(PLAN_IN_FORCE.c.id).scalar_subquery()
    return select(grid).where(grid.c.plan_id == in_force).subquery()


def _scope(view: View) -> Scope:
    return branches(grid_scope(view.scope), VIEW_GRIDS)


def in_force(post: Row) -> ColumnElement[bool]:
    """Posts that somebody sits on today."""
    return and_(post.c.from_on <= TODAY, or_(post.c.to_on.is_(None), post.c.to_on > TODAY))


def _boundary(row: Row, _view: View) -> ColumnElement[Any]:
    boundary = GridBoundary.__table__.alias()  # type: ignore[attr-defined]
    # RFC 7946: outer rings against the clock, holes with it. PostGIS gives rings as they were stored.
    turned = func.ST_ForcePolygonCCW(boundary.c.boundary_wgs84)
    written = func.ST_AsGeoJSON(turned, literal_column(str(GEOJSON_DIGITS)), type_=String)
    drawn = select(cast(written, JSON)).where(boundary.c.grid_id == row.c.id).scalar_subquery()
    return func.coalesce(drawn, cast(literal_column(_NO_POLYGON, String), JSON))


def _statistics(view: View) -> Row:
    """One row a grid, also before the first night. Who sees no customers sees no figures of customers either."""
    grid, figures = Grid.__table__.alias(), GridStatistics.__table__.alias()  # type: ignore[attr-defined]
    is_seen = false() if view.scope is ScopeForm.NOTHING else may(VIEW_CUSTOMERS)
    joined = grid.outerjoin(figures, and_(is_seen, figures.c.grid_id == grid.c.id))
    return select(grid.c.id.label("of_grid_id"), figures).select_from(joined).subquery()


def figure(name: str) -> Value:
    return Value(lambda row, _view: func.coalesce(row.c[name], literal_column("0", Integer)))


def _asked(_root: Row, grid: Row, arguments: Given) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if "level" in arguments:
        parts.append(grid.c.level == known_text(arguments["level"].known()))
    if "parentId" in arguments:
        parts.append(grid.c.parent_id == named(arguments, "parentId", "Grid"))
    return and_(*parts)


GRID = TypeMap(
    "Grid",
    {
        "id": global_id("Grid"),
        "code": column("code"),
        "name": column("name"),
        "level": column("level"),
        "parent": One("Grid", lambda grid, parent, _: parent.c.id == grid.c.parent_id),
        "children": Many(
            "Grid", lambda grid, child, _: child.c.parent_id == grid.c.id, order=lambda child: [child.c.code]
        ),
        "orgUnit": One("OrgUnit", lambda grid, unit, _: unit.c.id == grid.c.org_unit_id),
        "boundary": Value(_boundary),
        "areaM2": column("area_m2"),
        "posts": Many(
            "Post",
            lambda grid, post, _: and_(post.c.grid_id == grid.c.id, in_force(post)),
            order=lambda post: [post.c.role, post.c.id],
        ),
        "statistics": One("GridStatistics", lambda grid, figures, _: figures.c.of_grid_id == grid.c.id),
    },
    rows=grids_in_force,
    scope=_scope,
    read_key=bigint_key,
)

POST = TypeMap(
    "Post",
    {
        "role": column("role"),
        "staff": One("Staff", lambda post, staff, _: staff.c.id == post.c.staff_id),
        "from": column("from_on"),
        "to": column("to_on"),
    },
    rows=rows_of(Post),
)


def _placements(_view: View) -> Row:
    """With the names of plan and grid on the first day: a grid goes on under the next plan, under whatever name."""
    placement = Placement.__table__.alias()  # type: ignore[attr-defined]
    grid, plan = Grid.__table__.alias(), Plan.__table__.alias()  # type: ignore[attr-defined]
    then = Grid.__table__.alias()  # type: ignore[attr-defined]
    is_of_the_day = and_(plan.c.id == func.placed_under(placement.c.from_on), grid.c.id.is_not(None))
    named = (
        placement.outerjoin(grid, grid.c.id == placement.c.grid_id)
        .outerjoin(plan, is_of_the_day)
        .outerjoin(then, and_(then.c.plan_id == plan.c.id, then.c.code == grid.c.code))
    )
    open_end = literal_column("cast('infinity' as date)", Date)
    return (
        select(
            placement.c.customer_id,
            placement.c.from_on,
            func.nullif(placement.c.to_on, open_end, type_=Date).label("to_on"),
            placement.c.org_unit_id,
            placement.c.owner_id,
            placement.c.cause,
            grid.c.code.label("grid_code"),
            func.coalesce(then.c.name, grid.c.name).label("grid_name"),
            plan.c.name.label("plan"),
        )
        .select_from(named)
        .subquery()
    )


PLACEMENT = TypeMap(
    "Placement",
    {
        "from": column("from_on"),
        "to": column("to_on"),
        "plan": column("plan"),
        "gridCode": column("grid_code"),
        "gridName": column("grid_name"),
        "orgUnit": One("OrgUnit", lambda placement, unit, _: unit.c.id == placement.c.org_unit_id),
        "owner": One("Staff", lambda placement, staff, _: staff.c.id == placement.c.owner_id),
        "cause": column("cause"),
    },
    rows=_placements,
    key="from_on",
)

STATISTICS = TypeMap(
    "GridStatistics",
    {
        "customers": figure("customers"),
        "located": figure("located"),
    },
    rows=_statistics,
    key="of_grid_id",
)

_NOTICE_COLUMNS = (
    ("notice", String()),
    ("id", BigInteger()),
    ("code", String()),
    ("level", String()),
    ("org_unit_id", BigInteger()),
    ("kind", String()),
    ("staff_id", BigInteger()),
    ("since_on", Date()),
    ("due_on", Date()),
    ("position", Integer()),
)


def _notices(_view: View) -> Row:
    return text(NOTICES).columns(*(sql_column(name, type_) for name, type_ in _NOTICE_COLUMNS)).subquery()


POST_NOTICE = TypeMap(
    "PostNotice",
    {
        "kind": column("kind"),
        "grid": One("Grid", lambda notice, grid, _: grid.c.id == notice.c.id),
        "staff": One("Staff", lambda notice, staff, _: staff.c.id == notice.c.staff_id),
        "since": column("since_on"),
        "dueOn": column("due_on"),
    },
    rows=_notices,
    key="notice",
    scope=_scope,
)

ROOT: dict[str, Field] = {
    "grids": Many("Grid", _asked, order=lambda grid: [grid.c.code]),
    "grid": ByGlobalId("Grid"),
    "postNotices": Many(
        "PostNotice",
        lambda _root, _notice, _: true(),
        order=lambda notice: [notice.c.position, notice.c.due_on, notice.c.code],
        weight=20,
    ),
}
TYPES = (GRID, POST, PLACEMENT, STATISTICS, POST_NOTICE)
