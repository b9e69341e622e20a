"""Who a session was when it last asked: a hint for choosing a statement.

The statement itself looks whether that still holds (`domain/shared/organisation.py`), so nothing here is trusted: a
withdrawn right is gone with the next request, and a process that starts knows nobody and loses nothing but time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.shared.actor import Actor
from schema.view import View, values_of, view_of

MOST_SESSIONS = 10_000


@dataclass(frozen=True)
class Known:
    """An actor with what his statements need: the view, and what is bound with every request of his."""

    actor: Actor | None
    view: View
    values: dict[str, Any]


class KnownSessions:
    """The latest of each session, by the token's hash and the bank day."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, date], Known] = {}

    def find(self, token_sha256: bytes, today: date) -> Known | None:
        return self._known.get((token_sha256, today))

    def keep(self, token_sha256: bytes, today: date, actor: Actor) -> Known:
        if len(self._known) >= MOST_SESSIONS:
            self._known.clear()
        values = {**values_of(actor, today), "session_sha256": token_sha256}
        known = self._known[token_sha256, today] = Known(actor, view_of(actor), values)
        return known

    def forget(self, token_sha256: bytes, today: date) -> None:
        self._known.pop((token_sha256, today), None)


def nobody(today: date) -> Known:
    """Whoever is not signed in."""
    return Known(None, view_of(None), values_of(None, today))
