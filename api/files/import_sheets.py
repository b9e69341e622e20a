"""GET /imports/templates/<kind>.xlsx and /imports/<id>/found.xlsx, for whoever sees imports.

A template holds what is there now; what an import found names every change and every problem. Both leave out what the
reader's role does not see. The audit says who took which away, and how many rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.answers import refused_with
from api.auth.sessions import actor_of_token, credentials_of
from api.files.downloads import HEADERS, NO_FILE
from api.files.import_contents import Template, found_by, template_of
from api.files.making import workbook_of
from domain.shared.audit import record
from domain.shared.calendar import bank_day
from domain.shared.imports.errors import ImportNotFound
from domain.shared.imports.kinds import ImportKind, kind_named
from domain.shared.imports.masking import hidden_columns
from domain.shared.permissions import VIEW_IMPORTS
from domain.shared.rows import Rows, SessionRows
from domain.shared.sheets.plain_workbooks import PlainSheet
from schema.words.wording import Language, language_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Asked = Callable[[Rows, date, bool, frozenset[str]], Template | list[PlainSheet]]
"""(rows, today, is English, hidden columns)."""


@dataclass(frozen=True)
class Saved:
    """What somebody takes away: under which name, and what the audit calls it."""

    name: str
    subject: str


def rows_in(content: Template | Sequence[PlainSheet]) -> int:
    """How many rows leave the house: of a template those that are there now, else all changes and problems."""
    if isinstance(content, Template):
        return len(content.rows)
    _summary, *found = content
    return sum(len(one.rows) for one in found)


@dataclass(frozen=True)
class ImportSheets:
    kinds: Sequence[ImportKind]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def template(self, request: Request) -> Response:
        kind = kind_named(self.kinds, request.path_params["kind"])

        def content(rows: Rows, today: date, is_english: bool, hidden: frozenset[str]) -> Template:
            if kind is None:
                raise ImportNotFound
            return template_of(rows, kind, today, is_english=is_english, hidden=hidden)

        subject = f"ImportKind:{'' if kind is None else kind.name}"
        return await self._made(request, content, Saved(f"{request.path_params['kind']}.xlsx", subject))

    async def found(self, request: Request) -> Response:
        number = request.path_params["id"]

        def content(rows: Rows, _today: date, is_english: bool, hidden: frozenset[str]) -> list[PlainSheet]:
            return found_by(rows, self.kinds, number, is_english=is_english, hidden=hidden)

        return await self._made(request, content, Saved(f"import-{number}.xlsx", f"Import:{number}"))

    async def _made(self, request: Request, asked: Asked, saved: Saved) -> Response:
        # A link is opened by the browser, which says its own language; the page says the reader's.
        language = language_of(request.query_params.get("language") or request.headers.get("accept-language"))
        token, today = credentials_of(request).token, bank_day(self.clock())
        actor = await actor_of_token(request.app.state.pool, token, today)
        if actor is None or not actor.can(VIEW_IMPORTS):
            return refused_with(NO_FILE, language, status=404)
        hidden = hidden_columns(actor.mask)

        def read(session: Session) -> Template | list[PlainSheet]:
            return asked(SessionRows(session), today, language is Language.ENGLISH, hidden)

        try:
            async with request.app.state.endpoint.open_unit_of_work() as uow:
                content = await uow.session.run_sync(read)
                held = rows_in(content)
                await record(uow, by=actor.principal, action="import.saved", subject=saved.subject, rows=held)
        except ImportNotFound:
            return refused_with(NO_FILE, language, status=404)
        disposition = f"attachment; filename*=UTF-8''{quote(saved.name, safe='')}"
        headers = {**HEADERS, "Content-Disposition": disposition}
        return Response(await workbook_of(content), media_type=WORKBOOK, headers=headers)
