"""How answers leave: media type, headers, and errors without anything that is nobody's business."""

import traceback
from collections.abc import Iterable
from secrets import token_hex
from typing import Any

import asyncpg
import orjson
import sqlalchemy.exc
import structlog
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from schema.engine.errors import BadRequest, complaint
from schema.not_valid import wrong_argument
from schema.refusals import shown_in, words_of
from schema.words.wording import Language

log = structlog.get_logger()

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
AWAY = BadRequest(complaint("UNAVAILABLE"))
UNAVAILABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    OSError,
    TimeoutError,
)
"""The database is away, full, busy or too slow: worth another try with the same key."""


def accepted_type(request: Request) -> str | None:
    """What the client takes; None when it takes neither of ours."""
    accept = request.headers.get("accept", "*/*").lower()
    kinds = {part.partition(";")[0].strip() for part in accept.split(",")}
    if GRAPHQL_JSON in kinds:
        return GRAPHQL_JSON
    return PLAIN_JSON if kinds & {PLAIN_JSON, "application/*", "*/*", ""} else None


def answer(body: dict[str, Any], *, media_type: str = PLAIN_JSON, status: int = 200) -> Response:
    return answer_bytes(orjson.dumps(body), media_type=media_type, status=status)


def answer_bytes(body: bytes, *, media_type: str = PLAIN_JSON, status: int = 200) -> Response:
    content_type = f"{media_type}; charset=utf-8"
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Type": content_type}
    if status == 405:
        headers["Allow"] = "POST"
    return Response(body, status_code=status, headers=headers)


def refused_with(
    wrong: BadRequest, language: Language, *, media_type: str = PLAIN_JSON, status: int
) -> Response:
    """The request came to nothing before it ran, which is told in the language of whoever sent it."""
    return request_error(
        words_of(wrong, language), wrong.complaint.code, media_type=media_type, status=status
    )


def request_error(message: str, code: str, *, media_type: str = PLAIN_JSON, status: int = 400) -> Response:
    """The request came to nothing before it ran."""
    return answer(
        {"errors": [{"message": message, "extensions": {"code": code}}]}, media_type=media_type, status=status
    )


def client_errors(
    errors: Iterable[GraphQLError], operation: str, language: Language
) -> tuple[list[dict[str, Any]], bool]:
    """Errors as the client may see them, and whether one says that the database is away.

    What the client did wrong is said; a bug becomes a reference that is in the log. The log holds where it happened
    and the kind of exception, not its message: messages of drivers quote values.
    """
    shown: list[dict[str, Any]] = []
    is_away = False
    for error in errors:
        formatted = shown_in(error, language)
        cause = error.original_error
        if isinstance(error, BadRequest) or isinstance(cause, BadRequest):
            formatted["extensions"] = (cause if isinstance(cause, BadRequest) else error).extensions
            shown.append(formatted)
            continue
        if cause is None or isinstance(cause, GraphQLError):
            shown.append(shown_in(wrong_argument(error), language))
            continue
        cause = _as_the_driver_said(cause)
        away = isinstance(cause, UNAVAILABLE)
        is_away = is_away or away
        shown.append(_masked(formatted, cause, operation, words_of(AWAY, language) if away else None))
    return shown, is_away


def _as_the_driver_said(error: Exception) -> Exception:
    """What SQLAlchemy wrapped: its own kinds do not tell a hanging statement from a bug in one."""
    wrapped = getattr(error.orig, "__cause__", None) if isinstance(error, sqlalchemy.exc.DBAPIError) else None
    return wrapped.with_traceback(error.__traceback__) if isinstance(wrapped, Exception) else error


def _masked(formatted: dict[str, Any], cause: Exception, operation: str, away: str | None) -> dict[str, Any]:
    """`away` says that the database is, in words; None for a bug."""
    reference = token_hex(8)
    log.error(
        "operation.failed",
        reference=reference,
        operation=operation,
        path=".".join(str(part) for part in formatted.get("path", [])),
        kind=type(cause).__qualname__,
        where=[
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ],
    )
    formatted["message"] = away or "Unexpected error."
    formatted["extensions"] = {"code": "UNAVAILABLE" if away else "INTERNAL", "reference": reference}
    return formatted
