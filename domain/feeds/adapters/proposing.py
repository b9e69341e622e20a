"""At the desk a description is put into service, and a source ended, by two persons: one proposes, another agrees.

On the command line one is enough, for whoever has the machine has the files as well
(docs/decisions/adapters-are-text.md).
"""

from datetime import date, datetime

from sqlalchemy import select, text
from sqlmodel import col

from domain.feeds.adapters.adding import check_folder, keep_version, newest_version
from domain.feeds.adapters.errors import AdapterNotFound
from domain.feeds.adapters.parsing import parse
from domain.feeds.permissions import DESCRIBE_FEEDS, RELEASE_FEEDS
from domain.shared.parameter_models import Proposal
from domain.shared.permissions import VIEW_NIGHTS
from domain.shared.proposals import Change, Decided, Json, ProposalKind
from domain.shared.unit_of_work import UnitOfWork

ADAPTER = "adapter"
"""The name of the kind."""


def adapter_change(written: str) -> Change:
    """What is proposed: a text that describes the files of its source from its day on. Raises AdapterNotValid."""
    adapter = parse(written)
    check_folder(adapter, written)
    after = {"text": written, "from_on": adapter.from_on.isoformat()}
    return Change(f"FeedAdapter:{adapter.feed_name}/{adapter.source}", after)


def retirement(feed: str, source: str, from_on: date) -> Change:
    """What is proposed: that a source bring nothing more from a day on."""
    return Change(f"FeedAdapter:{feed}/{source}", {"text": None, "from_on": from_on.isoformat()})


def _of(change: Change) -> tuple[str, str]:
    feed, _, source = change.subject.removeprefix("FeedAdapter:").partition("/")
    return feed, source


async def _check(uow: UnitOfWork, change: Change, _now: datetime) -> None:
    """A later release may read a text no more that an earlier one took."""
    written = change.after["text"]
    if written is not None:
        check_folder(parse(written), written)
        return
    before = await newest_version(uow, *_of(change))
    if before is None or before.text is None:
        raise AdapterNotFound


async def _present(uow: UnitOfWork, change: Change) -> Json:
    before = await newest_version(uow, *_of(change))
    if before is None:
        return {"version": None, "text": None, "from_on": None}
    return {"version": before.id, "text": before.text, "from_on": before.from_on.isoformat()}


async def _changes(_uow: UnitOfWork, change: Change, present: Json) -> bool:
    return bool(change.after["text"] != present["text"])


async def _apply(uow: UnitOfWork, decided: Decided) -> None:
    change = decided.change
    feed, source = _of(change)
    proposed_by = await uow.session.scalar(
        select(col(Proposal.proposed_by_id)).where(col(Proposal.id) == decided.proposal_id)
    )
    assert proposed_by is not None
    now = await uow.session.scalar(text("select now()"))
    assert isinstance(now, datetime)
    await keep_version(
        uow,
        decided.decided_by.principal,
        feed,
        source,
        change.after["text"],
        from_on=date.fromisoformat(change.after["from_on"]),
        reason=decided.reason,
        added_by_id=proposed_by,
        now=now,
        proposal_id=decided.proposal_id,
    )


ADAPTER_KIND = ProposalKind(
    ADAPTER, VIEW_NIGHTS, DESCRIBE_FEEDS, RELEASE_FEEDS, _check, _present, _apply, _changes
)
