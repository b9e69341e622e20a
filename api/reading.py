"""Compiled documents: from variables to bytes with one statement, for whoever is known from his last request.

Gives None for whatever is not an answer without errors: variables that do not fit, a value that is missing, a view
for which the document cannot be compiled. The ordinary executor then answers and says what is wrong.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import asyncpg
import structlog

from api.answers import UNAVAILABLE
from api.auth.known import Known, KnownSessions, nobody
from api.auth.sessions import actor_of_token
from domain.shared.sign_in import token_sha256
from schema.documents import Document
from schema.engine.compiled.document import is_whole
from schema.engine.compiled.leaves import NotCompilable
from schema.engine.errors import BadRequest
from schema.rights import Forbidden, check_permissions

log = structlog.get_logger()


@dataclass(frozen=True)
class Reading:
    """Answers of compiled documents over one pool."""

    pool: asyncpg.Pool
    sessions: KnownSessions = field(default_factory=KnownSessions)

    async def answer(
        self, document: Document, variables: dict[str, Any], token: str | None, today: date
    ) -> bytes | None:
        """The body of the response. Raises Forbidden and Unauthenticated."""
        if document.compiled is None:
            return None
        sha256 = None if token is None else token_sha256(token)
        known = None if sha256 is None else self.sessions.find(sha256, today)
        if known is not None and sha256 is not None:
            found = await self._of_known(document, variables, known)
            if found is not None:
                return found if is_whole(found) else None
            # He is no longer who he was: look again, once.
            self.sessions.forget(sha256, today)
        known = await self._look(token, sha256, today)
        check_permissions(known.actor, document.permissions)
        found = await self._read(document, variables, known)
        return found if found is not None and is_whole(found) else None

    async def _of_known(self, document: Document, variables: dict[str, Any], known: Known) -> bytes | None:
        try:
            check_permissions(known.actor, document.permissions)
        except Forbidden:
            # What he may do is proven by a statement; what he may not has to be looked at.
            return None
        return await self._read(document, variables, known)

    async def _look(self, token: str | None, sha256: bytes | None, today: date) -> Known:
        actor = await actor_of_token(self.pool, token, today)
        if actor is None or sha256 is None:
            return nobody(today)
        return self.sessions.keep(sha256, today, actor)

    async def _read(self, document: Document, given: dict[str, Any], known: Known) -> bytes | None:
        """Null when the guard does not hold; text that is not whole when the ordinary executor has to answer."""
        assert document.compiled is not None
        variables = document.compiled.coerced(given)
        if variables is None:
            return _NOT_WHOLE
        try:
            statement = document.compiled.statement(known.view, variables)
            parameters = statement.parameters(variables, known.values)
            found: bytes | None = await self.pool.fetchval(statement.text, *parameters)
        except (BadRequest, NotCompilable):
            return _NOT_WHOLE
        except UNAVAILABLE:
            raise
        except Exception as error:
            # A bug in one field is that field's error: the ordinary executor masks it and answers the rest.
            log.error("document.failed", operation=document.name, kind=type(error).__qualname__)
            return _NOT_WHOLE
        return found


_NOT_WHOLE = b"\x01"
