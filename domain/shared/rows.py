"""The same statements over a psycopg connection (the night) and inside a mutation's session (a cut)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from domain.shared.night import Connection

Parameters = Mapping[str, Any]
Found = tuple[Any, ...]


class Rows(Protocol):
    """Runs statements whose parameters are written `%(name)s`. Casts are written `cast(x as type)`."""

    def execute(self, query: str, parameters: Parameters | None = None) -> list[Found]: ...

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Found]: ...


class NightRows:
    """Over the connection of a step; large answers are streamed by a cursor on the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, query: str, parameters: Parameters | None = None) -> list[Found]:
        cursor = self._connection.execute(query.encode(), parameters or {})
        return cursor.fetchall() if cursor.description else []

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Found]:
        with self._connection.cursor(name="identity_stream") as cursor:
            cursor.itersize = 20_000
            cursor.execute(query.encode(), parameters or {})
            yield from cursor


def for_a_session(query: str) -> TextClause:
    return text(re.sub(r"%\((\w+)\)s", r":\1", query))


class SessionRows:
    """Inside a mutation: one customer's worth of rows, so nothing is streamed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def execute(self, query: str, parameters: Parameters | None = None) -> list[Found]:
        result = self._session.execute(for_a_session(query), dict(parameters or {}))
        return [tuple(row) for row in result] if result.returns_rows else []  # type: ignore[attr-defined]

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Found]:
        yield from self.execute(query, parameters)
