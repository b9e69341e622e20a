"""Sessions of requests: an opaque token in a cookie or as a bearer; PostgreSQL knows its hash."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import asyncpg
import structlog
from starlette.requests import Request
from starlette.responses import Response

from api.auth.passwords import hash_in_a_thread, verify_password
from domain.shared.actor import Actor
from domain.shared.masks import Mask
from domain.shared.organisation import ACTOR_OF_ACCOUNT, ACTOR_OF_SESSION, actor_of
from domain.shared.sign_in import (
    SESSION_LASTS,
    Attempt,
    SignInRefusedError,
    end_session,
    set_first_password,
    sign_in,
    token_sha256,
)
from domain.shared.sign_in_addresses import counted_address
from domain.shared.unit_of_work import OpenUnitOfWork
from schema.root import CONTRACT

log = structlog.get_logger()

_KNOWN = frozenset(CONTRACT.permissions)
COOKIE = "yunge_session"
LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Credentials:
    """What a request carries. A bearer is no browser's doing, so it needs no proof against forged requests."""

    token: str | None
    is_bearer: bool
    host: str | None
    """Of the client; behind a proxy the server has put the real one there (`FORWARDED_ALLOW_IPS`)."""


def credentials_of(request: Request) -> Credentials:
    client = request.scope.get("client")
    host = client[0] if client else None
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return Credentials(bearer.strip()[:LONGEST_TOKEN], True, host)
    cookie = request.cookies.get(COOKIE)
    return Credentials(cookie[:LONGEST_TOKEN] if cookie else None, False, host)


def signed_in(row: Mapping[str, Any] | None) -> Actor | None:
    """The actor in a row. What his role names and this program does not know is told, and not granted."""
    actor = actor_of(row, _KNOWN)
    if actor is not None and row is not None:
        unknown = [name for name in row["permissions"] if name not in _KNOWN]
        if unknown:
            log.warning("role.permissions_not_known", role=actor.role, permissions=unknown)
        if row["mask"] not in Mask.__members__:
            log.warning("role.mask_not_known", role=actor.role, mask=row["mask"])
    return actor


async def actor_of_token(pool: asyncpg.Pool, token: str | None, today: date) -> Actor | None:
    """Who asks; rights are read anew each time."""
    if token is None:
        return None
    return signed_in(await pool.fetchrow(ACTOR_OF_SESSION, token_sha256(token), today))


@dataclass
class SessionDesk:
    """Signs in and out for one request and remembers what its cookie should become."""

    pool: asyncpg.Pool
    open_unit_of_work: OpenUnitOfWork
    credentials: Credentials
    today: date
    is_secure: bool
    _fresh: str | None = field(default=None, init=False)
    _is_ended: bool = field(default=False, init=False)

    async def sign_in(self, account: str, password: str) -> Actor:
        """A new token at each sign-in, in the place of the one that the browser held."""
        attempt = self._attempt(account, password)
        account_id = await sign_in(self.open_unit_of_work, attempt, verify_password, asyncio.sleep)
        return await self._begun(account_id, attempt)

    async def set_first_password(self, account: str, code: str, password: str) -> Actor:
        """The one-time code's only use; its session is the first there is."""
        attempt = self._attempt(account, code)
        account_id = await set_first_password(
            self.open_unit_of_work,
            attempt,
            verify_password,
            asyncio.sleep,
            password=password,
            hash_password=hash_in_a_thread,
        )
        return await self._begun(account_id, attempt)

    def _attempt(self, account: str, password: str) -> Attempt:
        address, token = counted_address(self.credentials.host), secrets.token_urlsafe(32)
        return Attempt(account[:LONGEST_TOKEN], password, address, token, self._held())

    async def _begun(self, account_id: int, attempt: Attempt) -> Actor:
        actor = signed_in(await self.pool.fetchrow(ACTOR_OF_ACCOUNT, account_id, self.today))
        if actor is None:
            raise SignInRefusedError
        self._fresh, self._is_ended = attempt.token, False
        return actor

    async def sign_out(self) -> bool:
        token = self._fresh or self.credentials.token
        self._fresh, self._is_ended = None, True
        if token is None:
            return False
        async with self.open_unit_of_work() as uow:
            return await end_session(uow, token)

    def _held(self) -> str | None:
        """The session that signing in replaces: the browser's own, or an earlier one of this very request."""
        return self._fresh or (None if self.credentials.is_bearer else self.credentials.token)

    def write_cookie(self, response: Response) -> None:
        """Set or clear the cookie as the operation left it."""
        if self._is_ended:
            response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=self.is_secure)
        elif self._fresh is not None:
            response.set_cookie(
                COOKIE,
                self._fresh,
                max_age=int(SESSION_LASTS.total_seconds()),
                path="/",
                httponly=True,
                samesite="strict",
                secure=self.is_secure,
            )
