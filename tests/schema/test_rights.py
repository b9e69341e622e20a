"""The rights matrix: who sees which row on every path, who may do what, and what is masked for whom."""

from typing import Any

import pytest
from graphql import GraphQLObjectType

from domain.feeds.contracts import FEEDS
from domain.shared.permissions import VIEW_NIGHTS
from schema.engine.scope import NOTHING
from schema.root import TYPES, graphql_schema
from schema.view import view_of
from tests.schema.bank import LEFT, Bank
from tests.schema.conftest import Ask

PEOPLE = ("head", "admin", "outlet_a", "outlet_b", "a1", "a2", "b1", "c1", "bare")
SEES: dict[str, set[str]] = {
    "head": {"g1", "g2", "g3", "g4", "bare"},
    "admin": set(),
    "outlet_a": {"g1", "g2", "bare:bare"},
    "outlet_b": {"g3"},
    "a1": {"g1", "g2"},
    "a2": {"g1", "g2"},
    "b1": {"g3"},
    "c1": {"g4", "bare:c1"},
    "bare": {"bare:bare"},
}
"""Groups of customers that each may see; half of those without a grid belong to 'bare', half to c1."""


def visible(bank: Bank, who: str) -> set[str]:
    found: set[int] = set()
    for group in SEES[who]:
        name, _, owner = group.partition(":")
        keys = bank.customers[name]
        found |= set(keys[::2] if owner == "bare" else keys[1::2] if owner else keys)
    return {f"Customer:{key}" for key in found}


def node_types() -> list[str]:
    schema = graphql_schema()
    return sorted(
        name
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and any(one.name == "Node" for one in kind.interfaces)
    )


