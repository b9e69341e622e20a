"""Adding a version of a description, and ending a source; both with a reason and an audit row.

On the command line one person may do it, at the desk two (`proposing`): what a wrong description would take in is held
like any file that empties, halves or doubles a feed, and another version reads the same files anew
(docs/decisions/adapters-are-text.md).
"""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import Adapter
from domain.feeds.adapters.errors import (
    AdapterNotAllowed,
    AdapterNotFound,
    AdapterReasonMissing,
    AdapterUnchanged,
)
from domain.feeds.adapters.lines_of_text import line_at, lines_of
from domain.feeds.adapters.parsing import parse
from domain.feeds.models import FeedAdapter
from domain.feeds.permissions import DESCRIBE_FEEDS
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.principal import Principal
from domain.shared.unit_of_work import UnitOfWork

LONGEST_REASON = 500


async def add_adapter(
    uow: UnitOfWork,
    actor: Actor,
    text: str,
    *,
    key: UUID,
    reason: str,
    now: datetime,
    is_from_shell: bool = False,
) -> int:
    """Keep a version; gives its id, once for each key. Raises AdapterNotValid with all that is wrong.

    Folders outside of the landing folder are named on the machine itself alone (`is_from_shell`): whoever has a page
    has no business with the files of the machine.
    """

    async def act() -> Answer:
        _check(actor, reason)
        adapter = parse(text)
        if not is_from_shell:
            check_folder(adapter, text)
        before = await newest_version(uow, adapter.feed_name, adapter.source)
        if before is not None and before.text == text:
            raise AdapterUnchanged
        kept = await keep_version(
            uow,
            actor.principal,
            adapter.feed_name,
            adapter.source,
            text,
            from_on=adapter.from_on,
            reason=reason,
            added_by_id=actor.staff_id,
            now=now,
        )
        return {"adapter": kept}

    body = {"text": text, "reason": reason}
    answer = await answer_once(uow, by=actor.principal, key=key, operation="add_adapter", body=body, act=act)
    return int(answer["adapter"])


async def retire_adapter(
    uow: UnitOfWork,
    actor: Actor,
    feed: str,
    source: str,
    *,
    key: UUID,
    from_on: date,
    reason: str,
    now: datetime,
) -> int:
    """From a day on a source brings nothing more; what it brought stays. Gives the id of the row that says so."""

    async def act() -> Answer:
        _check(actor, reason)
        before = await newest_version(uow, feed, source)
        if before is None or before.text is None:
            raise AdapterNotFound
        kept = await keep_version(
            uow,
            actor.principal,
            feed,
            source,
            None,
            from_on=from_on,
            reason=reason,
            added_by_id=actor.staff_id,
            now=now,
        )
        return {"adapter": kept}

    body = {"feed": feed, "source": source, "from": from_on.isoformat(), "reason": reason}
    answer = await answer_once(
        uow, by=actor.principal, key=key, operation="retire_adapter", body=body, act=act
    )
    return int(answer["adapter"])


def _check(actor: Actor, reason: str) -> None:
    if not actor.can(DESCRIBE_FEEDS) or actor.staff_id is None:
        raise AdapterNotAllowed
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise AdapterReasonMissing


def check_folder(adapter: Adapter, text: str) -> None:
    """Of what comes from a page: no folder outside of the landing folder."""
    folder = adapter.file.folder
    if folder is not None and folder.text.startswith("/"):
        line = line_at(lines_of(text), ("file", "folder"))
        raise said.AdapterNotValid([said.FOLDER_OUTSIDE(line=line, folder=folder.text[:200])])


async def newest_version(uow: UnitOfWork, feed: str, source: str) -> FeedAdapter | None:
    """The version with the latest day; locked, so that of two who add at once the later sees the other's."""
    found: FeedAdapter | None = await uow.session.scalar(
        select(FeedAdapter)
        .where(col(FeedAdapter.feed) == feed, col(FeedAdapter.source) == source)
        .order_by(col(FeedAdapter.from_on).desc(), col(FeedAdapter.id).desc())
        .limit(1)
        .with_for_update()
    )
    return found


async def keep_version(
    uow: UnitOfWork,
    by: Principal,
    feed: str,
    source: str,
    text: str | None,
    *,
    from_on: date,
    reason: str,
    added_by_id: int,
    now: datetime,
    proposal_id: int | None = None,
) -> int:
    """Write a version with its audit row; gives its id. Without a text the source ends, not before its last version."""
    before = await newest_version(uow, feed, source)
    if text is None and before is not None:
        from_on = max(from_on, before.from_on)
    row = FeedAdapter(
        feed=feed,
        source=source,
        from_on=from_on,
        text=text,
        reason=reason.strip(),
        added_by_id=added_by_id,
        added_at=now,
        replaces_id=None if before is None else before.id,
        proposal_id=proposal_id,
    )
    uow.session.add(row)
    await uow.session.flush()
    assert row.id is not None
    await record(
        uow,
        by=by,
        action="feed.retired" if text is None else "feed.described",
        subject=f"FeedAdapter:{row.id}",
        feed=feed,
        source=source,
        **{"from": from_on.isoformat()},
        sha256=None if text is None else sha256(text.encode()).hexdigest(),
        replaces=row.replaces_id,
        reason=row.reason,
    )
    return row.id
