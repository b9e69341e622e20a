"""The built pages: the desk at `/`, the phone at `/h5/`. Hashed files are immutable, pages are never cached.

Each goes out in the smallest form that the client takes, which the build has written beside it.
"""

import errno
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from api.base_map_source import BaseMapSource
from api.encodings import ENCODINGS, packed
from schema.engine.errors import BadRequest, complaint
from schema.refusals import words_of
from schema.words.wording import language_of


def page_headers(base_map: str | None = None) -> dict[str, str]:
    """Headers of a page that fetches from its own server, and pictures also from where the base map's tiles are."""
    also = "" if base_map is None else f" {base_map}"
    return {
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        # Styles are made at run time by the component kits; scripts never are.
        "Content-Security-Policy": (
            f"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data: blob:{also}; worker-src 'self' blob:; "
            f"connect-src 'self'{also}; font-src 'self' data:; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
    }


HASHED = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
PLAIN = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}

NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>云格 Yunge</title>
<body><h1>云格 Yunge</h1><p>网页还没有构建：运行 <code>./yunge up</code> 后刷新本页。</p>
<p>The pages are not built yet: run <code>./yunge up</code> and reload.</p></body></html>"""


_NO_FILE = BadRequest(complaint("NOT_FOUND", "FILE_NOT_FOUND"))


def _no_file(request: Request) -> Response:
    sentence = words_of(_NO_FILE, language_of(request.headers.get("accept-language")))
    return PlainTextResponse(sentence, status_code=404, headers=PLAIN)


def _served(request: Request, file: Path, headers: Mapping[str, str]) -> Response:
    found, encoding = packed(file, request.headers.get("accept-encoding", ""))
    headers = {**headers, "Vary": "Accept-Encoding"}
    if encoding is not None:
        headers["Content-Encoding"] = encoding
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return FileResponse(found, headers=headers, media_type=kind)


class Pages:
    """Serves files of `frontend/dist`; every other path is a route of one of the two shells."""

    def __init__(self, folder: Path, base_map: BaseMapSource) -> None:
        self._folder = folder.resolve()
        self._base_map = base_map

    async def __call__(self, request: Request) -> Response:
        path = request.path_params.get("path", "")
        file = self._file(path)
        if file is not None and file.suffix not in (".html", *ENCODINGS.values()):
            is_hashed = path.startswith("assets/")
            return _served(request, file, HASHED if is_hashed else PLAIN)
        if path.startswith("assets/") or "." in path.rsplit("/", 1)[-1].removesuffix(".html"):
            return _no_file(request)
        is_phone = path == "h5" or path.startswith(("h5/", "h5.html"))
        page = self._folder / ("h5.html" if is_phone else "index.html")
        if not page.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503, headers=page_headers())
        # The phone shows no base map, so its page may fetch from nowhere else.
        origin = None if is_phone else await self._base_map.origin(request.app.state.pool)
        return _served(request, page, page_headers(origin))

    def _file(self, path: str) -> Path | None:
        """A file inside the folder; nothing above it and no link out of it."""
        if "\x00" in path:
            return None
        try:
            wanted = (self._folder / path).resolve()
            return wanted if wanted.is_relative_to(self._folder) and wanted.is_file() else None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return None
            raise
