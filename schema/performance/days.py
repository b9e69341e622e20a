"""The figures of grids on a day that is kept, under the plan in force or under the plan of that day."""

from datetime import date
from typing import Any

import orjson
import strawberry
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.grids.models import Atom, Grid, Plan, PlanAtom
from domain.grids.plans import PLAN_IN_FORCE
from domain.grids.scope import grid_scope
from domain.performance.kept_days import FIGURES_OF_DAYS, KEPT_DAYS, PLAN_OF
from domain.performance.models import AtomSums
from domain.shared.actor import ScopeForm
from domain.shared.row_scope import within
from schema.context import Context
from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Parameters
from schema.engine.rendering import render
from schema.engine.scope import Row
from schema.grids.types import GridLevel
from schema.performance.day_types import GridOnDay, GridsOnDay, KeptDay, UnderPlan
from schema.view import View, values_of, view_of

_DAY: ColumnElement[Any] = bindparam("asked_day", type_=Date)
_NOTHING: ColumnElement[Any] = literal_column("0", BigInteger)
_OF_PLAN = PlanAtom.__table__  # type: ignore[attr-defined]
_NOT_KEPT = complaint("DAY_NOT_KEPT", "DAY_NOT_KEPT", takes=("day",))


async def kept_days(context: Context) -> list[KeptDay]:
    """The newest first; none before the first night."""
    found = orjson.loads(await context.fetch(KEPT_DAYS, []) or "[]")
    return [
        KeptDay(day=date.fromisoformat(day), plan=plan, plan_is_in_force=is_in_force)
        for day, plan, is_in_force in found
    ]


async def grids_on_day(context: Context, day: date, level: GridLevel, under: UnderPlan) -> GridsOnDay:
    """Within the scope of today: whoever has grids of his own has none under a plan that is over.

    Raises BadRequest for a day of which nothing is kept.
    """
    view, parameters = view_of(context.actor), Parameters({})
    statement = render(_asked(view, level.value, under), parameters)
    values = {**values_of(context.actor, context.today), "asked_day": day}
    answer = await context.fetch(statement.text, statement.parameters({}, values))
    is_kept, plan, total, inside, grids = orjson.loads(answer or "[]")
    if not is_kept:
        raise BadRequest(_NOT_KEPT, day=day.isoformat())
    sees_all = view.scope is ScopeForm.BANK
    return GridsOnDay(
        day=day,
        plan=plan,
        grids=[_said(one) for one in grids or []],
        elsewhere=total - inside if sees_all else None,
    )


def _said(one: list[Any]) -> GridOnDay:
    key, code, name, area_m2, *figures = one
    figured: Any = dict(zip(FIGURES_OF_DAYS, figures, strict=True))
    return GridOnDay(grid_id=strawberry.ID(f"Grid:{key}"), code=code, name=name, area_m2=area_m2, **figured)


def _asked(view: View, level: str, under: UnderPlan) -> Select[Any]:
    """One JSON array: is the day kept, the plan's name, customers in all, customers in its grids, its grids."""
    plan = _plan(under)
    sums = _by_atom(plan)
    grids = _grids(view, level, plan, sums).subquery()
    by_code = aggregate_order_by(func.json_build_array(*grids.c), grids.c.code.asc())
    listed = select(func.json_agg(by_code)).scalar_subquery()
    held = (
        select(func.coalesce(func.sum(sums.c.customers), _NOTHING))
        .where(sums.c.atom_id.in_(select(_OF_PLAN.c.atom_id).where(_OF_PLAN.c.plan_id == plan)))
        .scalar_subquery()
    )
    total = select(func.coalesce(func.sum(sums.c.customers), _NOTHING)).scalar_subquery()
    is_kept = select(sums.c.atom_id).exists()
    plans = Plan.__table__  # type: ignore[attr-defined]
    name = select(plans.c.name).where(plans.c.id == plan).scalar_subquery()
    return select(cast(func.json_build_array(is_kept, name, total, held, listed), String))


def _plan(under: UnderPlan) -> ColumnElement[Any]:
    if under is UnderPlan.IN_FORCE:
        return select(PLAN_IN_FORCE.c.id).scalar_subquery()
    made: ColumnElement[Any] = literal_column(PLAN_OF.format(day="asked.day"), BigInteger)
    asked = select(_DAY.label("day")).subquery("asked")
    return select(made).select_from(asked).scalar_subquery()


def _by_atom(plan: ColumnElement[Any]) -> Row:
    """Sums of the day by atom. One that has ended since left its ground to another, but in plans that still have it."""
    sums = AtomSums.__table__  # type: ignore[attr-defined]
    gone, next_one = Atom.__table__.alias(), Atom.__table__.alias()  # type: ignore[attr-defined]
    held = select(_OF_PLAN.c.atom_id).where(_OF_PLAN.c.plan_id == plan, _OF_PLAN.c.atom_id == gone.c.id)
    has_left = and_(gone.c.id == sums.c.atom_id, gone.c.to_on.is_not(None), not_(held.exists()))
    atom = func.coalesce(next_one.c.id, sums.c.atom_id, type_=BigInteger)
    kept = {name: sums.c[name] for name in FIGURES_OF_DAYS}
    kept["visited_here_90d"] = func.coalesce(sums.c.visited_here_90d, sums.c.visited_90d)
    figures = (func.sum(one).label(name) for name, one in kept.items())
    return (
        select(atom.label("atom_id"), *figures)
        .select_from(
            sums.outerjoin(gone, has_left).outerjoin(next_one, next_one.c.code == gone.c.successor_code)
        )
        .where(sums.c.data_date == _DAY)
        .group_by(atom)
        .cte("sums")
    )


def _grids(view: View, level: str, plan: ColumnElement[Any], sums: Row) -> Select[Any]:
    """Small grids are the atoms of the plan, large ones those of their small grids."""
    grid, small = Grid.__table__.alias(), Grid.__table__.alias()  # type: ignore[attr-defined]
    of_plan = PlanAtom.__table__.alias()  # type: ignore[attr-defined]
    is_part = small.c.id == grid.c.id if level == "SMALL" else small.c.parent_id == grid.c.id
    figures = (
        cast(func.coalesce(func.sum(sums.c[name]), _NOTHING), BigInteger).label(name)
        for name in FIGURES_OF_DAYS
    )
    sees_figures = grid_scope(view.scope) if view.scope is not ScopeForm.NOTHING else ()
    return (
        select(grid.c.id, grid.c.code, grid.c.name, grid.c.area_m2.label("area_m2"), *figures)
        .select_from(
            grid.join(small, and_(is_part, small.c.level == literal_column("'SMALL'", String)))
            .outerjoin(of_plan, and_(of_plan.c.grid_id == small.c.id, of_plan.c.plan_id == grid.c.plan_id))
            .outerjoin(sums, sums.c.atom_id == of_plan.c.atom_id)
        )
        .where(
            grid.c.plan_id == plan,
            grid.c.level == literal_column(f"'{level}'", String),
            within(grid, sees_figures),
        )
        .group_by(grid.c.id)
    )
