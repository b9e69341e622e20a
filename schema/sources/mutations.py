"""Trying a text on a file, proposing it, and noting or ending the basis of an outside feed."""

from typing import Any
from uuid import UUID

import strawberry

from domain.feeds.adapters.proposing import ADAPTER_KIND, adapter_change, retirement
from domain.feeds.adapters.trials import ask_trial
from domain.feeds.noting import Basis, end_once, renew_once
from domain.feeds.permissions import DESCRIBE_FEEDS, RELEASE_FEEDS
from domain.shared.proposals import Change, propose
from schema.context import Context, Info
from schema.engine.keys import key_of
from schema.parameters.types import ProposalResult, ProposalSuccess
from schema.permissions import write
from schema.sources.answers import feed_of
from schema.sources.queries import feeds_now, trial_named
from schema.sources.types import (
    EndSourceInput,
    ProposeAdapterInput,
    ProposeRetirementInput,
    RenewSourceInput,
    SourceResult,
    SourceSuccess,
    TryAdapterInput,
    TryAdapterResult,
    TryAdapterSuccess,
)


@strawberry.type
class SourceMutations:
    @write(DESCRIBE_FEEDS, "Has a worker read a file by a text; nothing of it is loaded.")
    async def try_adapter(self, info: Info, input: TryAdapterInput) -> TryAdapterResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            file_id = key_of(input.file_id, "StoredFile", UUID)
            key = await ask_trial(uow, context.who(), input.text, file_id, key=input.idempotency_key)
        trial = await trial_named(context, key)
        assert trial is not None
        return TryAdapterSuccess(trial=trial)

    @write(DESCRIBE_FEEDS, "Proposes a version of a description; another person decides.")
    async def propose_adapter(self, info: Info, input: ProposeAdapterInput) -> ProposalResult:
        change = adapter_change(input.text)
        return await _propose(info.context, change, input.reason, input.idempotency_key)

    @write(DESCRIBE_FEEDS, "Proposes that a source bring nothing more from a day on.")
    async def propose_retirement(self, info: Info, input: ProposeRetirementInput) -> ProposalResult:
        change = retirement(input.feed, input.source, input.from_on)
        return await _propose(info.context, change, input.reason, input.idempotency_key)

    @write(RELEASE_FEEDS, "Notes on what an outside feed is held.")
    async def renew_source(self, info: Info, input: RenewSourceInput) -> SourceResult:
        context = info.context
        basis: Any = input.basis
        noted = Basis(basis.name, input.purpose, input.document, input.from_on, input.until_on, input.told_by)
        async with context.open_unit_of_work() as uow:
            await renew_once(
                uow, context.who(), input.feed, noted, today=context.today, key=input.idempotency_key
            )
        return await _as_it_stands(context, input.feed)

    @write(
        RELEASE_FEEDS, "Ends every basis of an outside feed as of today; the next night closes what it told."
    )
    async def end_source(self, info: Info, input: EndSourceInput) -> SourceResult:
        context = info.context
        async with context.open_unit_of_work() as uow:
            await end_once(
                uow,
                context.who(),
                input.feed,
                input.reason,
                today=context.today,
                key=input.idempotency_key,
                told_by=input.told_by,
            )
        return await _as_it_stands(context, input.feed)


async def _propose(context: Context, change: Change, reason: str, key: UUID) -> ProposalSuccess:
    async with context.open_unit_of_work() as uow:
        proposal_id = await propose(
            uow,
            context.who(),
            ADAPTER_KIND,
            change,
            key=key,
            reason=reason,
            until=None,
            now=context.now,
        )
    return ProposalSuccess(key=proposal_id)


async def _as_it_stands(context: Context, feed: str) -> SourceSuccess:
    found = next(one for one in await feeds_now(context) if one.feed.name == feed)
    return SourceSuccess(feed=feed_of(found, context.language))
