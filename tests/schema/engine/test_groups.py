"""Aggregates by group: live and from the rollup, for every scope, both executors."""

from dataclasses import replace
from typing import Any

import pytest

from schema.engine.groups import MOST_DIMENSIONS
from schema.engine.mapping import TypeMap, Types
from tests.schema.engine.conftest import OpenStore, Store
from tests.schema.engine.store import CLIENT_COUNT, PEOPLE
from tests.schema.engine.store_mapping import TYPES

DOCUMENT = """query ($by: [ClientDimension!], $filter: ClientFilter) {
  clientGroups(by: $by, filter: $filter) { shop tier seller clients spentCents } }"""


def with_clients(**declared: Any) -> Types:
    """The store's types with other declarations of its clients."""
    client = TYPES["Client"]
    assert isinstance(client, TypeMap)
    return {**TYPES, "Client": replace(client, **declared)}


LIVE = with_clients(rollup=None)
ASKED: dict[str, dict[str, Any]] = {
    "all": {},
    "by shop": {"by": ["SHOP"]},
    "by tier": {"by": ["TIER"]},
    "by shop and tier": {"by": ["SHOP", "TIER"]},
    "of some shops": {"by": ["TIER"], "filter": {"shop": [1, 2]}},
    "of shops or tiers": {"by": ["SHOP"], "filter": {"or": [{"shop": [1]}, {"not": {"tier": ["PLAIN"]}}]}},
    "of nothing": {"by": ["SHOP"], "filter": {"shop": []}},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("asked", ASKED)
async def test_the_rollup_equals_the_live_rows(
    store: Store, store_of: OpenStore, who: str, asked: str
) -> None:
    rolled = await store.data(who, DOCUMENT, **ASKED[asked])
    assert "client_sums" in store.statements[-1]
    live = store_of(LIVE)
    assert rolled == await live.data(who, DOCUMENT, **ASKED[asked])
    assert "client_sums" not in live.statements[-1]


@pytest.mark.parametrize(
    "asked",
    [{"by": ["SELLER"]}, {"by": ["SHOP"], "filter": {"hasScore": True}}, {"filter": {"not": {"name": "b"}}}],
)
async def test_what_the_rollup_does_not_know_is_counted_live(store: Store, asked: dict[str, Any]) -> None:
    data = await store.data("owner", DOCUMENT, **asked)
    assert "client_sums" not in store.statements[-1]
    assert sum(group["clients"] for group in data["clientGroups"]) <= CLIENT_COUNT


async def test_a_measure_that_the_rollup_does_not_know_is_counted_live_where_it_is_asked_for(
    store_of: OpenStore,
) -> None:
    client = TYPES["Client"]
    assert isinstance(client, TypeMap)
    assert client.rollup is not None
    measures = {"clients": client.rollup.measures["clients"]}
    store = store_of(with_clients(rollup=replace(client.rollup, measures=measures)))
    await store.data("owner", "{ clientGroups { clients } }")
    assert "client_sums" in store.statements[-1]
    await store.data("owner", "{ clientGroups { clients spentCents } }")
    assert "client_sums" not in store.statements[-1]


async def test_one_group_without_a_dimension_also_of_no_rows(store: Store) -> None:
    data = await store.data("stranger", DOCUMENT)
    assert data["clientGroups"] == [
        {"shop": None, "tier": None, "seller": None, "clients": 0, "spentCents": 0}
    ]
    assert (await store.data("stranger", DOCUMENT, by=["SHOP"]))["clientGroups"] == []


async def test_groups_come_in_the_order_of_their_dimensions(store: Store) -> None:
    groups = (await store.data("owner", DOCUMENT, by=["SHOP", "TIER"]))["clientGroups"]
    keys = [(group["shop"], group["tier"]) for group in groups]
    assert keys == sorted(keys, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    assert keys[-1][0] is None


async def test_groups_of_a_parent(store: Store) -> None:
    data = await store.data(
        "seller",
        '{ node(id: "Client:2") { ... on Client { groups { clients } } } other: node(id: "Client:1") { id } }',
    )
    assert data["node"]["groups"] == [{"clients": 24}]


async def test_too_many_dimensions_are_refused(store: Store) -> None:
    found = await store.both("owner", DOCUMENT, by=["SHOP", "TIER", "SELLER", "SHOP"])
    assert found.errors[0].extensions == {"code": "BAD_GROUPS"}
    assert MOST_DIMENSIONS == 3
