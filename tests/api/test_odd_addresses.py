"""Numbers and names in addresses that nothing can have: answered as any that nothing has, by every route."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Serve, sign_in

ODD = {
    "beyond the column": "9223372036854775808",
    "one digit more": "1" + "0" * 19,
    "longer than Python reads": "9" * 5000,
    "after many noughts": "0" * 5000 + "9" * 20,
    "negative": "-1",
    "signed": "+1",
    "scientific": "1e3",
    "Chinese": "一",
    "full width": "１",
    "nothing": "",
    "a NUL": "%00",
    "no UTF-8": "%ff",
}
ROUTES = (
    "/imports/{}/found.xlsx",
    "/imports/templates/{}.xlsx",
    "/exports/plans/{}/grids.geojson",
    "/exports/plans/1/grids.{}",
    "/files/{}",
    "/uploads/{}",
    "/tiles/plans/{}/10/1/1.mvt",
    "/tiles/v/grids/{}/1/1.mvt",
    "/tiles/v/customers/10/{}/1.mvt",
    "/tiles/v/ground/10/1/{}.mvt",
)


@pytest.fixture(scope="module")
def client(begin: Serve, shared_address: str) -> Iterator[TestClient]:
    made = begin(address=shared_address)
    sign_in(made, "head")
    yield made
    made.__exit__(None, None, None)


@pytest.mark.parametrize("odd", ODD)
def test_what_nothing_can_have_is_not_found(client: TestClient, odd: str) -> None:
    for route in ROUTES:
        answer = (client.put if route.startswith("/uploads") else client.get)(route.format(ODD[odd]))
        is_a_draft_of_none = route.startswith("/tiles/plans") and answer.status_code in (204, 403)
        assert answer.status_code == 404 or is_a_draft_of_none, (route, answer.status_code, answer.text[:80])


@pytest.mark.parametrize("version", ["%00", "%ff", "一", "9" * 80])
def test_a_version_that_no_map_had_leads_to_the_one_in_force(client: TestClient, version: str) -> None:
    for layer in ("grids", "names", "ground", "customers"):
        answer = client.get(f"/tiles/{version}/{layer}/10/1/1.mvt", follow_redirects=False)
        assert answer.status_code in (204, 307, 404), (layer, answer.status_code)
