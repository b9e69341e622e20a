"""Noting, renewing and ending the basis of an outside feed: rows of `sources`, each with its audit row."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from domain.feeds.bases import BASES, IN_FORCE
from domain.feeds.checks import LONGEST_CODE_BYTES
from domain.feeds.contracts import FEEDS
from domain.feeds.errors import (
    SourceBasisUnknown,
    SourceDaysNotValid,
    SourceHasNoParties,
    SourceNotAllowed,
    SourceNotOutside,
    SourcePartyMissing,
    SourceTextMissing,
    SourceWithoutBasis,
)
from domain.feeds.permissions import RELEASE_FEEDS
from domain.shared.actor import Actor
from domain.shared.audit import record
from domain.shared.idempotency import Answer, answer_once
from domain.shared.unit_of_work import UnitOfWork

LONGEST = 500


@dataclass(frozen=True)
class Basis:
    """What is noted of a source: one of `BASES`, the purpose and the document in the bank's words, and the days."""

    basis: str
    purpose: str
    document: str
    from_on: date
    until_on: date
    told_by: str | None = None
    """Whose facts, of a feed that carries what several third parties tell."""


async def renew_source(uow: UnitOfWork, actor: Actor, feed: str, noted: Basis, *, today: date) -> int:
    """Note on what a feed is held from a day on; gives the row's id. Raises the refusals of `errors.py`."""
    _check_may(actor, feed)
    told_by = _party(feed, noted.told_by)
    if noted.basis not in BASES:
        raise SourceBasisUnknown(noted.basis)
    for written in (noted.purpose, noted.document):
        if not 0 < len(written.strip()) <= LONGEST:
            raise SourceTextMissing
    if noted.until_on < noted.from_on or noted.until_on < today:
        raise SourceDaysNotValid(noted.from_on, noted.until_on)
    found = await uow.session.execute(
        text(
            "insert into sources (feed, told_by, basis, purpose, document, from_on, until_on, noted_by_id)"
            " values (:feed, :told_by, :basis, :purpose, :document, :from_on, :until_on, :by) returning id"
        ),
        {
            "feed": feed,
            "told_by": told_by,
            "basis": noted.basis,
            "purpose": noted.purpose.strip(),
            "document": noted.document.strip(),
            "from_on": noted.from_on,
            "until_on": noted.until_on,
            "by": actor.staff_id,
        },
    )
    number = int(found.scalar_one())
    days = {"from_on": noted.from_on.isoformat(), "until_on": noted.until_on.isoformat()}
    detail = {"basis": noted.basis, "purpose": noted.purpose, "document": noted.document, **days}
    await record(uow, by=actor.principal, action="source.renewed", subject=_subject(feed, told_by), **detail)
    return number


async def end_source(
    uow: UnitOfWork, actor: Actor, feed: str, reason: str, *, today: date, told_by: str | None = None
) -> int:
    """End every basis of a feed as of today, or those of one third party, those to come too; the next night closes what
    was told. Gives how many."""
    _check_may(actor, feed)
    party = None if told_by is None else _party(feed, told_by)
    if not 0 < len(reason.strip()) <= LONGEST:
        raise SourceTextMissing
    ended = await uow.session.execute(
        text(
            "update sources set ended_on = :today, ended_reason = :reason, ended_by_id = :by"
            " where feed = :feed and (cast(:told_by as varchar) is null or told_by = :told_by)"
            " and ended_on is null and until_on >= :today returning id"
        ),
        {"feed": feed, "told_by": party, "today": today, "reason": reason.strip(), "by": actor.staff_id},
    )
    count = len(ended.all())
    if not count:
        raise SourceWithoutBasis(feed if party is None else f"{feed}/{party}")
    await record(
        uow,
        by=actor.principal,
        action="source.ended",
        subject=_subject(feed, party),
        reason=reason.strip(),
        rows=count,
    )
    return count


async def renew_once(
    uow: UnitOfWork, actor: Actor, feed: str, noted: Basis, *, today: date, key: UUID
) -> None:
    """`renew_source` for who may send twice: once for each key."""

    async def act() -> Answer:
        return {"source": await renew_source(uow, actor, feed, noted, today=today)}

    body = {"feed": feed, **{name: str(value) for name, value in vars(noted).items()}}
    await answer_once(uow, by=actor.principal, key=key, operation="renewSource", body=body, act=act)


async def end_once(
    uow: UnitOfWork,
    actor: Actor,
    feed: str,
    reason: str,
    *,
    today: date,
    key: UUID,
    told_by: str | None = None,
) -> None:
    """`end_source` for who may send twice: once for each key."""

    async def act() -> Answer:
        return {"ended": await end_source(uow, actor, feed, reason, today=today, told_by=told_by)}

    body = {"feed": feed, "reason": reason} | ({} if told_by is None else {"told_by": told_by})
    await answer_once(uow, by=actor.principal, key=key, operation="endSource", body=body, act=act)


def _check_may(actor: Actor, feed: str) -> None:
    if not actor.can(RELEASE_FEEDS):
        raise SourceNotAllowed
    if feed not in FEEDS or not FEEDS[feed].is_outside:
        raise SourceNotOutside(feed, ", ".join(one.name for one in FEEDS.values() if one.is_outside))


def _party(feed: str, told_by: str | None) -> str | None:
    """The third party's name in the form in which files are read. Raises the refusals of one that is missing or of no
    use."""
    if FEEDS[feed].told_by is None:
        if told_by is not None:
            raise SourceHasNoParties(feed)
        return None
    name = unicodedata.normalize("NFKC", told_by or "").strip()
    if not name or len(name.encode()) > LONGEST_CODE_BYTES:
        raise SourcePartyMissing(feed)
    return name


def _subject(feed: str, told_by: str | None) -> str:
    return f"Source:{feed}" if told_by is None else f"Source:{feed}/{told_by}"


LISTED = f"""
select s.feed, s.told_by, s.basis, s.purpose, s.document, s.from_on, s.until_on, s.ended_on, s.ended_reason, staff.name,
       s.is_held
  from (select *, {IN_FORCE} as is_held from sources) s left join staff on staff.id = s.noted_by_id
 order by s.feed, s.told_by, s.from_on, s.id
"""  # noqa: S608
"""Every row with who noted it, and whether it carries `%(day)s`."""
