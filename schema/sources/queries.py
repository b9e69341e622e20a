"""The feeds as they stand, the versions of a description, and a text that is checked or tried."""

import strawberry

from domain.feeds.adapters.template import template
from domain.feeds.contracts import FEEDS
from domain.feeds.overview import FeedRead, read_feeds, read_versions
from domain.feeds.permissions import DESCRIBE_FEEDS
from domain.shared.permissions import VIEW_NIGHTS
from domain.shared.rows import Rows
from schema.context import Context, Info
from schema.global_ids import key_named
from schema.permissions import read
from schema.plans.queries import ask, values_in_force
from schema.sources.answers import adapter_of, check_of, feed_of, trial_of
from schema.sources.types import AdapterCheck, FeedAdapter, FeedOverview, FeedTrial

_TRIAL = """
select id, state, file_name, found, refusal from feed_trials where id = %(id)s and asked_by_id = %(staff)s
"""


async def feeds_now(context: Context) -> list[FeedRead]:
    def question(rows: Rows) -> list[FeedRead]:
        return read_feeds(rows, values_in_force(context, rows), now=context.now, today=context.today)

    return await ask(context, question)


async def trial_named(context: Context, key: int | None) -> FeedTrial | None:
    """One's own; nobody sees what another tries."""
    given = {"id": key, "staff": context.who().staff_id}
    found = await ask(context, lambda rows: rows.execute(_TRIAL, given))
    return trial_of(found[0], context.language) if found else None


@strawberry.type
class SourceQueries:
    @read(VIEW_NIGHTS, "数据源, in the order of the contracts.")
    async def feed_overviews(self, info: Info) -> list[FeedOverview]:
        return [feed_of(one, info.context.language) for one in await feeds_now(info.context)]

    @read(VIEW_NIGHTS, "The versions of a source's description, the last added first.")
    async def feed_adapters(self, info: Info, feed: str, source: str) -> list[FeedAdapter]:
        found = await ask(info.context, lambda rows: read_versions(rows, feed, source))
        return [adapter_of(one) for one in found]

    @read(DESCRIBE_FEEDS, "A description to begin with; null where there is no such feed.")
    async def adapter_template(self, info: Info, feed: str) -> str | None:
        contract = FEEDS.get(feed)
        return None if contract is None else template(contract, info.context.today.isoformat())

    @read(DESCRIBE_FEEDS, "What a text says, or what is wrong with it by line. Nothing is kept.")
    async def adapter_check(self, info: Info, text: str) -> AdapterCheck:
        return check_of(text, info.context.language)

    @read(DESCRIBE_FEEDS, "What came of a trial that the viewer asked for; null for any other.")
    async def feed_trial(self, info: Info, id: strawberry.ID) -> FeedTrial | None:
        return await trial_named(info.context, key_named(id, "FeedTrial"))
