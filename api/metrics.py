"""Metrics. Operation labels come from the registry alone, so that nobody can make them grow.

They are for the machine itself, or for whoever carries the operator's token as Prometheus does (`authorization`). Where
there is a token the machine itself needs it too: behind a proxy on this machine everybody may look like it.
"""

import hmac
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from api.answers import refused_with
from schema.engine.errors import BadRequest, complaint
from schema.words.wording import language_of

OPERATIONS = Counter("yunge_operations_total", "GraphQL operations.", ["operation", "outcome"])
OPERATION_SECONDS = Histogram(
    "yunge_operation_seconds",
    "How long GraphQL operations took.",
    ["operation"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
)
TILES = Counter("yunge_tiles_total", "Vector tiles served.", ["layer", "outcome"])

_NEEDS_TOKEN = BadRequest(complaint("UNAUTHENTICATED", "METRICS_NEED_TOKEN"))
_IS_LOCAL = BadRequest(complaint("FORBIDDEN", "METRICS_ARE_LOCAL"))


class Metrics:
    """`GET /metrics`."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    async def __call__(self, request: Request) -> Response:
        if self._token:
            if not self._is_carried_by(request):
                return _refused(request, 401, _NEEDS_TOKEN, {"WWW-Authenticate": "Bearer"})
        elif not _is_this_machine(request):
            return _refused(request, 403, _IS_LOCAL, {})
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _is_carried_by(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        # Header values are Latin-1 here; the comparison takes as long however much of it is right.
        return scheme.lower() == "bearer" and hmac.compare_digest(
            given.strip().encode("latin-1"), self._token
        )


def _is_this_machine(request: Request) -> bool:
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _refused(request: Request, status: int, wrong: BadRequest, headers: dict[str, str]) -> Response:
    language = language_of(request.headers.get("accept-language"))
    response = refused_with(wrong, language, status=status)
    response.headers.update(headers)
    return response
