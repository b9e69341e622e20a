"""Plans for those who draw them up. Figures are sums of atoms, so any plan can be asked of any kept data date."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import strawberry
from strawberry import UNSET

from domain.grids.lifecycle import may_begin_on
from domain.grids.permissions import EDIT_GRIDS
from domain.grids.plan_errors import PlanNotFound
from domain.grids.plan_reading import read_changes, read_grids, read_plan, read_plans
from domain.performance.plan_figures import figures_of_atoms, figures_of_grids
from domain.shared.parameters import defaults_of, parameters_in_force
from domain.shared.rows import Rows, SessionRows
from schema.context import Context, Info
from schema.global_ids import key_named
from schema.permissions import read
from schema.plans.answers import atom_of, change_of, grid_of, plan_of
from schema.plans.types import GridPlan, PlanAtom, PlanChange, PlanGrid

Found = TypeVar("Found")


async def ask(context: Context, question: Callable[[Rows], Found]) -> Found:
    """Something that is asked of the rows in one transaction."""
    async with context.open_unit_of_work() as uow:
        return await uow.session.run_sync(lambda session: question(SessionRows(session)))


async def plan_as_it_stands(context: Context, key: int | None) -> GridPlan:
    """Raises PlanNotFound."""
    found, first = await ask(context, lambda rows: (read_plan(rows, key), may_begin_on(rows, context.today)))
    return plan_of(found, context.language, first)


def values_in_force(context: Context, rows: Rows) -> dict[str, object]:
    """The bank's parameters as they hold, over what is declared."""
    return {**defaults_of(context.house.parameters), **parameters_in_force(rows)}


def _within_scope(context: Context, plan_id: str) -> int | None:
    """The key of a plan for whoever has the bank as his scope; for anybody else there is none."""
    return key_named(plan_id, "Plan") if context.who().sees_bank else None


@strawberry.type
class PlanQueries:
    @read(EDIT_GRIDS, "网格方案, the newest first.")
    async def grid_plans(self, info: Info) -> list[GridPlan]:
        if not info.context.who().sees_bank:
            return []
        today, language = info.context.today, info.context.language
        found, first = await ask(info.context, lambda rows: (read_plans(rows), may_begin_on(rows, today)))
        return [plan_of(one, language, first) for one in found]

    @read(EDIT_GRIDS, "One plan; null where there is none.")
    async def grid_plan(self, info: Info, id: strawberry.ID) -> GridPlan | None:
        key = _within_scope(info.context, id)
        try:
            return await plan_as_it_stands(info.context, key)
        except PlanNotFound:
            return None

    @read(EDIT_GRIDS, "The grids of a plan by code, with figures of a data date (the one in force).")
    async def plan_grids(self, info: Info, plan_id: strawberry.ID, on: date | None = UNSET) -> list[PlanGrid]:
        key = _within_scope(info.context, plan_id)
        if key is None:
            return []

        def question(rows: Rows) -> list[PlanGrid]:
            figures = figures_of_grids(rows, key, on or None, values_in_force(info.context, rows))
            return [grid_of(one, figures) for one in read_grids(rows, key)]

        return await ask(info.context, question)

    @read(EDIT_GRIDS, "All atoms by code, with the grid that a plan gives them and figures of a data date.")
    async def plan_atoms(self, info: Info, plan_id: strawberry.ID, on: date | None = UNSET) -> list[PlanAtom]:
        key = _within_scope(info.context, plan_id)
        if key is None:
            return []

        def question(rows: Rows) -> list[PlanAtom]:
            values = values_in_force(info.context, rows)
            return [atom_of(one) for one in figures_of_atoms(rows, key, on or None, values)]

        return await ask(info.context, question)

    @read(EDIT_GRIDS, "Acts on a plan after a version, the last ones first; 200 at most.")
    async def plan_changes(self, info: Info, plan_id: strawberry.ID, after: int = 0) -> list[PlanChange]:
        key = _within_scope(info.context, plan_id)
        if key is None:
            return []
        found = await ask(info.context, lambda rows: read_changes(rows, key, after))
        return [change_of(one, info.context.who().staff_id) for one in found]
