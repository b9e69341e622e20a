"""Imports at the desk: one brings a list and sees the dry run, another carries it out, and neither gains by it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from domain.shared.actor import Actor
from domain.shared.apart import in_a_thread
from domain.shared.audit import record
from domain.shared.files.using import checked_file, use_file
from domain.shared.idempotency import Answer, answer_once
from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.errors import (
    ImportKindNotKnown,
    ImportNeedsAnother,
    ImportNotFound,
    ImportOfAnother,
)
from domain.shared.imports.keeping import Kept, Wanted, import_of, keep_wanted
from domain.shared.imports.kinds import ImportKind, kind_named
from domain.shared.imports.own_scope import no_wider_scope
from domain.shared.imports.withdrawing import withdraw_import
from domain.shared.outbox import Job
from domain.shared.permissions import DECIDE_IMPORTS
from domain.shared.principal import PrincipalKind
from domain.shared.rows import Rows, SessionRows
from domain.shared.unit_of_work import UnitOfWork

TRY = "imports.try"
PURPOSE = "import"

Kinds = Sequence[ImportKind]


async def try_list(
    uow: UnitOfWork,
    actor: Actor,
    kinds: Kinds,
    kind_name: str,
    file_id: UUID | None,
    *,
    day: date,
    is_whole: bool,
    datum: str | None = None,
    key: UUID,
) -> int:
    """Have a worker try a file that the actor sent; gives the import's id. Raises the refusals of files by their id."""

    async def act() -> Answer:
        kind = _known(kinds, kind_name)
        file = await checked_file(uow, file_id or UUID(int=0), purpose=PURPOSE, staff_id=actor.staff_id)
        ends_others = is_whole and not kind.only_adds
        wanted = Wanted(kind.name, file.name, file.sent_sha256, day, ends_others, file.id, datum)
        import_id = await _in_session(uow, lambda rows: keep_wanted(rows, wanted, actor.principal))
        await use_file(uow, file.id, by=f"Import:{import_id}")
        uow.outbox.add(Job(TRY, key=f"import:{import_id}", args={"import": import_id}))
        subject = f"Import:{import_id}"
        await record(uow, by=actor.principal, action="import.brought", subject=subject, kind=kind.name)
        return {"import": import_id}

    body = {"kind": kind_name, "file": str(file_id), "day": day.isoformat(), "is_whole": is_whole}
    body |= {} if datum is None else {"datum": datum}
    return await _once(uow, actor, key, "tryImport", body, act)


async def apply_list(
    uow: UnitOfWork, actor: Actor, kinds: Kinds, import_id: int | None, *, reason: str, key: UUID
) -> int:
    """Carry out what another brought; gives the import's id. Raises the refusals of imports."""

    def apply(rows: Rows) -> None:
        kept = import_of(rows, import_id or 0)
        _check_two(rows, kept, actor.staff_id)
        both = [one for one in (kept.actor_id, actor.staff_id) if one is not None]
        with no_wider_scope(rows, both, kept.day):
            apply_import(rows, _known(kinds, kept.kind), kept.id, by=actor.principal, reason=reason)

    async def act() -> Answer:
        await in_a_thread(uow.session, apply)
        return {"import": import_id}

    return await _once(uow, actor, key, "applyImport", {"import": import_id, "reason": reason}, act)


async def undo_list(
    uow: UnitOfWork, actor: Actor, kinds: Kinds, import_id: int | None, *, today: date, key: UUID
) -> int:
    """Bring back what was there before; gives the import's id. Raises the refusals of imports."""

    def undo(rows: Rows) -> None:
        kept = import_of(rows, import_id or 0)
        _check_gain(rows, kept.id, [actor.staff_id], is_undone=True)
        with no_wider_scope(rows, [actor.staff_id], kept.day):
            undo_import(rows, _known(kinds, kept.kind), kept.id, by=actor.principal, today=today)

    async def act() -> Answer:
        await in_a_thread(uow.session, undo)
        return {"import": import_id}

    return await _once(uow, actor, key, "undoImport", {"import": import_id}, act)


async def withdraw_list(uow: UnitOfWork, actor: Actor, import_id: int | None, *, key: UUID) -> int:
    """Drop what waits for a second person; gives the import's id. Whoever brought it may, and whoever decides."""

    def withdraw(rows: Rows) -> None:
        kept = import_of(rows, import_id or 0)
        is_own = (kept.actor_kind, kept.actor_id) == (PrincipalKind.STAFF, actor.staff_id)
        if not is_own and not actor.can(DECIDE_IMPORTS):
            raise ImportOfAnother
        withdraw_import(rows, kept.id, by=actor.principal)

    async def act() -> Answer:
        await _in_session(uow, withdraw)
        return {"import": import_id}

    return await _once(uow, actor, key, "withdrawImport", {"import": import_id}, act)


_GAIN = """
select 1 from import_changes c join imports i on i.id = c.import_id
  join staff s on s.id = any(cast(%(whose)s as bigint[]))
 where c.import_id = %(id)s
   and (i.kind = 'staff' and c.key[1] = s.number
        and (c.before -> 'unit', c.before -> 'duty', c.before -> 'role', c.before -> 'to_on')
            is distinct from (c.after -> 'unit', c.after -> 'duty', c.after -> 'role', c.after -> 'to_on')
        or i.kind <> 'staff' and s.number = case when %(is_undone)s then c.before else c.after end ->> 'staff')
 limit 1
"""


def _check_two(rows: Rows, kept: Kept, carries_out: int) -> None:
    """What a night brought is nobody's: one person who gains nothing by it is enough."""
    if kept.is_of_a_night:
        _check_gain(rows, kept.id, [carries_out], is_undone=False)
        return
    brought = kept.actor_id
    if brought is None or brought == carries_out:
        raise ImportNeedsAnother
    _check_gain(rows, kept.id, (brought, carries_out), is_undone=False)


def _check_gain(rows: Rows, import_id: int, whose: Sequence[int], *, is_undone: bool) -> None:
    """An undoing gives back what the list took: that is a change of one's own rights as much as the list was."""
    if rows.execute(_GAIN, {"id": import_id, "whose": list(whose), "is_undone": is_undone}):
        raise ImportNeedsAnother


def _known(kinds: Kinds, name: str) -> ImportKind:
    kind = kind_named(kinds, name)
    if kind is None:
        raise ImportKindNotKnown(name, " ".join(one.name for one in kinds))
    return kind


async def _in_session(uow: UnitOfWork, act: Callable[[Rows], Any]) -> Any:
    def run(session: Session) -> Any:
        return act(SessionRows(session))

    return await uow.session.run_sync(run)


async def _once(
    uow: UnitOfWork, actor: Actor, key: UUID, operation: str, body: dict[str, Any], act: Any
) -> int:
    answer = await answer_once(uow, by=actor.principal, key=key, operation=operation, body=body, act=act)
    if answer["import"] is None:
        raise ImportNotFound
    return int(answer["import"])
