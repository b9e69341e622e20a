"""What is tried, proposed, given and kept. Agreeing to a rule is deciding on its proposal."""

from collections.abc import Sequence
from datetime import date

import strawberry

from domain.grids.exceptions import Give, Wish, end_exception, give_customer
from domain.grids.list_keeping import ListWish, cover_list, keep_list
from domain.grids.ownership_changes import (
    check_of_the_bank,
    end_change,
    ownership_kind,
    rule_change,
    tried_rule,
)
from domain.grids.ownership_errors import OwnerNotInScope, OwnershipRuleNotValid
from domain.grids.ownership_reading import read_lists
from domain.grids.ownership_trial import Trial, try_rule
from domain.grids.permissions import EDIT_GRIDS, GIVE_CUSTOMERS
from domain.grids.plan_reading import Holder
from domain.shared.proposals import Change, propose
from domain.shared.rows import Rows
from geo.giving import give_again
from schema.context import Context, Info
from schema.global_ids import key_named
from schema.ownership.answers import list_of, trial_of
from schema.ownership.types import (
    CoverListGridInput,
    EndOwnerExceptionInput,
    EndOwnershipRuleInput,
    GiveCustomerInput,
    KeepListGridInput,
    ListGridResult,
    ListGridSuccess,
    OwnerExceptionResult,
    OwnerExceptionSuccess,
    OwnershipRuleInput,
    OwnershipTrialResult,
    OwnershipTrialSuccess,
    ProposeOwnershipRuleInput,
)
from schema.parameters.types import ProposalResult, ProposalSuccess
from schema.permissions import write
from schema.plans.queries import ask


@strawberry.type
class OwnershipMutations:
    @write(
        EDIT_GRIDS, "Tries a rule on last night's customers, or the rules without one; nothing is written."
    )
    async def try_ownership_rule(
        self, info: Info, input: OwnershipRuleInput | None = None, without: str | None = None
    ) -> OwnershipTrialResult:
        context = info.context
        check_of_the_bank(context.who())
        language, today = context.house.language, context.today

        def question(rows: Rows) -> tuple[Trial, dict[int, Holder]]:
            tried = None if input is None else tried_rule(rows, language, _change(input, today), today)
            found = try_rule(rows, language, tried, without)
            keys = {key for one in found.handovers for key in (one.from_id, one.to_id) if key is not None}
            people = rows.execute(
                "select id, number, name, full_time_percent from staff where id = any(%(ids)s)",
                {"ids": sorted(keys)},
            )
            return found, {key: Holder(*person) for key, *person in people}

        return OwnershipTrialSuccess(trial=trial_of(*await ask(context, question)))

    @write(EDIT_GRIDS, "Proposes a rule from a day on; another person decides.")
    async def propose_ownership_rule(self, info: Info, input: ProposeOwnershipRuleInput) -> ProposalResult:
        change = _change(input.rule, input.from_on, input.to_on or None)
        return await _propose(info.context, change, input)

    @write(EDIT_GRIDS, "Proposes that a rule end on a day; another person decides.")
    async def end_ownership_rule(self, info: Info, input: EndOwnershipRuleInput) -> ProposalResult:
        change = await ask(info.context, lambda rows: end_change(rows, input.code, input.on))
        if change is None:
            raise OwnershipRuleNotValid
        return await _propose(info.context, change, input)

    @write(GIVE_CUSTOMERS, "管护例外: gives a customer to a member of staff up to a day, at once.")
    async def give_customer(self, info: Info, input: GiveCustomerInput) -> OwnerExceptionResult:
        context = info.context
        customer = key_named(input.customer_id, "Customer")
        if customer is None:
            raise OwnerNotInScope(str(input.customer_id))
        wish = Wish(customer, input.staff_number.strip(), input.reason, input.to_on)
        async with context.open_unit_of_work() as uow:
            made = await give_customer(
                uow, context.who(), wish, _giving(context), key=input.idempotency_key, now=context.now
            )
        return OwnerExceptionSuccess(key=made)

    @write(GIVE_CUSTOMERS, "Ends an exception today; lists, rules and place have the customer again.")
    async def end_owner_exception(self, info: Info, input: EndOwnerExceptionInput) -> OwnerExceptionResult:
        context = info.context
        key = key_named(input.exception_id, "OwnerException")
        async with context.open_unit_of_work() as uow:
            ended = await end_exception(
                uow, context.who(), key, _giving(context), key=input.idempotency_key, now=context.now
            )
        return OwnerExceptionSuccess(key=ended)

    @write(GIVE_CUSTOMERS, "名单网格: makes a list or changes it, with who works it from today on.")
    async def keep_list_grid(self, info: Info, input: KeepListGridInput) -> ListGridResult:
        context = info.context
        wish = ListWish(
            input.code,
            input.name,
            input.kind.name,
            input.outlet_code,
            input.a or None,
            input.b or None,
            input.position,
            input.to_on or None,
        )
        who, today = context.who(), context.today
        async with context.open_unit_of_work() as uow:
            code = await keep_list(uow, who, wish, key=input.idempotency_key, today=today)
        return await _list_now(context, code)

    @write(GIVE_CUSTOMERS, "名单网格: who stands in on B from today on, of somebody's own list as well.")
    async def cover_list_grid(self, info: Info, input: CoverListGridInput) -> ListGridResult:
        context = info.context
        b = (input.b or "").strip() or None
        async with context.open_unit_of_work() as uow:
            code = await cover_list(
                uow, context.who(), input.code, b, key=input.idempotency_key, today=context.today
            )
        return await _list_now(context, code)


async def _list_now(context: Context, code: str) -> ListGridSuccess:
    who, today = context.who(), context.today
    found = await ask(context, lambda rows: read_lists(rows, who, today, code))
    return ListGridSuccess(list_grid=list_of(next(one for one in found if one.code == code)))


def _change(given: OwnershipRuleInput, from_on: date, to_on: date | None = None) -> Change:
    return rule_change(
        given.code.strip(),
        name=given.name,
        position=given.position,
        unit_code=given.unit_code or None,
        condition=dict(given.condition),
        to_kind=given.to_kind.name,
        to_code=given.to_code.strip(),
        from_on=from_on,
        to_on=to_on,
    )


async def _propose(
    context: Context, change: Change, given: ProposeOwnershipRuleInput | EndOwnershipRuleInput
) -> ProposalSuccess:
    async with context.open_unit_of_work() as uow:
        proposal_id = await propose(
            uow,
            context.who(),
            ownership_kind(context.house.language),
            change,
            key=given.idempotency_key,
            reason=given.reason,
            until=None,
            now=context.now,
        )
    return ProposalSuccess(key=proposal_id)


def _giving(context: Context) -> Give:
    def give(rows: Rows, customers: Sequence[int]) -> None:
        give_again(rows, customers, context.house.language)

    return give
