"""What an operation is given: who asks, when, and the ways to read and write."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import strawberry

from domain.shared.actor import Actor
from domain.shared.at_once import CarryOut
from domain.shared.calendar import bank_day
from domain.shared.files.storage import Storage
from domain.shared.rooms import House
from domain.shared.unit_of_work import OpenUnitOfWork
from schema.engine.plans import Plans
from schema.house import HOUSE
from schema.words.wording import Language

SignIn = Callable[[str, str], Awaitable[Actor]]
SetFirstPassword = Callable[[str, str, str], Awaitable[Actor]]
SignOut = Callable[[], Awaitable[bool]]
Sign = Callable[[str, str], bytes]
"""(purpose, what is signed) -> 32 bytes that nobody else can make."""
Fetch = Callable[[str, list[object]], Awaitable[str | None]]
"""Runs one statement with its parameters and gives its only value, a JSON text."""


def signs_nothing(_purpose: str, _content: str) -> bytes:
    raise RuntimeError("this context was made without a way to sign")


@dataclass
class Context:
    """One request. `actor` is None for nobody; signing in replaces it, so that the answer is the new viewer's."""

    actor: Actor | None
    now: datetime
    open_unit_of_work: OpenUnitOfWork
    carry_out: CarryOut
    fetch: Fetch
    sign_in_with: SignIn
    sign_out_of: SignOut
    plans: Plans | None = None
    """The statements that the document has so far; None for a document that is not kept."""
    landing: Path | None = None
    """The bank's folder, where this process may see it."""
    storage: Storage | None = None
    """Where files that people send are put."""
    sign: Sign = signs_nothing
    set_first_password_with: SetFirstPassword | None = None
    hash_password: Callable[[str], Awaitable[str]] | None = None
    house: House = HOUSE
    language: Language = Language.CHINESE
    """In which refusals are worded."""

    @property
    def today(self) -> date:
        return bank_day(self.now)

    def who(self) -> Actor:
        """The actor of an operation whose permission was checked before it began."""
        assert self.actor is not None, "the permission check lets nobody through"
        return self.actor


Info = strawberry.Info[Context, None]