def test_every_node_type_has_a_scope_rule() -> None:
    """Nobody who is not signed in reaches any row of a type that has an id."""
    nobody = view_of(None)
    assert node_types() == [
        "Batch",
        "Customer",
        "Grid",
        "Import",
        "NightRun",
        "OrgUnit",
        "PlanBalance",
        "PlanProposal",
        "Proposal",
        "Staff",
        "StoredFile",
        "Visit",
    ]
    for name in node_types():
        assert TYPES[name].read_key is not None, name
        assert TYPES[name].scope(nobody) == NOTHING, name


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "admin"])
async def test_which_customers_are_listed_counted_and_reached_by_id(ask: Ask, who: str) -> None:
    """But for the administrator, who lacks the permission: see below."""
    expected = visible(ask.bank, who)
    listed: set[str] = set()
    after, total = None, None
    while True:
        page = (
            await ask.data(
                who,
                """query ($after: String) { customers(first: 200, after: $after) { totalCount { value }
                   edges { node { id } } pageInfo { hasNextPage endCursor } } }""",
                after=after,
            )
        )["customers"]
        listed |= {edge["node"]["id"] for edge in page["edges"]}
        total = page["totalCount"]["value"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert listed == expected
    assert total == len(expected)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("group", ["g1", "g3", "g4", "bare"])
async def test_a_row_outside_the_scope_is_absent(ask: Ask, who: str, group: str) -> None:
    """The same answer as for an id that was made up, on every way to a row."""
    key = ask.bank.customers[group][0]
    is_seen = f"Customer:{key}" in visible(ask.bank, who)
    by_node = "query ($id: ID!) { node(id: $id) { __typename id ... on Customer { depositFen } } }"
    found = await ask.data(who, by_node, id=f"Customer:{key}")
    made_up = await ask.data(who, by_node, id="Customer:77777777")
    assert (found != made_up) == is_seen
    if who != "admin":
        by_id = "query ($id: ID!) { customer(id: $id) { id } }"
        assert ((await ask.data(who, by_id, id=f"Customer:{key}"))["customer"] is not None) == is_seen
    if group != "bare":
        visit = await ask.data(
            who, "query ($id: ID!) { node(id: $id) { id } }", id=f"Visit:{ask.bank.visits[group]}"
        )
        assert (visit["node"] is not None) == is_seen


GRIDS_SEEN = {
    "head": {"g1", "g2", "g3", "g4", "large_a", "large_bc"},
    "admin": {"g1", "g2", "g3", "g4", "large_a", "large_bc"},
    "outlet_a": {"g1", "g2", "large_a"},
    # The large grid of outlet B counts customers of outlet C.
    "outlet_b": {"g3"},
    "a1": {"g1", "g2"},
    "b1": {"g3"},
    "c1": {"g4"},
    "bare": set(),
}


@pytest.mark.parametrize("who", GRIDS_SEEN)
async def test_which_grids_are_seen(ask: Ask, who: str) -> None:
    expected = {f"Grid:{ask.bank.grids[name]}" for name in GRIDS_SEEN[who]}
    data = await ask.data(who, "{ grids { id parent { id } children { id } } }")
    assert {grid["id"] for grid in data["grids"]} == expected
    for grid in data["grids"]:
        assert grid["parent"] is None or grid["parent"]["id"] in expected
        assert {child["id"] for child in grid["children"]} <= expected
    for name, key in ask.bank.grids.items():
        node = (await ask.data(who, "query ($id: ID!) { node(id: $id) { id } }", id=f"Grid:{key}"))["node"]
        assert (node is not None) == (name in GRIDS_SEEN[who]), name


async def test_an_administrator_sees_no_figure_of_customers(ask: Ask) -> None:
    data = await ask.data(
        "admin",
        """{ grids { statistics { customers located visited90d keyCustomers depositFen loanFen dueVisits atRisk } }
             dashboard { customers gridCoverage visitsDue visitsDone funnel { step } feeds { feed } } }""",
    )
    assert {value for grid in data["grids"] for value in grid["statistics"].values()} == {0}
    assert {data["dashboard"][name] for name in ("customers", "gridCoverage", "visitsDue", "visitsDone")} == {
        0
    }
    assert data["dashboard"]["funnel"] == []
    assert len(data["dashboard"]["feeds"]) == len(FEEDS)


async def test_a_walk_shows_no_stop_outside_the_scope(ask: Ask) -> None:
    data = await ask.data("a1", "{ today { stops { order customer { id } } } }")
    assert [stop["order"] for stop in data["today"]["stops"]] == [1, 2, 3]


WALKS = {
    "head": {"a1", "a2", "b1", "c1"},
    "outlet_a": {"a1", "a2"},
    "outlet_b": {"b1"},
    "a1": {"a1"},
    "b1": {"b1"},
    "bare": set(),
}


@pytest.mark.parametrize("who", WALKS)
async def test_whose_walks_are_seen(ask: Ask, who: str) -> None:
    for walker in ("a1", "a2", "b1", "c1"):
        data = await ask.data(
            who,
            "query ($id: ID!) { today(staffId: $id) { staff { id } } }",
            id=f"Staff:{ask.bank.staff[walker]}",
        )
        assert (data["today"] is not None) == (walker in WALKS[who]), walker


async def test_relations_to_customers_outside_the_scope_are_absent(ask: Ask) -> None:
    relations = "query ($id: ID!) { customer(id: $id) { relations { kind customer { id } } } }"
    own = (await ask.data("a1", relations, id="Customer:1001"))["customer"]["relations"]
    assert own == [{"kind": "OPERATOR", "customer": {"id": "Customer:1002"}}]
    foreign = (await ask.data("a1", relations, id="Customer:1003"))["customer"]["relations"]
    assert foreign == []
    assert len((await ask.data("head", relations, id="Customer:1003"))["customer"]["relations"]) == 1


DASHBOARDS = {"head": 288, "outlet_a": 144, "outlet_b": 69, "a1": 138, "b1": 69, "bare": 6}
"""Active customers; three of each grid have left (`tests/schema/bank.py`)."""


@pytest.mark.parametrize("who", DASHBOARDS)
async def test_a_dashboard_counts_what_its_viewer_sees(ask: Ask, who: str) -> None:
    data = await ask.data(
        who, "{ dashboard { customers gridCoverage funnel { step count denominators { of count } } } }"
    )
    keys = {int(one.partition(":")[2]) for one in visible(ask.bank, who)}
    active = {key for key in keys if key >= 9000 or key % 1000 not in LEFT}
    assert data["dashboard"]["customers"] == DASHBOARDS[who] == len(active)
    in_grid = sum(key < 9000 for key in active)
    assert data["dashboard"]["gridCoverage"] == pytest.approx(in_grid / DASHBOARDS[who], abs=1e-4)
    funnel = {step["step"]: step["count"] for step in data["dashboard"]["funnel"]}
    assert list(funnel) == ["IN_GRID", "VISITED", "FILED", "GRANTED", "DRAWN"]
    assert funnel["IN_GRID"] == in_grid


async def test_a_dashboard_of_a_foreign_outlet_is_not_found(ask: Ask) -> None:
    document = "query ($id: ID) { dashboard(orgUnitId: $id) { customers } }"
    for who in ("outlet_a", "a1"):
        foreign = await ask(who, document, id=f"OrgUnit:{ask.bank.units['B']}")
        made_up = await ask(who, document, id="OrgUnit:4711")
        assert foreign.errors is not None
        assert made_up.errors is not None
        assert foreign.formatted == made_up.formatted
        assert foreign.errors[0].extensions == {"code": "NOT_FOUND"}
    outlet = await ask.data("head", document, id=f"OrgUnit:{ask.bank.units['B']}")
    assert outlet["dashboard"]["customers"] == 69


MASKED = """query ($id: ID!) { customer(id: $id) {
  name phone certificate address location { lonDeg latDeg method accuracyM }
  sources { key } loans { number } disagreements { kept values { value } }
  visits(first: 1) { edges { node { note location { lonDeg } } } } } }"""


async def masked(ask: Ask, who: str) -> dict[str, Any]:
    customer: dict[str, Any] = (await ask.data(who, MASKED, id="Customer:1001"))["customer"]
    return customer


async def test_a_customer_manager_sees_his_customers_with_the_certificate_masked(ask: Ask) -> None:
    seen = await masked(ask, "a1")
    assert (seen["name"], seen["phone"]) == ("李客户1", "13800001001")
    assert seen["certificate"] == "3****************1"
    assert seen["address"] == "江苏省盐城市阜宁县阜城街道新桥村1组"
    assert seen["location"]["method"] == "SURVEY"
    assert seen["disagreements"][0]["values"][1]["value"] == "13987654321"
    assert seen["visits"]["edges"][0]["node"]["note"] == "想贷款"


async def test_an_outlet_manager_sees_the_phone_masked(ask: Ask) -> None:
    seen = await masked(ask, "outlet_a")
    assert (seen["name"], seen["phone"]) == ("李客户1", "138****1001")
    assert seen["certificate"] == "3****************1"
    assert seen["disagreements"][0] == {
        "kept": "138****5678",
        "values": [{"value": "138****5678"}, {"value": "139****4321"}],
    }


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("13800001001", "138****1001"),
        ("1380000100", "****"),
        ("138000010012", "****"),
        ("0515-887766", "****"),
        ("1380000100１", "****"),
        ("", "****"),
        (None, None),
    ],
)
async def test_only_eleven_digits_are_a_mobile(ask_own: Ask, kept: str | None, shown: str | None) -> None:
    await ask_own.pool.execute("update customers set phone = $1 where id = 1001", kept)
    assert (await masked(ask_own, "outlet_a"))["phone"] == shown


