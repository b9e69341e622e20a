"""A benchmark asks what the pages ask: each document that it names is registered."""

import json
import re

import pytest

from tests.bench.reading.works import document_id
from tests.conftest import ROOT

SOURCES = ROOT / "tests" / "bench" / "reading"
NAMED = sorted(
    {
        name
        for path in SOURCES.glob("*.py")
        for name in re.findall(r'"(\w+(?:Query|Mutation))"', path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_a_document_that_is_measured_is_registered(name: str) -> None:
    manifest = json.loads((ROOT / "frontend" / "persisted.json").read_text("utf-8"))
    assert document_id(manifest, name) in manifest
