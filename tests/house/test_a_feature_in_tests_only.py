"""A feature that no product file knows is added to the list of rooms, and works on both executors."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from domain.shared.calendar import bank_day
from domain.shared.organisation import ACTOR_OF_ACCOUNT, actor_of
from domain.shared.rooms import house_of
from geo.tables import WORLD_M
from geo.tiles import Tile, grids_tile
from schema.contract import Contract, build
from schema.documents import register
from schema.house import HOUSE as PRODUCTS
from schema.rights import Forbidden, check_permissions
from schema.root import CONTRACT, ROOMS
from tests.databases import database_of
from tests.house.gifts import GIFT_ROOM, GIFTS, MOST_FEN
from tests.house.test_its_nights_merges_and_cuts import HOUSE
from tests.people import actor_in
from tests.schema.bank import NOW, Bank
from tests.schema.conftest import Ask, asking

PEOPLE = ("head", "outlet_a", "a1", "b1")
GIVEN = (
    (1001, "a1", "2026-11-02", 2_000),
    (1001, "a2", "2026-11-12", 4_000),
    (3003, "b1", "2026-11-05", 900),
)


@pytest.fixture(scope="session")
def contract() -> Contract:
    return build((*ROOMS, GIFT_ROOM))


@pytest.fixture(scope="session")
def bank_with_gifts(
    small_bank: tuple[str, Bank], make_database: Callable[..., str], contract: Contract
) -> tuple[str, Bank]:
    """The small bank with the feature's table, three gifts, and roles that name its permissions."""
    address, bank = small_bank
    other = make_database(database_of(address))
    with psycopg.connect(other) as connection:
        connection.execute(str(CreateTable(GIFTS).compile(dialect=postgresql.dialect())).encode())
        for customer, staff, day, worth in GIVEN:
            connection.execute(
                "insert into gifts_of_the_test (customer_id, given_for_id, staff_id, given_on, worth_fen)"
                " values (%s, %s, %s, %s, %s)",
                [customer, customer, bank.staff[staff], day, worth],
            )
        connection.execute(
            """update roles set permissions = permissions || array['gifts.view']
                      || case code when 'CUSTOMER_MANAGER' then array['gifts.give'] else '{}' end"""
        )
        people = {
            name: actor_in(connection, account, bank_day(NOW), contract.permissions)
            for name, account in bank.accounts.items()
        }
    return other, replace(bank, actors=people)


@pytest.fixture
async def ask(bank_with_gifts: tuple[str, Bank], contract: Contract) -> AsyncIterator[Ask]:
    async for one in asking(*bank_with_gifts):
        yield replace(one, contract=contract, house=house_of(HOUSE))


async def both(ask: Ask, who: str, text: str, **variables: Any) -> Any:
    """The common answer of both executors."""
    found = await ask.both_ways(who, text, **variables)
    assert found.is_compiled, found.errors
    return found.data


SEEN = {"head": [900, 4_000, 2_000], "outlet_a": [4_000, 2_000], "a1": [4_000, 2_000], "b1": [900]}


@pytest.mark.parametrize("who", PEOPLE)
async def test_its_root_field_is_scoped_like_any_other(ask: Ask, who: str) -> None:
    data = await both(
        ask, who, "{ gifts { totalCount { value } edges { cursor node { id worthFen customer { id } } } } }"
    )
    worths = [edge["node"]["worthFen"] for edge in data["gifts"]["edges"]]
    assert sorted(worths) == sorted(SEEN[who])
    assert data["gifts"]["totalCount"]["value"] == len(SEEN[who])


