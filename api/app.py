"""The HTTP application: wiring and routes."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.answers import refused_with, request_error
from api.base_map_source import BaseMapSource
from api.files.downloads import Downloads
from api.files.folder import FolderStorage
from api.files.import_sheets import ImportSheets
from api.files.plan_maps import PlanMaps
from api.files.uploads import Uploads
from api.graphql import Endpoint
from api.health import About, alive, ready
from api.logs import configure_logging
from api.metrics import Metrics
from api.numbers_in_addresses import NUMBER
from api.queue import Bell
from api.reading import Reading
from api.settings import ROOT, Mode, Settings
from api.settings import settings as settings_of_process
from api.spa import Pages
from api.tiles import Tiles
from api.wiring import (
    STATEMENT_TAKES_AT_MOST_MS,
    carrying_out,
    no_reset,
    signing,
    writing_engine,
    writing_pool,
    writing_sessions,
)
from domain.shared.unit_of_work import units_of_work
from schema.documents import load_registry
from schema.engine.errors import BadRequest, complaint
from schema.house import HOUSE
from schema.root import COMPILER, CONTRACT
from schema.words.wording import language_of

log = structlog.get_logger()
_NO_SUCH_ADDRESS = BadRequest(complaint("NO_SUCH_ADDRESS"))
MANIFEST = ROOT / "frontend" / "persisted.json"
READERS = 10
GARBAGE_AFTER_OBJECTS = 20_000
STATEMENTS_KEPT = 500


def reading_pool(database_url: str) -> Any:
    """The pool of reads. It cannot write: that is the unit of work's."""
    return asyncpg.create_pool(
        database_url,
        min_size=2,
        max_size=READERS,
        reset=no_reset,
        timeout=10,
        # Every statement of a document is kept prepared, also the long ones, for as long as the connection lives.
        statement_cache_size=STATEMENTS_KEPT,
        max_cacheable_statement_size=0,
        max_cached_statement_lifetime=0,
        server_settings={
            "application_name": "yunge api",
            "timezone": "UTC",
            "statement_timeout": str(STATEMENT_TAKES_AT_MOST_MS),
            "default_transaction_read_only": "on",
            # Short statements: compiling their plans costs more than it saves.
            "jit": "off",
            # A statement is planned once, not for each reader's values: planning costs more than it runs.
            "plan_cache_mode": "force_generic_plan",
        },
    )


def create_app(settings: Settings | None = None) -> Starlette:
    """The application of one process; how it is served is in `api/local/serving.py`."""
    settings = settings or settings_of_process()
    configure_logging(settings.log_level)
    registry = load_registry(
        CONTRACT,
        MANIFEST,
        compiler=COMPILER,
        has_introspection=settings.mode is Mode.DEVELOPMENT,
    )
    for document_id, unfit in registry.unfit.items():
        log.error("document.does_not_fit", document=document_id, operation=unfit.name, reason=str(unfit))
    for document in registry.documents.values():
        if document.compiled is None:
            log.info("document.not_compiled", operation=document.name, reason=document.not_compiled)
    log.info("documents.loaded", documents=len(registry.documents), unfit=len(registry.unfit))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        bell = Bell(settings.redis_url)
        engine = writing_engine(settings)
        open_unit_of_work = units_of_work(writing_sessions(engine), wake=bell)
        async with reading_pool(settings.database_url) as pool, writing_pool(settings) as writers:
            app.state.pool, app.state.registry = pool, registry
            app.state.endpoint = Endpoint(
                registry,
                pool,
                open_unit_of_work,
                carrying_out(writers),
                settings.mode,
                Reading(pool),
                settings.landing,
                storage=FolderStorage(settings.files),
                sign=signing(settings),
            )
            with settled():
                yield
        await bell.close()
        await engine.dispose()

    app = Starlette(routes=_routes(settings), lifespan=lifespan)
    app.add_exception_handler(Exception, _unexpected)
    return app


@contextmanager
def settled() -> Iterator[None]:
    """What is here by now stays: schema, statements, modules. The garbage collector need not walk it again and again.

    Measured on pages of 500 rows at sixteen clients: 6.0 ms of processor a request before, 3.4 after. An answer makes
    thousands of objects and no cycles, so looking after each 700 finds nothing.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


_SMALLER = Middleware(GZipMiddleware, minimum_size=4096, compresslevel=4)
"""Answers above a few kB are compressed for who asks for it. A level costs time with each request, so a low one."""


def _routes(settings: Settings) -> list[Route]:
    tiles, files = Tiles(CONTRACT.map_measures), FolderStorage(settings.files)
    sheets = ImportSheets(HOUSE.imports)
    tile = f"{{z:{NUMBER}}}/{{x:{NUMBER}}}/{{y:{NUMBER}}}.mvt"
    return [
        # A Route, not a Mount: a Mount answers /graphql with 307, and clients that do not follow lose the request.
        # It takes every method, because a GET would otherwise fall through to the pages.
        Route("/graphql", _GraphQL(), middleware=[_SMALLER]),
        Route(f"/tiles/{{version}}/grids/{tile}", tiles.grids, methods=["GET"]),
        Route(f"/tiles/{{version}}/names/{tile}", tiles.names, methods=["GET"]),
        Route(f"/tiles/{{version}}/ground/{tile}", tiles.ground, methods=["GET"]),
        Route(f"/tiles/{{version}}/customers/{tile}", tiles.customers, methods=["GET"]),
        Route(
            "/uploads/{token}",
            Uploads(files, signing(settings), HOUSE.files).__call__,
            methods=["PUT", "POST"],
        ),
        Route("/files/{id:uuid}", Downloads(files, HOUSE.files).__call__, methods=["GET"]),
        Route("/imports/templates/{kind}.xlsx", sheets.template, methods=["GET"]),
        Route(f"/imports/{{id:{NUMBER}}}/found.xlsx", sheets.found, methods=["GET"]),
        Route(f"/exports/plans/{{id:{NUMBER}}}/grids.{{ending}}", PlanMaps().__call__, methods=["GET"]),
        Route("/about.json", About(settings.mode).__call__, methods=["GET"]),
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", Metrics(settings.metrics_token).__call__, methods=["GET"]),
        Route("/graphql/{rest:path}", _no_such, methods=["GET", "POST"]),
        Route(f"/tiles/plans/{{plan:{NUMBER}}}/{tile}", tiles.plans, methods=["GET"]),
        Route("/tiles/{rest:path}", _no_such, methods=["GET"]),
        Route("/uploads/{rest:path}", _no_such, methods=["GET", "PUT", "POST"]),
        Route("/files/{rest:path}", _no_such, methods=["GET"]),
        Route("/imports/{rest:path}", _no_such, methods=["GET"]),
        Route("/exports/{rest:path}", _no_such, methods=["GET"]),
        Route("/{path:path}", Pages(settings.web, BaseMapSource()).__call__, methods=["GET"]),
    ]


class _GraphQL:
    """The endpoint of the running process. A class, because Starlette hands those the bare connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint: Endpoint = scope["app"].state.endpoint
        await endpoint(scope, receive, send)


async def _no_such(request: Request) -> Response:
    return refused_with(_NO_SUCH_ADDRESS, language_of(request.headers.get("accept-language")), status=404)


async def _unexpected(_request: Request, error: Exception) -> Response:
    log.error("request.failed", kind=type(error).__qualname__)
    return request_error("Unexpected error.", "INTERNAL", status=500)
