"""POST /graphql: from a body to an answer. Each stage may end the request; none of them can end in a 500."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import structlog
from graphql import ExecutionResult, execute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.answers import AWAY, GRAPHQL_JSON, accepted_type, answer, answer_bytes, client_errors, refused_with
from api.auth.passwords import hash_in_a_thread
from api.auth.sessions import Credentials, SessionDesk, actor_of_token, credentials_of
from api.body_gate import NotAcceptable, read_object
from api.metrics import OPERATION_SECONDS, OPERATIONS
from api.reading import Reading
from api.settings import Mode
from domain.shared.at_once import CarryOut
from domain.shared.calendar import bank_day
from domain.shared.files.storage import Storage
from domain.shared.unit_of_work import OpenUnitOfWork
from schema.context import Context, Sign, signs_nothing
from schema.documents import Document, Registry
from schema.engine.errors import BadRequest, complaint
from schema.not_valid import UNFIT, NotValid, wrong_variables
from schema.refusals import shown_in
from schema.rights import Forbidden, Unauthenticated, check_permissions
from schema.words.wording import Language, language_of

log = structlog.get_logger()
OPERATION_TAKES_AT_MOST_SECONDS = 10.0
PROOF_HEADER = "x-yunge"
_METHOD = BadRequest(complaint("METHOD_NOT_ALLOWED"))
_NO_JSON_TAKEN = BadRequest(complaint("NOT_ACCEPTABLE"))
_CROSS_SITE = BadRequest(complaint("CROSS_SITE"))
_VARIABLES = complaint("BAD_BODY", "BODY_VARIABLES")
_EXTENSIONS = complaint("BAD_BODY", "BODY_EXTENSIONS")
_OPERATION_NAME = complaint("BAD_BODY", "BODY_OPERATION_NAME")
_ONE_DOCUMENT = complaint("BAD_BODY", "BODY_ONE_DOCUMENT")
_DOCUMENT_ID = complaint("BAD_BODY", "BODY_DOCUMENT_ID")
_DOCUMENT_REQUIRED = complaint("DOCUMENT_REQUIRED")


@dataclass(frozen=True)
class Endpoint:
    """What the endpoint is wired from."""

    registry: Registry
    pool: asyncpg.Pool
    open_unit_of_work: OpenUnitOfWork
    carry_out: CarryOut
    mode: Mode
    reading: Reading
    landing: Path | None = None
    storage: Storage | None = None
    sign: Sign = signs_nothing
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.handle(Request(scope, receive, send))
        await response(scope, receive, send)

    async def handle(self, request: Request) -> Response:
        language = language_of(request.headers.get("accept-language"))
        if request.method != "POST":
            return refused_with(_METHOD, language, status=405)
        media_type = accepted_type(request)
        if media_type is None:
            return refused_with(_NO_JSON_TAKEN, language, status=406)
        credentials = credentials_of(request)
        if not credentials.is_bearer and not _is_own_page(request):
            return refused_with(_CROSS_SITE, language, media_type=media_type, status=403)
        try:
            body = await read_object(request)
            variables, document = self._document(body, credentials)
        except NotAcceptable as refused:
            return refused_with(refused, language, media_type=media_type, status=refused.status)
        except BadRequest as refused:
            return _refused([refused], media_type, language)
        except NotValid as wrong:
            return _refused(wrong.errors, media_type, language)
        return await self._run(request, credentials, document, variables, media_type, language)

    def _document(self, body: dict[str, Any], credentials: Credentials) -> tuple[dict[str, Any], Document]:
        """The document by its id, or free text where the mode permits it."""
        variables = body.get("variables")
        operation_name, query = body.get("operationName"), body.get("query")
        if variables is not None and not isinstance(variables, dict):
            raise NotAcceptable(400, _VARIABLES)
        if not isinstance(body.get("extensions") or {}, dict):
            raise NotAcceptable(400, _EXTENSIONS)
        if operation_name is not None and not isinstance(operation_name, str):
            raise NotAcceptable(400, _OPERATION_NAME)
        variables = variables or {}
        document_id = _document_id(body)
        if document_id is not None and query is None:
            return variables, self.registry.registered(document_id, variables)
        if not isinstance(query, str) or document_id is not None:
            raise NotAcceptable(400, _ONE_DOCUMENT)
        if not self._takes_free_text(credentials):
            raise BadRequest(_DOCUMENT_REQUIRED)
        return variables, self.registry.free(query, operation_name, variables)

    def _takes_free_text(self, credentials: Credentials) -> bool:
        if self.mode is Mode.DEVELOPMENT:
            return True
        return self.mode is Mode.DEMONSTRATION and credentials.is_bearer

    async def _run(
        self,
        request: Request,
        credentials: Credentials,
        document: Document,
        variables: dict[str, Any],
        media_type: str,
        language: Language,
    ) -> Response:
        began, now = perf_counter(), self.clock()
        today = bank_day(now)
        try:
            async with asyncio.timeout(OPERATION_TAKES_AT_MOST_SECONDS):
                found = await self.reading.answer(document, variables, credentials.token, today)
                if found is not None:
                    OPERATIONS.labels(document.name, "done").inc()
                    OPERATION_SECONDS.labels(document.name).observe(perf_counter() - began)
                    return answer_bytes(found, media_type=media_type)
                actor = await actor_of_token(self.pool, credentials.token, today)
                check_permissions(actor, document.permissions)
                desk = self._desk(request, credentials, today)
                context = Context(
                    actor,
                    now,
                    self.open_unit_of_work,
                    self.carry_out,
                    self._fetch,
                    desk.sign_in,
                    desk.sign_out,
                    document.plans,
                    landing=self.landing,
                    storage=self.storage,
                    sign=self.sign,
                    set_first_password_with=desk.set_first_password,
                    hash_password=hash_in_a_thread,
                    language=language,
                )
                result = await self._execute(document, variables, context)
        except (Forbidden, Unauthenticated) as refused:
            OPERATIONS.labels(document.name, "refused").inc()
            return answer({"data": None, "errors": [shown_in(refused, language)]}, media_type=media_type)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.error("operation.unavailable", operation=document.name, kind=type(error).__qualname__)
            OPERATIONS.labels(document.name, "unavailable").inc()
            return refused_with(AWAY, language, media_type=media_type, status=503)
        if result.data is None and _never_ran(result):
            wrong = wrong_variables(self.registry.schema, document.operation, variables)
            OPERATIONS.labels(document.name, "refused").inc()
            return _refused(wrong or [UNFIT], media_type, language)
        response = _answered(result, document, media_type, language)
        desk.write_cookie(response)
        OPERATION_SECONDS.labels(document.name).observe(perf_counter() - began)
        return response

    def _desk(self, request: Request, credentials: Credentials, today: date) -> SessionDesk:
        is_secure = request.scope["scheme"] == "https"
        return SessionDesk(self.pool, self.open_unit_of_work, credentials, today, is_secure)

    async def _execute(
        self, document: Document, variables: dict[str, Any], context: Context
    ) -> ExecutionResult:
        name = document.operation.name
        result = execute(
            self.registry.schema,
            document.node,
            context_value=context,
            variable_values=variables,
            operation_name=name.value if name else None,
            hide_suggestions=True,
        )
        return result if isinstance(result, ExecutionResult) else await result

    async def _fetch(self, text: str, parameters: list[Any]) -> str | None:
        value: str | None = await self.pool.fetchval(text, *parameters)
        return value


def _document_id(body: dict[str, Any]) -> str | None:
    """The same document under the names that clients use; two different ones are refused."""
    persisted = (body.get("extensions") or {}).get("persistedQuery")
    by_hash = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    named = (body.get("documentId"), body.get("id"), body.get("doc_id"), by_hash)
    given = [one for one in named if one is not None]
    if not given:
        return None
    if not isinstance(given[0], str) or any(one != given[0] for one in given):
        raise NotAcceptable(400, _DOCUMENT_ID)
    return given[0]


def _is_own_page(request: Request) -> bool:
    """Cookies travel with forged requests; a header of our own and the right origin do not."""
    if PROOF_HEADER not in request.headers:
        return False
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _refused(errors: Sequence[BadRequest], media_type: str, language: Language) -> Response:
    """A request error: 400 in the newer media type, 200 in plain JSON, as GraphQL over HTTP has it."""
    shown = [shown_in(error, language) for error in errors]
    return answer({"errors": shown}, media_type=media_type, status=400 if media_type == GRAPHQL_JSON else 200)


def _never_ran(result: ExecutionResult) -> bool:
    """Variables that do not fit are found before any field, so that no path leads to the error."""
    return bool(result.errors) and all(error.path is None for error in result.errors or ())


def _answered(result: ExecutionResult, document: Document, media_type: str, language: Language) -> Response:
    errors, is_away = client_errors(result.errors or (), document.name, language)
    outcome = "unavailable" if is_away else "failed" if errors else "done"
    OPERATIONS.labels(document.name, outcome).inc()
    body: dict[str, Any] = {"data": result.data}
    status = 503 if is_away else 200
    if errors:
        body["errors"] = errors
    return answer(body, media_type=media_type, status=status)
