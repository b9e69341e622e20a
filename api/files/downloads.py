"""GET /files/<id>: a file for whoever sent it, always to be saved and never shown.

A browser that opens it inside the product's own origin would run what is in it with the session of whoever looks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from api.answers import refused_with
from api.auth.sessions import actor_of_token, credentials_of
from domain.shared.calendar import bank_day
from domain.shared.files.asking import purpose_named
from domain.shared.files.errors import FileLost, PurposeNotKnown
from domain.shared.files.kinds import ENDINGS, PICTURES, FileKind, FilePurpose
from domain.shared.files.storage import Storage
from schema.engine.errors import BadRequest, complaint
from schema.words.wording import language_of

NO_FILE = BadRequest(complaint("NOT_FOUND", "FILE_UNKNOWN"))
_KEPT = "select purpose, name, kind, kept_sha256 from files where id = $1 and asked_by_id = $2 and state = 'CHECKED'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True)
class Downloads:
    storage: Storage
    purposes: Iterable[FilePurpose]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def __call__(self, request: Request) -> Response:
        found = await self._found(request)
        if found is None:
            language = language_of(request.headers.get("accept-language"))
            return refused_with(NO_FILE, language, status=404)
        return found

    async def _found(self, request: Request) -> Response | None:
        """None for whatever is not his: there is one answer for it."""
        pool, token = request.app.state.pool, credentials_of(request).token
        actor = await actor_of_token(pool, token, bank_day(self.clock()))
        if actor is None:
            return None
        row = await pool.fetchrow(_KEPT, request.path_params["id"], actor.staff_id)
        if row is None:
            return None
        try:
            purpose_named(self.purposes, row["purpose"], actor)
            path = self.storage.kept_path(row["kept_sha256"])
        except (PurposeNotKnown, FileLost):
            return None
        name = saved_name(row["name"], FileKind(row["kind"]))
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        headers = {**HEADERS, "Content-Disposition": disposition}
        return FileResponse(path, media_type="application/octet-stream", headers=headers)


def saved_name(name: str, kind: FileKind) -> str:
    """With the ending of what it is, whatever it was called; pictures are kept as JPEG."""
    ending = ENDINGS[FileKind.JPEG if kind in PICTURES else kind]
    return name if name.lower().endswith(ending) else f"{name}{ending}"
