"""PUT or POST /uploads/<token>: bytes of one file, to its end, once.

The bytes go to the disk as they come; neither the limit nor the clock is asked afterwards. A file may come in several
requests, each from where the last one ended (`Upload-Offset`); what came in before a line broke stays, and whoever
asks for the address again is told how much that is.
"""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.answers import AWAY, UNAVAILABLE, answer, refused_with
from api.auth.sessions import actor_of_token, credentials_of
from api.body_gate import NotAcceptable
from domain.shared.actor import Actor
from domain.shared.calendar import bank_day
from domain.shared.files.arriving import expected_file, note_arrival
from domain.shared.files.asking import Expected
from domain.shared.files.errors import FileNotFound
from domain.shared.files.kinds import FilePurpose, FileState
from domain.shared.files.storage import Incoming, IncomingBusy, Storage
from domain.shared.unit_of_work import OpenUnitOfWork
from schema.context import Sign
from schema.engine.errors import complaint
from schema.files.addresses import file_named
from schema.words.wording import language_of

log = structlog.get_logger()
SILENT_AT_MOST_SECONDS = 20.0
TAKES_AT_MOST_SECONDS = 600.0
_AT_ONCE = 256 * 1024
_OFFSET_WRITTEN = re.compile(r"[0-9]{1,15}")
_NO_ADDRESS = NotAcceptable(404, complaint("UPLOAD_ADDRESS"))
_NOT_SIGNED_IN = NotAcceptable(401, complaint("UNAUTHENTICATED", "UPLOADS_NEED_SIGN_IN"))
_OVER = NotAcceptable(409, complaint("UPLOAD_DONE"))
_BUSY = NotAcceptable(409, complaint("UPLOAD_BUSY"))
_OFFSET = complaint("UPLOAD_OFFSET", takes=("received",))
_TOO_LARGE = complaint("UPLOAD_TOO_LARGE", takes=("most",))
_TOO_SLOW = NotAcceptable(408, complaint("UPLOAD_TOO_SLOW"))
_BROKEN = NotAcceptable(400, complaint("UPLOAD_BROKEN"))
_COMPRESSED = NotAcceptable(415, complaint("BAD_CONTENT_ENCODING", "UPLOAD_COMPRESSED"))
_NO_ROOM = NotAcceptable(507, complaint("UPLOAD_NO_ROOM"))


@dataclass(frozen=True)
class Uploads:
    """The route, over where files are put and who may send them."""

    storage: Storage
    sign: Sign
    purposes: Iterable[FilePurpose]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(self, request: Request) -> Response:
        try:
            return await self._take(request)
        except NotAcceptable as refused:
            language = language_of(request.headers.get("accept-language"))
            return refused_with(refused, language, status=refused.status)
        except UNAVAILABLE as error:
            log.error("upload.unavailable", kind=type(error).__qualname__)
            return refused_with(AWAY, language_of(request.headers.get("accept-language")), status=503)

    async def _take(self, request: Request) -> Response:
        file_id = file_named(self.sign, request.path_params["token"], self.clock())
        if file_id is None:
            raise _NO_ADDRESS
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise _COMPRESSED
        open_unit_of_work: OpenUnitOfWork = request.app.state.endpoint.open_unit_of_work
        actor = await self._actor(request)
        expected = await self._expected(open_unit_of_work, actor, file_id)
        try:
            with self.storage.open_incoming(file_id) as incoming:
                return await self._receive(request, actor, expected, incoming)
        except IncomingBusy:
            raise _BUSY from None

    async def _actor(self, request: Request) -> Actor:
        """Whoever sends is signed in with each request: an address that was overheard is of no use to anybody else."""
        token = credentials_of(request).token
        actor = await actor_of_token(request.app.state.pool, token, bank_day(self.clock()))
        if actor is None:
            raise _NOT_SIGNED_IN
        return actor

    async def _expected(self, open_unit_of_work: OpenUnitOfWork, actor: Actor, file_id: UUID) -> Expected:
        try:
            async with open_unit_of_work() as uow:
                state, expected = await expected_file(uow, actor, self.purposes, file_id)
        except FileNotFound:
            raise _NO_ADDRESS from None
        if state is not FileState.EXPECTED:
            raise _OVER
        return expected

    async def _receive(
        self, request: Request, actor: Actor, expected: Expected, incoming: Incoming
    ) -> Response:
        offset = request.headers.get("upload-offset", "0")
        before = incoming.received_bytes
        if not _OFFSET_WRITTEN.fullmatch(offset) or int(offset) != before:
            raise NotAcceptable(409, _OFFSET, received=before)
        await _write_all(request, expected.size_bytes, incoming)
        received = incoming.received_bytes
        if received < expected.size_bytes:
            return _told(FileState.EXPECTED, received)
        sha256 = await run_in_threadpool(incoming.sha256)
        # The right may have been withdrawn while the bytes came.
        actor = await self._actor(request)
        open_unit_of_work: OpenUnitOfWork = request.app.state.endpoint.open_unit_of_work
        await self._expected(open_unit_of_work, actor, expected.id)
        async with open_unit_of_work() as uow:
            if not await note_arrival(uow, actor, expected.id, sha256):
                raise _OVER
        return _told(FileState.WAITING, received)


async def _write_all(request: Request, most: int, incoming: Incoming) -> None:
    """Whatever the request brings within the limit; of a request that brings more nothing stays."""
    before, waiting = incoming.received_bytes, bytearray()
    received = before
    try:
        async with asyncio.timeout(TAKES_AT_MOST_SECONDS):
            stream = request.stream()
            while True:
                async with asyncio.timeout(SILENT_AT_MOST_SECONDS):
                    chunk = await anext(stream, None)
                if chunk is None:
                    break
                received += len(chunk)
                if received > most:
                    incoming.cut(before)
                    raise NotAcceptable(413, _TOO_LARGE, most=most)
                waiting += chunk
                if len(waiting) >= _AT_ONCE:
                    await _write(incoming, waiting)
        await _write(incoming, waiting)
    except TimeoutError:
        await _write(incoming, waiting)
        raise _TOO_SLOW from None
    except ClientDisconnect:
        await _write(incoming, waiting)
        raise _BROKEN from None


async def _write(incoming: Incoming, waiting: bytearray) -> None:
    chunk = bytes(waiting)
    waiting.clear()
    try:
        await run_in_threadpool(incoming.write, chunk)
    except OSError as error:
        log.error("upload.no_room", error=error.errno)
        raise _NO_ROOM from None


def _told(state: FileState, received: int) -> Response:
    return answer({"state": state.value, "receivedBytes": received})
