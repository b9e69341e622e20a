"""请求体闸门: what a body must be before anything reads it. Odd bodies are 4xx, never 500."""

import asyncio
import json
from typing import Any

from starlette.requests import ClientDisconnect, Request

BODY_TAKES_AT_MOST_SECONDS = 10.0
LARGEST_BODY = 64 * 1024
DEEPEST = 24
LONGEST_NUMBER = 40


class NotAcceptable(Exception):
    """The body is refused with this status; the sentence is for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object of a request."""
    _check_headers(request)
    text = _decode(await _read(request))
    _check_depth(text)
    try:
        body = json.loads(text, parse_int=_integer, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise NotAcceptable(400, "BAD_JSON", "请求体不是合法的 JSON。") from None
    if not isinstance(body, dict):
        raise NotAcceptable(400, "BAD_BODY", "请求体必须是一个 JSON 对象。")
    if "\\u" in text and not _is_text(body):
        raise NotAcceptable(400, "BAD_TEXT", "文字里有 NUL 或不成对的代理字符，无法保存。")
    return body


def _check_headers(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")
    if kind[0].strip().lower() != "application/json":
        raise NotAcceptable(415, "BAD_CONTENT_TYPE", "Content-Type 必须是 application/json。")
    charset = kind[2].strip().lower().replace('"', "").replace(" ", "")
    if charset and charset not in {"charset=utf-8", "charset=utf8"}:
        raise NotAcceptable(415, "BAD_CONTENT_TYPE", "字符集必须是 UTF-8。")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise NotAcceptable(415, "BAD_CONTENT_ENCODING", "请求体不能压缩。")
    length = request.headers.get("content-length")
    if length is not None and (not length.isdigit() or int(length[:12]) > LARGEST_BODY):
        raise NotAcceptable(413, "BODY_TOO_LARGE", f"请求体最大 {LARGEST_BODY // 1024} kB。")


async def _read(request: Request) -> bytes:
    """Counts and looks at the clock while it reads, so that an endless body ends here, and so does one by drops."""
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_TAKES_AT_MOST_SECONDS):
            async for chunk in request.stream():
                read += chunk
                if len(read) > LARGEST_BODY:
                    raise NotAcceptable(413, "BODY_TOO_LARGE", f"请求体最大 {LARGEST_BODY // 1024} kB。")
    except TimeoutError:
        raise NotAcceptable(
            408, "BODY_TOO_SLOW", f"请求体在 {BODY_TAKES_AT_MOST_SECONDS:.0f} 秒内没有到齐，没有执行。"
        ) from None
    except ClientDisconnect:
        raise NotAcceptable(400, "BODY_INCOMPLETE", "请求体不完整。") from None
    return bytes(read)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotAcceptable(400, "BAD_ENCODING", "请求体不是 UTF-8。") from None


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
                raise NotAcceptable(400, "TOO_DEEP", f"JSON 嵌套最多 {DEEPEST} 层。")
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
