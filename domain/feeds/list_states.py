"""What nights have brought of one kind of list: the latest, and whether it is settled."""

from dataclasses import dataclass
from datetime import datetime

from domain.feeds import statements as said
from domain.shared.imports.keeping import keep_refused
from domain.shared.imports.models import ImportState
from domain.shared.rows import Rows

_LAST = """
select id, state, file_sha256 from imports
 where kind = %(kind)s and night_run_id is not null order by id desc limit 1
"""


@dataclass(frozen=True)
class NightImport:
    """`sha256` is the fingerprint of the state of the feed that it was made of."""

    id: int
    state: ImportState
    sha256: bytes

    @property
    def is_settled(self) -> bool:
        """Carried out, or taken back by somebody: neither is done again."""
        return self.state in (ImportState.APPLIED, ImportState.UNDONE)

    @property
    def was_refused(self) -> bool:
        return self.state is ImportState.REFUSED


@dataclass(frozen=True)
class ListRead:
    """The latest import that nights made of a feed, for people."""

    feed: str
    id: int
    state: ImportState
    file_name: str
    new: int
    changed: int
    ended: int
    same: int
    refused: int
    brought_at: datetime


_LATEST = """
select distinct on (kind) kind, id, state, file_name, new_rows, changed_rows, ended_rows, same_rows, refused_rows,
       tried_at
  from imports where night_run_id is not null order by kind, id desc
"""


def latest_lists(rows: Rows) -> dict[str, ListRead]:
    """By feed; nothing of a feed by which no night imported anything."""
    return {
        feed: ListRead(feed, import_id, ImportState(state), *others)
        for feed, import_id, state, *others in rows.execute(_LATEST)
    }


def last_of(rows: Rows, kind: str) -> NightImport | None:
    found = rows.execute(_LAST, {"kind": kind})
    if not found:
        return None
    import_id, state, sha256 = found[0]
    return NightImport(import_id, ImportState(state), bytes(sha256))


def superseded(rows: Rows, last: NightImport | None, by_id: int | None) -> None:
    """One that still waits for a person has lost its day: another does it, or nobody wants it any more."""
    if last is not None and last.state is ImportState.TRIED:
        refusal = said.LIST_OVER() if by_id is None else said.LIST_SUPERSEDED(number=by_id)
        keep_refused(rows, last.id, refusal)
