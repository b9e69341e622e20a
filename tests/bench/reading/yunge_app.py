"""The product, as it is served, with the benchmark's own documents registered beside those of desk and phone."""

import json
import os
import tempfile
from pathlib import Path

from starlette.applications import Starlette

import api.app
from tests.bench.reading.documents import DOCUMENTS


def compiled() -> Starlette:
    """As in production."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as manifest:
        registered = json.loads(api.app.MANIFEST.read_text(encoding="utf-8"))
        json.dump({**registered, **DOCUMENTS}, manifest, ensure_ascii=False)
        manifest.flush()
        api.app.MANIFEST = Path(manifest.name)
        return api.app.create_app()


def ordinary() -> Starlette:
    """The same documents, all of them run by the ordinary executor."""
    api.app.COMPILER = None  # type: ignore[assignment, attr-defined]
    return compiled()


def create_app() -> Starlette:
    return {"compiled": compiled, "ordinary": ordinary}[os.environ["YUNGE_EXECUTOR"]]()
