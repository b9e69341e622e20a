"""Slow clients on real sockets: who never finishes his headers or his body is let go, and nobody else is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.server import ServerState

from api import body_gate, connections
from api.body_gate import NotAcceptable, read_object
from api.connections import PunctualProtocol

DEADLINE_SECONDS = 0.4
REQUEST = b"POST / HTTP/1.1\r\nHost: yunge.test\r\nContent-Length: 4\r\n\r\n"


async def slow_answer(request: Request) -> Response:
    body = await request.body()
    await asyncio.sleep(2 * DEADLINE_SECONDS)
    return PlainTextResponse(body)


async def quick_answer(_request: Request) -> Response:
    return PlainTextResponse("done")


async def gate(request: Request) -> Response:
    try:
        return JSONResponse(await read_object(request))
    except NotAcceptable as refused:
        return PlainTextResponse(refused.complaint.code, status_code=refused.status)


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(connections, "HEADERS_TAKE_AT_MOST_SECONDS", DEADLINE_SECONDS)
    routes = [
        Route("/", slow_answer, methods=["POST"]),
        Route("/quick", quick_answer),
        Route("/gate", gate, methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    config, state = uvicorn.Config(app, log_level="error"), ServerState()
    config.load()
    serving = await asyncio.get_running_loop().create_server(
        lambda: PunctualProtocol(config, state, {}), "127.0.0.1", 0
    )
    async with serving:
        yield serving.sockets[0].getsockname()[1]


@contextlib.asynccontextmanager
async def client(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield reader, writer
    writer.close()


async def is_let_go(reader: asyncio.StreamReader) -> bool:
    """Whether the server ends the connection; it has ten times as long as it should need."""
    try:
        async with asyncio.timeout(10 * DEADLINE_SECONDS):
            await reader.read()
            return True
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"POST", id="a word"),
        pytest.param(REQUEST[:-2], id="all but the end"),
        pytest.param(b"\r\n", id="an empty line"),
    ],
)
async def test_headers_that_are_never_finished(port: int, said: bytes) -> None:
    async with client(port) as (reader, writer):
        writer.write(said)
        assert await is_let_go(reader)


@pytest.mark.parametrize("drip", [b"x", b"\r\n"], ids=["a letter", "an empty line"])
async def test_headers_that_come_by_drops_win_no_time(port: int, drip: bytes) -> None:
    async with client(port) as (reader, writer):

        async def go_on() -> None:
            with contextlib.suppress(ConnectionError):
                while True:
                    writer.write(drip)
                    await writer.drain()
                    await asyncio.sleep(DEADLINE_SECONDS / 10)

        dripping = asyncio.create_task(go_on())
        assert await is_let_go(reader)
        dripping.cancel()


async def test_headers_without_end_are_cut_off_before_their_time(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEADERS_TAKE_AT_MOST_SECONDS", 3_600)
    async with client(port) as (reader, writer):
        writer.write(b"GET /quick HTTP/1.1\r\nX-Long: " + b"x" * connections.LONGEST_HEADERS)
        assert await is_let_go(reader)


async def test_the_second_request_of_a_kept_connection(port: int) -> None:
    async with client(port) as (reader, writer):
        for _ in range(2):
            writer.write(b"GET /quick HTTP/1.1\r\nHost: yunge.test\r\n\r\n")
            assert b"200" in await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(4) == b"done"
        writer.write(b"GET /quick HTTP/1.1\r\nHost:")
        assert await is_let_go(reader)


async def test_a_body_or_an_answer_that_takes_longer_is_no_header(port: int) -> None:
    async with client(port) as (reader, writer):
        writer.write(REQUEST)
        await asyncio.sleep(2 * DEADLINE_SECONDS)
        writer.write(b"body")
        assert b"200" in await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(4) == b"body"


async def test_a_body_that_is_never_finished_is_refused_and_the_client_let_go(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_gate, "BODY_TAKES_AT_MOST_SECONDS", DEADLINE_SECONDS)
    head = b"POST /gate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n"
    async with client(port) as (reader, writer):
        writer.write(head + b'{"a": ')
        assert b"408" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10 * DEADLINE_SECONDS)
        assert await reader.readexactly(13) == b"BODY_TOO_SLOW"
        writer.write(b" ")
        assert await is_let_go(reader)


def test_the_deadline_and_that_the_product_is_served_with_it() -> None:
    from api.local.serving import UVICORN

    assert connections.HEADERS_TAKE_AT_MOST_SECONDS == body_gate.BODY_TAKES_AT_MOST_SECONDS == 10
    assert "api.connections:PunctualProtocol" in UVICORN