async def test_head_office_sees_persons_masked_and_places_as_grids(ask: Ask) -> None:
    seen = await masked(ask, "head")
    assert (seen["name"], seen["phone"]) == ("李**", "138****1001")
    assert seen["address"] == "江苏省盐城市阜宁县阜城街道新桥村"
    assert seen["location"] == {
        "lonDeg": pytest.approx(119.51),
        "latDeg": pytest.approx(33.61),
        "method": "GRID",
        "accuracyM": None,
    }
    assert seen["sources"] == [{"key": "****1001"}]
    assert seen["loans"] == [{"number": "****1001"}]
    assert seen["visits"]["edges"][0]["node"] == {"note": None, "location": None}
    others = """{ customer(id: "Customer:1001") { knownFacts { name text }
        loans { guarantees { guarantor collateral } } } }"""
    home = "阜宁县阜城街道新桥村3组12号房产"
    for who, name, place in (("head", "李**", "阜宁县阜城街道新桥村"), ("a1", "李秀兰", home)):
        told = (await ask.data(who, others))["customer"]
        assert {"name": "农业局/联系人", "text": name} in told["knownFacts"]
        assert told["loans"] == [{"guarantees": [{"guarantor": name, "collateral": place}]}]
    firm = (await ask.data("head", MASKED, id="Customer:1003"))["customer"]
    assert firm["name"] == "阜宁3号贸易有限公司"


