"""Metrics. Operation labels come from the registry alone, so that nobody can make them grow."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

OPERATIONS = Counter("yunge_operations_total", "GraphQL operations.", ["operation", "outcome"])
OPERATION_SECONDS = Histogram(
    "yunge_operation_seconds",
    "How long GraphQL operations took.",
    ["operation"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
)
TILES = Counter("yunge_tiles_total", "Vector tiles served.", ["layer", "outcome"])


async def metrics(_request: Request) -> Response:
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
