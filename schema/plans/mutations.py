"""Drawing plans up: each act is one mutation and one version. Agreeing to a plan is deciding on its proposal."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import strawberry
from strawberry import UNSET

from domain.grids import acts, drawing_up
from domain.grids.acts import Act
from domain.grids.drawing_up import (
    Ask,
    change_plan,
    check_and_draw,
    end_plan,
    make_plan,
    outlet_of,
    step_plan,
)
from domain.grids.lifecycle import PLAN_KIND, plan_change
from domain.grids.permissions import APPROVE_GRIDS, EDIT_GRIDS
from domain.grids.plan_errors import AtomNotFound, PlanActNotOne, PlanNotFound
from domain.shared.proposals import propose
from domain.shared.rows import Rows
from geo.plan_drawing import draw_plan
from schema.context import Context, Info
from schema.global_ids import key_named
from schema.parameters.types import ProposalResult, ProposalSuccess
from schema.permissions import write
from schema.plans.queries import plan_as_it_stands
from schema.plans.types import (
    AllowCrossing,
    AssignAtoms,
    ChangePlanInput,
    EndPlanInput,
    FirstPlan,
    GiveGrid,
    MakeGrid,
    MakePlanInput,
    MergeGrids,
    PlanResult,
    PlanSuccess,
    PlanVersionInput,
    ProposePlanInput,
    PutGrids,
    RenameGrid,
    SeatPost,
    SplitGrid,
)


@strawberry.type
class PlanMutations:
    @write(EDIT_GRIDS, "Makes a draft: of another plan, empty, or with a first plan proposed.")
    async def make_plan(self, info: Info, input: MakePlanInput) -> PlanResult:
        based_on = key_named(input.based_on_id, "Plan") if input.based_on_id else None
        if input.based_on_id and based_on is None:
            raise PlanNotFound
        async with info.context.open_unit_of_work() as uow:
            key = await make_plan(
                uow,
                info.context.who(),
                input.name,
                based_on,
                key=input.idempotency_key,
                **_begun(input.first or None),
            )
        return await _as_it_stands(info.context, key)

    @write(EDIT_GRIDS, "One act on a draft.")
    async def change_plan(self, info: Info, input: ChangePlanInput) -> PlanResult:
        key = key_named(input.plan_id, "Plan")
        name, given = _the_one(input)
        async with info.context.open_unit_of_work() as uow:
            await change_plan(
                uow,
                info.context.who(),
                key,
                input.version,
                _asked(info.context, name, given),
                key=input.idempotency_key,
                body={"act": name, "given": str(given)},
            )
        return await _as_it_stands(info.context, key)

    @write(EDIT_GRIDS, "Takes back one's own last act, unless somebody has built on it.")
    async def undo_plan_change(self, info: Info, input: PlanVersionInput) -> PlanResult:
        return await _step(info.context, input, is_redo=False)

    @write(EDIT_GRIDS, "Does again what one took back last.")
    async def redo_plan_change(self, info: Info, input: PlanVersionInput) -> PlanResult:
        return await _step(info.context, input, is_redo=True)

    @write(EDIT_GRIDS, "Checks a draft and keeps the proof.")
    async def check_plan(self, info: Info, input: PlanVersionInput) -> PlanResult:
        key = key_named(input.plan_id, "Plan")
        async with info.context.open_unit_of_work() as uow:
            await check_and_draw(
                uow, info.context.who(), key, input.version, draw_plan, key=input.idempotency_key
            )
        return await _as_it_stands(info.context, key)

    @write(EDIT_GRIDS, "Gives a draft up.")
    async def discard_plan(self, info: Info, input: EndPlanInput) -> PlanResult:
        return await _end(info.context, input, is_recalled=False)

    @write(APPROVE_GRIDS, "Recalls an approved plan before its day.")
    async def recall_plan(self, info: Info, input: EndPlanInput) -> PlanResult:
        return await _end(info.context, input, is_recalled=True)

    @write(EDIT_GRIDS, "Proposes that a checked plan be in force from a day on; another person decides.")
    async def propose_plan(self, info: Info, input: ProposePlanInput) -> ProposalResult:
        if not info.context.who().sees_bank:
            raise PlanNotFound
        async with info.context.open_unit_of_work() as uow:
            proposal_id = await propose(
                uow,
                info.context.who(),
                PLAN_KIND,
                plan_change(key_named(input.plan_id, "Plan") or 0, input.version, input.from_on),
                key=input.idempotency_key,
                reason=input.reason,
                until=input.until or None,
                now=info.context.now,
            )
        return ProposalSuccess(key=proposal_id)


def _begun(wish: FirstPlan | None) -> dict[str, Any]:
    if wish is None:
        return {}
    # Asked for once in the life of a bank, so the process does not hold districting before.
    from geo.first_plan.proposing import first_plan

    count = None if wish.grids_per_outlet is UNSET else wish.grids_per_outlet
    return {"first": partial(first_plan, grids_per_outlet=count), "body": {"first": count}}


async def _as_it_stands(context: Context, plan: int | None) -> PlanSuccess:
    return PlanSuccess(plan=await plan_as_it_stands(context, plan))


async def _step(context: Context, given: PlanVersionInput, *, is_redo: bool) -> PlanSuccess:
    key = key_named(given.plan_id, "Plan")
    async with context.open_unit_of_work() as uow:
        await step_plan(uow, context.who(), key, given.version, is_redo=is_redo, key=given.idempotency_key)
    return await _as_it_stands(context, key)


async def _end(context: Context, given: EndPlanInput, *, is_recalled: bool) -> PlanSuccess:
    key = key_named(given.plan_id, "Plan")
    async with context.open_unit_of_work() as uow:
        await end_plan(uow, context.who(), key, is_recalled=is_recalled, key=given.idempotency_key)
    return await _as_it_stands(context, key)


ACTS = ("assign", "make", "split", "merge", "remove", "rename", "give", "put", "seat", "limits")


def _the_one(given: ChangePlanInput) -> tuple[str, Any]:
    """The only act that was sent."""
    sent = [(name, value) for name in ACTS if (value := getattr(given, name))]
    if len(sent) != 1:
        raise PlanActNotOne
    return sent[0]


def _asked(context: Context, name: str, given: Any) -> Ask:
    of: dict[str, Callable[[Rows, Context, Any], Act]] = {
        "assign": _assign,
        "make": _make,
        "split": _split,
        "merge": _merge,
        "remove": lambda _rows, _context, code: acts.remove(code),
        "rename": _rename,
        "give": _give,
        "put": _put,
        "seat": _seat,
        "limits": _limits,
    }
    return lambda rows: of[name](rows, context, given)


def _atoms(ids: Iterable[strawberry.ID]) -> list[int]:
    found = []
    for one in ids:
        key = key_named(one, "Atom")
        if key is None:
            raise AtomNotFound(str(one))
        found.append(key)
    return found


def _assign(_rows: Rows, _context: Context, given: AssignAtoms) -> Act:
    return acts.assign(_atoms(given.atom_ids), given.grid_code or None)


def _make(rows: Rows, context: Context, given: MakeGrid) -> Act:
    return acts.make(
        given.code,
        given.name,
        given.level.value,
        outlet_of(rows, given.outlet_code, context.today),
        atoms=_atoms(given.atom_ids or ()),
        grids=given.grid_codes or (),
    )


def _split(_rows: Rows, _context: Context, given: SplitGrid) -> Act:
    return acts.split(given.grid_code, given.code, given.name, _atoms(given.atom_ids))


def _merge(_rows: Rows, _context: Context, given: MergeGrids) -> Act:
    return acts.merge(given.into_code, given.grid_codes)


def _rename(_rows: Rows, _context: Context, given: RenameGrid) -> Act:
    return acts.rename(given.grid_code, given.name)


def _give(rows: Rows, context: Context, given: GiveGrid) -> Act:
    return drawing_up.give(rows, given.grid_code, given.outlet_code, context.today)


def _put(_rows: Rows, _context: Context, given: PutGrids) -> Act:
    return acts.put(given.grid_codes, given.large_code or None)


def _seat(rows: Rows, _context: Context, given: SeatPost) -> Act:
    return drawing_up.seat(rows, given.grid_code, given.role.value, given.staff_number or None)


def _limits(_rows: Rows, _context: Context, given: AllowCrossing) -> Act:
    return acts.allow_crossing(given.reason or None)
