"""Connections of clients, so that none holds its place without asking anything.

uvicorn waits for headers without end and takes any length of them: some hundred silent sockets, or one that never
stops talking, would fill a server that has no proxy before it.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_TAKE_AT_MOST_SECONDS = 10.0
LONGEST_HEADERS = 64 * 1024


class PunctualProtocol(HttpToolsProtocol):
    """Ends a connection whose headers are not whole in time; how often something comes of them wins none.

    The time begins with the connection, and again with the first byte after an answer (uvicorn itself ends a kept
    connection on which nothing comes at all).
    """

    def __init__(self, *wired: Any, **named: Any) -> None:
        super().__init__(*wired, **named)
        self._deadline: TimerHandle | None = None
        self._waited_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and (self.cycle is None or self.cycle.response_complete):
            self._await_headers()
        super().data_received(data)
        self._waited_bytes += len(data)
        if self._deadline is not None and self._waited_bytes > LONGEST_HEADERS:
            self.transport.close()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        self._waited_bytes = 0
        self._deadline = self.loop.call_later(HEADERS_TAKE_AT_MOST_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