async def test_who_sees_a_value_masked_cannot_find_it_out_by_searching(ask: Ask) -> None:
    count = "query ($text: String) { customers(filter: {text: $text}) { totalCount { value } } }"

    async def found(who: str, text: str) -> int:
        value: int = (await ask.data(who, count, text=text))["customers"]["totalCount"]["value"]
        return value

    assert await found("head", "客户1") == 0
    assert await found("head", "李客户1") == 5
    assert await found("head", "贸易有限") > 0
    assert await found("outlet_a", "客户1") > 0
    # A guess at the hidden digits gives what the last four give, right or wrong.
    assert await found("outlet_a", "13800001001") == await found("outlet_a", "13999991001") == 1
    assert await found("a1", "13999991001") == 0


COUNT = "query ($text: String) { customers(filter: {text: $text}) { totalCount { value } } }"
GROUPS = "query ($text: String) { customerGroups(filter: {text: $text}) { customers } }"


async def test_the_hidden_end_of_an_address_cannot_be_searched_for(ask_own: Ask) -> None:
    """A firm's address, of which head office sees the village, is not completed letter by letter."""
    await ask_own.pool.execute(
        "update customers set address = '江苏省盐城市阜宁县板湖镇孔荡村7组18号' where id in (1001, 1003)"
    )

    async def found(who: str, text: str) -> int:
        page = (await ask_own.data(who, COUNT, text=text))["customers"]["totalCount"]["value"]
        (group,) = (await ask_own.data(who, GROUPS, text=text))["customerGroups"]
        assert group["customers"] == page
        return int(page)

    assert await found("outlet_a", "孔荡村7组18号") == 2
    # Down to the village it is seen, and so it is found; a person is not found by it.
    assert await found("head", "孔荡村") == await found("head", "板湖镇孔荡") == 1
    for guess in ("孔荡村7", "7组18", "18号", "孔荡村7组18号", "%18号", "村_组"):
        assert await found("head", guess) == 0, guess
    # Written without a village or town nothing of it is seen.
    await ask_own.pool.execute("update customers set address = '人民路18号' where id = 1003")
    assert (await found("head", "人民路"), await found("outlet_a", "人民路18")) == (0, 1)


@pytest.mark.parametrize("kept", ["0515-87234567", "8723456712345", "1380087234"])
async def test_a_phone_that_is_hidden_whole_is_not_found_by_its_end(ask_own: Ask, kept: str) -> None:
    await ask_own.pool.execute("update customers set phone = $1 where id = 1001", kept)
    for who, count in (("a1", 1), ("outlet_a", 0), ("head", 0)):
        found = (await ask_own.data(who, COUNT, text=kept[-4:]))["customers"]["totalCount"]["value"]
        assert found == count, who


async def test_cursors_hold_no_masked_value(ask: Ask) -> None:
    from base64 import urlsafe_b64decode

    document = "{ customers(first: 200, orderBy: [{by: NAME}]) { edges { cursor } } }"
    edges = (await ask.data("head", document))["customers"]["edges"]
    assert all("客户" not in urlsafe_b64decode(edge["cursor"]).decode() for edge in edges)


async def test_nobody_sees_nothing(ask: Ask) -> None:
    data = await ask.data(None, '{ viewer { role } node(id: "Customer:1001") { id } }')
    assert data == {"viewer": None, "node": None}


async def test_batches_and_night_runs_need_their_permission_on_every_path(ask: Ask) -> None:
    """Whoever reaches one by its id finds it, or a gap, by that permission alone."""
    by_node = "query ($id: ID!) { node(id: $id) { id } }"
    for who in PEOPLE:
        for row in ("Batch:1", "NightRun:1"):
            found = (await ask.data(who, by_node, id=row))["node"]
            assert (found is not None) == ask.bank.actor(who).can(VIEW_NIGHTS), (who, row)


async def test_a_fresh_post_gives_and_an_ended_one_takes(ask_own: Ask) -> None:
    """Posts of a grid are those of today, also beside a customer."""
    await ask_own.pool.execute(
        "update posts set to_on = '2026-06-30' where staff_id = $1", ask_own.bank.staff["a2"]
    )
    data = await ask_own.data(
        "a1", '{ customer(id: "Customer:1001") { posts { role } grid { posts { role } } } }'
    )
    assert data["customer"] == {"posts": [{"role": "A"}], "grid": {"posts": [{"role": "A"}]}}
