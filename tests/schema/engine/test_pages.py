"""Connections: every page, forwards and backwards, in every order, for every scope; both executors at each step."""

from typing import Any

import pytest

from tests.schema.engine.conftest import Store
from tests.schema.engine.store import PEOPLE

DOCUMENT = """
query ($first: Int, $after: String, $last: Int, $before: String, $filter: ClientFilter, $orderBy: [ClientOrder!]) {
  clients(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount { value isExact } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id name score spentCents joinedAt } } } }
"""
ORDERS: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "name": [{"by": "NAME"}],
    "score": [{"by": "SCORE"}],
    "score descending": [{"by": "SCORE", "descending": True}],
    "joined descending": [{"by": "JOINED", "descending": True}],
    "name, score descending": [{"by": "NAME"}, {"by": "SCORE", "descending": True}],
    "score, spent": [{"by": "SCORE"}, {"by": "SPENT", "descending": True}],
}


async def walk(store: Store, who: str, size: int, order: list[dict[str, Any]], *, back: bool) -> list[str]:
    """All rows page by page, in the order of the list."""
    seen: list[str] = []
    cursor: str | None = None
    amount, place, has_more, end = (
        ("last", "before", "hasPreviousPage", "startCursor")
        if back
        else ("first", "after", "hasNextPage", "endCursor")
    )
    while True:
        page = (await store.data(who, DOCUMENT, **{amount: size, place: cursor, "orderBy": order}))["clients"]
        ids = [edge["node"]["id"] for edge in page["edges"]]
        seen = [*ids, *seen] if back else [*seen, *ids]
        assert len(ids) <= size
        if ids:
            assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
            assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        if not page["pageInfo"][has_more]:
            return seen
        assert len(ids) == size
        cursor = page["pageInfo"][end]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("who", ["owner", "auditor", "seller"])
async def test_pages_cover_the_list_in_its_order(store: Store, who: str, order: str) -> None:
    whole = (await store.data(who, DOCUMENT, first=500, orderBy=ORDERS[order]))["clients"]["edges"]
    ids = [edge["node"]["id"] for edge in whole]
    assert await walk(store, who, 17, ORDERS[order], back=False) == ids
    assert await walk(store, who, 23, ORDERS[order], back=True) == ids
    assert len(set(ids)) == len(ids)


async def test_descending_is_ascending_read_backwards(store: Store) -> None:
    up = await walk(store, "seller", 500, [{"by": "SCORE"}], back=False)
    down = await walk(store, "seller", 500, [{"by": "SCORE", "descending": True}], back=False)
    assert down == up[::-1]


@pytest.mark.parametrize("size", [0, 1, 2, 10, 11, 50, 119, 120, 121])
@pytest.mark.parametrize("amount", ["first", "last"])
async def test_pages_of_every_size(store: Store, size: int, amount: str) -> None:
    page = (await store.data("owner", DOCUMENT, **{amount: size}))["clients"]
    assert len(page["edges"]) == min(size, 120)
    assert page["pageInfo"]["hasNextPage" if amount == "first" else "hasPreviousPage"] == (size < 120)


@pytest.mark.parametrize("who", PEOPLE)
async def test_pages_inside_pages(store: Store, who: str) -> None:
    data = await store.data(
        who,
        """{ clients(first: 30, orderBy: [{by: SPENT, descending: true}]) { edges { node { id
               newest: purchases(first: 1) { pageInfo { hasNextPage endCursor } edges { node { id boughtAt } } }
               oldest: purchases(last: 2) { totalCount { value } pageInfo { hasPreviousPage }
                                            edges { cursor node { cents medium { __typename } } } } } } } }""",
    )
    for edge in data["clients"]["edges"]:
        assert len(edge["node"]["newest"]["edges"]) <= 1


async def test_pages_of_one_shape_share_their_statement(store: Store) -> None:
    _asked, document = store.document(DOCUMENT)
    view = PEOPLE["seller"].view
    for given in (
        {"first": 11, "orderBy": [{"by": "NAME", "descending": False}], "filter": {"shop": [1]}},
        {"first": 20, "orderBy": [{"by": "NAME", "descending": False}], "filter": {"shop": [1, 2, 3]}},
    ):
        document.statement(view, document.coerced(given) or {})
    assert len(document.plans) == 1
    document.statement(view, document.coerced({"first": 21, "filter": {"shop": [1]}}) or {})
    assert len(document.plans) == 2
