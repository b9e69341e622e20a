"""Rules, lists and trials in the contract's types."""

from collections.abc import Mapping

import strawberry

from domain.grids.ownership_reading import ListRead, RuleRead
from domain.grids.ownership_trial import Trial
from domain.grids.plan_reading import Holder
from schema.ownership.types import (
    ListGrid,
    ListGridKind,
    OwnershipRule,
    OwnershipTarget,
    OwnershipTrial,
    RuleTrialCount,
    RuleTrialHandover,
    RuleTrialOverlap,
)
from schema.plans.answers import person_of
from schema.plans.types import PlanPerson
from schema.rules.types import RuleText


def rule_of(found: RuleRead) -> OwnershipRule:
    return OwnershipRule(
        code=found.code,
        name=found.name,
        position=found.position,
        unit_code=found.unit_code,
        unit=found.unit,
        condition=RuleText(found.condition),
        to_kind=OwnershipTarget(found.to_kind),
        to_code=found.to_code,
        to_name=found.to_name,
        from_=found.from_on,
        to=found.to_on,
        in_force=found.in_force,
        customers=found.customers,
        reason=found.reason,
        decided_by=found.decided_by,
    )


def list_of(found: ListRead) -> ListGrid:
    return ListGrid(
        code=found.code,
        name=found.name,
        kind=ListGridKind(found.kind),
        outlet_code=found.outlet_code,
        outlet=found.outlet,
        position=found.position,
        from_=found.from_on,
        to=found.to_on,
        grid_id=None if found.grid_id is None else strawberry.ID(f"Grid:{found.grid_id}"),
        a=person_of(found.a),
        b=person_of(found.b),
        named=found.named,
        customers=found.customers,
    )


def trial_of(found: Trial, people: Mapping[int, Holder]) -> OwnershipTrial:
    def person(key: int | None) -> PlanPerson | None:
        return None if key is None else person_of(people.get(key))

    return OwnershipTrial(
        day=found.day,
        rules=[RuleTrialCount(**vars(one)) for one in found.rules],
        overlaps=[RuleTrialOverlap(code=code, customers=many) for code, many in found.overlaps],
        handovers=[
            RuleTrialHandover(from_=person(one.from_id), to=person(one.to_id), customers=one.customers)
            for one in found.handovers
        ],
        change_hands=found.change_hands,
        without_owner=found.without_owner,
        gives_to_nobody=found.gives_to_nobody,
    )