@pytest.mark.parametrize("who", PEOPLE)
async def test_customers_are_narrowed_ordered_and_counted_by_it(ask: Ask, who: str) -> None:
    data = await both(
        ask,
        who,
        """{ customers(first: 3, filter: {or: [{hasGift: true}, {not: {hasGift: false}}]},
                       orderBy: [{by: GIVEN, descending: true}]) {
               totalCount { value }
               edges { cursor node { id givenFen gifts(first: 1) { edges { node { givenOn } } } } } }
             customerGroups(by: [HAS_GIFT]) { hasGift customers withGift }
             all: customerGroups { customers } }""",
    )
    found = {edge["node"]["id"]: edge["node"]["givenFen"] for edge in data["customers"]["edges"]}
    everything = {"Customer:1001": 6_000, "Customer:3003": 900}
    seen = {"head": everything, "b1": {"Customer:3003": 900}}.get(who, {"Customer:1001": 6_000})
    assert list(found.items()) == list(seen.items())
    groups = {group["hasGift"]: group for group in data["customerGroups"]}
    assert groups[True]["customers"] == groups[True]["withGift"] == len(seen)
    assert groups[False]["withGift"] == 0
    assert sum(group["customers"] for group in groups.values()) == data["all"][0]["customers"]


async def test_a_page_goes_on_behind_a_cursor_of_its_order(ask: Ask) -> None:
    page = """query ($after: String) { customers(first: 1, after: $after, orderBy: [{by: GIVEN, descending: true}]) {
                edges { node { id } } pageInfo { endCursor } } }"""
    first = (await both(ask, "head", page))["customers"]
    second = (await both(ask, "head", page, after=first["pageInfo"]["endCursor"]))["customers"]
    assert [one["edges"][0]["node"]["id"] for one in (first, second)] == ["Customer:1001", "Customer:3003"]


async def test_staff_outlets_grids_and_the_dashboard_show_it(ask: Ask) -> None:
    bank = ask.bank
    data = await both(
        ask,
        "outlet_a",
        """query ($staff: ID!, $grid: ID!) { dashboard { customers gifts } organisation { code gifts }
             grid(id: $grid) { gifts } node(id: $staff) { ... on Staff { gifts { worthFen } } } }""",
        staff=f"Staff:{bank.staff['a1']}",
        grid=f"Grid:{bank.grids['g1']}",
    )
    assert data["dashboard"]["gifts"] == data["grid"]["gifts"] == 2
    assert sum(unit["gifts"] for unit in data["organisation"]) == 2
    assert data["node"]["gifts"] == [{"worthFen": 2_000}]


async def test_the_map_colours_grids_by_it(ask: Ask) -> None:
    outline = (
        "select st_x(c), st_y(c) from (select st_centroid(boundary_3857) as c from grid_boundaries limit 1) b"
    )
    x_m, y_m = await ask.pool.fetchrow(outline)
    side_m = Tile(12, 0, 0).side_m
    tile = Tile(12, int((x_m + WORLD_M / 2) / side_m), int((WORLD_M / 2 - y_m) / side_m))

    async def shown(contract: Contract) -> bytes:
        found = grids_tile(ask.bank.actor("head"), tile, "SMALL", contract.map_measures)
        data: bytes = await ask.pool.fetchval(found.text, *found.parameters)
        return data

    assert b"gifts" in await shown(ask.contract)
    of_product = await shown(CONTRACT)
    assert b"depositFen" in of_product
    assert b"gifts" not in of_product


async def test_it_is_reached_by_its_id_within_the_scope(ask: Ask) -> None:
    node = "query ($id: ID!) { node(id: $id) { __typename ... on Gift { worthFen } } }"
    assert await both(ask, "b1", node, id="Gift:3") == {"node": {"__typename": "Gift", "worthFen": 900}}
    assert await both(ask, "a1", node, id="Gift:3") == {"node": None}


GIVE = """mutation ($input: GiveGiftInput!) { giveGift(input: $input) {
  ... on GiveGiftSuccess { gift { worthFen staff { id } customer { id givenFen } } }
  ... on GiftNotGiven { code message } } }"""


