"""请求体闸门: what a body must be before anything reads it. Odd bodies are 4xx, never 500."""

import asyncio
import json
from typing import Any

from starlette.requests import ClientDisconnect, Request

from schema.documents import BAD_TEXT
from schema.engine.errors import BadRequest, Complaint, Value, complaint

BODY_TAKES_AT_MOST_SECONDS = 10.0
LARGEST_BODY = 64 * 1024
DEEPEST = 24
LONGEST_NUMBER = 40
_NO_JSON = complaint("BAD_JSON")
_NO_OBJECT = complaint("BAD_BODY", "BODY_NO_OBJECT")
_CONTENT_TYPE = complaint("BAD_CONTENT_TYPE")
_CHARSET = complaint("BAD_CONTENT_TYPE", "BAD_CHARSET")
_COMPRESSED = complaint("BAD_CONTENT_ENCODING")
_TOO_LARGE = complaint("BODY_TOO_LARGE", takes=("most",))
_TOO_SLOW = complaint("BODY_TOO_SLOW", takes=("seconds",))
_INCOMPLETE = complaint("BODY_INCOMPLETE")
_NO_UTF_8 = complaint("BAD_ENCODING")
_TOO_DEEP = complaint("TOO_DEEP", "BODY_TOO_DEEP", takes=("most",))


class NotAcceptable(BadRequest):
    """The body is refused with this status."""

    def __init__(self, status: int, complaint: Complaint, **values: Value) -> None:
        super().__init__(complaint, **values)
        self.status = status


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of a request."""
    _check_headers(request)
    text = _decode(await _read(request))
    _check_depth(text)
    try:
        body = json.loads(text, parse_int=_integer, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise NotAcceptable(400, _NO_JSON) from None
    if not isinstance(body, dict):
        raise NotAcceptable(400, _NO_OBJECT)
    if "\\u" in text and not _is_text(body):
        raise NotAcceptable(400, BAD_TEXT)
    return body


def _check_headers(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")
    if kind[0].strip().lower() != "application/json":
        raise NotAcceptable(415, _CONTENT_TYPE)
    charset = kind[2].strip().lower().replace('"', "").replace(" ", "")
    if charset and charset not in {"charset=utf-8", "charset=utf8"}:
        raise NotAcceptable(415, _CHARSET)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise NotAcceptable(415, _COMPRESSED)
    length = request.headers.get("content-length")
    if length is not None and (not length.isdigit() or int(length[:12]) > LARGEST_BODY):
        raise NotAcceptable(413, _TOO_LARGE, most=LARGEST_BODY // 1024)


async def _read(request: Request) -> bytes:
    """Counts and looks at the clock while it reads, so that an endless body ends here, and so does one by drops."""
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_TAKES_AT_MOST_SECONDS):
            async for chunk in request.stream():
                read += chunk
                if len(read) > LARGEST_BODY:
                    raise NotAcceptable(413, _TOO_LARGE, most=LARGEST_BODY // 1024)
    except TimeoutError:
        raise NotAcceptable(408, _TOO_SLOW, seconds=round(BODY_TAKES_AT_MOST_SECONDS)) from None
    except ClientDisconnect:
        raise NotAcceptable(400, _INCOMPLETE) from None
    return bytes(read)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotAcceptable(400, _NO_UTF_8) from None


def _check_depth(text: str) -> None:
    """Brackets outside strings, counted before the parser recurses into them."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth, in_string, escaped = 0, False, False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > DEEPEST:
                raise NotAcceptable(400, _TOO_DEEP, most=DEEPEST)
        elif character in "]}":
            depth -= 1


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(text[:LONGEST_NUMBER])
    return int(text)


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice means one thing to one reader and another to the next."""
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("repeated key")
    return whole


def _is_text(value: Any) -> bool:
    """Escapes can spell what neither PostgreSQL nor an answer in UTF-8 can hold: NUL and half a surrogate pair."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(_is_text(key) and _is_text(one) for key, one in value.items())
    return all(_is_text(one) for one in value) if isinstance(value, list) else True