@pytest.mark.parametrize(
    ("worth", "customer", "code"),
    [
        (5_001, 2001, "GIFT_TOO_DEAR"),
        (100, 3001, "CUSTOMER_NOT_FOUND"),
        (100, 77777777, "CUSTOMER_NOT_FOUND"),
    ],
)
async def test_its_mutation_refuses_in_its_own_words(ask: Ask, worth: int, customer: int, code: str) -> None:
    given = {"idempotencyKey": str(uuid4()), "customerId": f"Customer:{customer}", "worthFen": worth}
    assert (await ask.data("a1", GIVE, input=given))["giveGift"]["code"] == code


async def test_its_mutation_answers_through_the_mapping(ask: Ask) -> None:
    given = {"idempotencyKey": str(uuid4()), "customerId": "Customer:4001", "worthFen": 700}
    once, again = [(await ask.data("c1", GIVE, input=given))["giveGift"] for _ in range(2)]
    assert (
        once
        == again
        == {
            "gift": {
                "worthFen": 700,
                "staff": {"id": f"Staff:{ask.bank.staff['c1']}"},
                "customer": {"id": "Customer:4001", "givenFen": 700},
            }
        }
    )


EXPLAIN = """query ($customer: ID!, $rule: Rule!) { explainRule(customerId: $customer, rule: $rule) {
  holds leaves { field wanted { fen } parameter value { fen } source } } }"""
TOO_MUCH = {"field": "givenFen", "operator": "gt", "value": {"parameter": MOST_FEN.name}}


async def test_rules_ask_its_field_and_name_its_parameter(ask: Ask) -> None:
    listed = "{ ruleFields(subject: CUSTOMER) { name level } }"
    assert {"name": "givenFen", "level": "C2"} in (await ask.data("a1", listed))["ruleFields"]
    found = (await ask.data("a1", EXPLAIN, customer="Customer:1001", rule=TOO_MUCH))["explainRule"]
    assert found == {
        "holds": True,
        "leaves": [
            {
                "field": "givenFen",
                "wanted": [{"fen": MOST_FEN.default}],
                "parameter": MOST_FEN.name,
                "value": {"fen": 6_000},
                "source": "gifts_of_the_test.worth_fen",
            }
        ],
    }


async def test_the_product_asks_nothing_of_it(ask: Ask) -> None:
    without = await replace(ask, house=PRODUCTS)("a1", EXPLAIN, customer="Customer:1001", rule=TOO_MUCH)
    assert without.errors is not None
    assert without.errors[0].extensions == {"code": "RULE_UNKNOWN_FIELD", "rulePath": ""}


def test_its_permissions_are_known_before_a_document_runs(contract: Contract) -> None:
    document = register(contract, "{ gifts { totalCount { value } } }", contract.compiler)
    assert document.permissions == ("gifts.view",)
    assert document.compiled is not None
    assert register(contract, GIVE, None).permissions == ("gifts.give",)


async def test_its_permissions_are_the_roles_to_give(ask: Ask) -> None:
    """Who knows the room grants what a role names of it; who does not know it grants nothing of it."""
    viewer = "{ viewer { permissions } }"
    given = {who: (await both(ask, who, viewer))["viewer"]["permissions"] for who in ("head", "c1")}
    assert {"GIFTS_VIEW"} == {name for name in given["head"] if name.startswith("GIFTS")}
    assert {"GIFTS_VIEW", "GIFTS_GIVE"} <= set(given["c1"])
    head = ask.bank.actor("head")
    with pytest.raises(Forbidden, match="FORBIDDEN"):
        check_permissions(head, register(ask.contract, GIVE, None).permissions)
    row = await ask.pool.fetchrow(ACTOR_OF_ACCOUNT, head.account_id, bank_day(NOW))
    of_the_product = actor_of(row, CONTRACT.permissions)
    assert of_the_product is not None
    assert not of_the_product.can("gifts.view")
    assert of_the_product.can("customers.view")


def test_another_list_changes_nothing_of_the_products(contract: Contract) -> None:
    printed = CONTRACT.schema.as_str()
    assert "Gift" in contract.schema.as_str()
    assert build(ROOMS).schema.as_str() == printed
    assert not re.search(r"gift", printed, re.IGNORECASE)
    assert "hasGift" not in CONTRACT.types["Customer"].filters
