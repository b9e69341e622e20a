"""A right that changes holds from the next request on every path: compiled documents, free text, tiles, mutations.

The session asked before, on every path, so that whatever a process remembers of it is there to be wrong.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Serve, ask, bearer
from tests.api.test_tiles import VERSION, layers, tile_at
from tests.schema.bank import Bank

LIST = "{ customers(first: 500) { totalCount { value } edges { node { id name } } } }"
VISIT = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { __typename
  ... on VisitNotRecorded { code } } }"""
EXPLAIN = """mutation ($input: ExplainScoreInput!) { explainScore(input: $input) { __typename
  ... on ScoreNotExplained { code } } }"""

Found = dict[str, Any]


@dataclass(frozen=True)
class Somebody:
    """A signed-in session over a bank that the test changes."""

    client: TestClient
    address: str
    bank: Bank

    def change(self, statement: str) -> None:
        """Names in braces are keys of the bank: {unit_B}, {staff_a1}, {grid_g3}."""
        keys = {f"unit_{name}": key for name, key in self.bank.units.items()}
        keys |= {f"staff_{name}": key for name, key in self.bank.staff.items()}
        keys |= {f"grid_{name}": key for name, key in self.bank.grids.items()}
        with psycopg.connect(self.address) as connection:
            connection.execute(statement.format(**keys).encode())

    def free(self, text: str, **variables: Any) -> Any:
        return self.client.post("/graphql", json={"query": text, "variables": variables}).json()

    def on_every_path(self) -> Found:
        """The thousands of the customers whom each path shows (or an error's code), and how they are named."""
        compiled, ordinary = ask(self.client, "customers", first=500), self.free(LIST)
        tile = self.client.get(f"/tiles/{VERSION}/customers/{tile_at(7)}.mvt")
        return {
            "compiled": _thousands(compiled),
            "ordinary": _thousands(ordinary),
            "tile": _of_tile(tile.status_code, tile.content),
            "visits": self._who_may_be_visited(),
            "names": _is_named(compiled) if compiled["data"] else None,
        }

    def _who_may_be_visited(self) -> Any:
        began = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
        found = set()
        for group in ("g1", "g3", "g4"):
            customer = self.bank.customers[group][3]
            given = {
                "idempotencyKey": str(uuid4()),
                "customerId": f"Customer:{customer}",
                "startedAt": began,
                "outcome": "INTERESTED",
            }
            answer = self.free(VISIT, input=given)
            if answer["data"] is None:
                return answer["errors"][0]["extensions"]["code"]
            if answer["data"]["recordVisit"]["__typename"] == "RecordVisitSuccess":
                found.add(customer // 1000)
        return found


def _thousands(answer: Any) -> Any:
    if answer["data"] is None:
        return answer["errors"][0]["extensions"]["code"]
    edges = answer["data"]["customers"]["edges"]
    assert answer["data"]["customers"]["totalCount"]["value"] == len(edges)
    return {int(edge["node"]["id"].partition(":")[2]) // 1000 for edge in edges}


def _is_named(answer: Any) -> bool:
    return all(not edge["node"]["name"].endswith("**") for edge in answer["data"]["customers"]["edges"])


def _of_tile(status: int, content: bytes) -> Any:
    if status >= 400:
        return status
    points = layers(content).get("points", []) if content else []
    return {int(point["id"].partition(":")[2]) // 1000 for point in points}


def found(seen: set[int], *, visits: Any = None, names: bool = True) -> Found:
    """What all paths show: the gridless (9) are on no map, and of grids one customer each is visited."""
    return {
        "compiled": seen,
        "ordinary": seen,
        "tile": seen - {9},
        "visits": seen & {1, 3, 4} if visits is None else visits,
        "names": names,
    }


def closed(code: str) -> Found:
    return {
        "compiled": code,
        "ordinary": code,
        "tile": {"FORBIDDEN": 403, "UNAUTHENTICATED": 401}[code],
        "visits": code,
        "names": None,
    }


ROLE = "update roles set {what} where code = '{code}'"
MANAGER, OUTLET = "CUSTOMER_MANAGER", "OUTLET_MANAGER"


def role(code: str, what: str) -> str:
    return ROLE.format(code=code, what=what.replace("{", "{{").replace("}", "}}"))


CHANGES: dict[str, tuple[str, Found, str, Found]] = {
    "a permission is taken from a role": (
        "a1",
        found({1, 2}),
        role(MANAGER, "permissions = array_remove(permissions, 'customers.view')"),
        {**closed("FORBIDDEN"), "visits": {1}},
    ),
    "a permission to act is taken from a role": (
        "a1",
        found({1, 2}),
        role(MANAGER, "permissions = array_remove(permissions, 'tasks.record_visit')"),
        found({1, 2}, visits="FORBIDDEN"),
    ),
    "a permission is given to a role": (
        "head",
        found({1, 2, 3, 4, 9}, visits="FORBIDDEN", names=False),
        role("HEAD_OFFICE", "permissions = permissions || array['tasks.record_visit']"),
        found({1, 2, 3, 4, 9}, visits={1, 3, 4}, names=False),
    ),
    "a permission that nobody knows is given to a role": (
        "a1",
        found({1, 2}),
        role(MANAGER, "permissions = permissions || array['everything.do']"),
        found({1, 2}),
    ),
    "a role's mask changes": (
        "a1",
        found({1, 2}),
        role(MANAGER, "mask = 'HEAD'"),
        found({1, 2}, names=False),
    ),
    "a role's mask becomes one that nobody knows": (
        "a1",
        found({1, 2}),
        role(MANAGER, "mask = 'CLEAR'"),
        found({1, 2}, names=False),
    ),
    "a role's scope changes": (
        "b1",
        found({3}),
        role(MANAGER, "scope = 'BANK'"),
        found({1, 2, 3, 4, 9}),
    ),
    "a role's scope becomes nothing": (
        "b1",
        found({3}),
        role(MANAGER, "scope = 'NOTHING'"),
        {**found(set()), "names": True},
    ),
    "a unit moves below his": (
        "outlet_b",
        found({3}),
        "update org_units set parent_id = {unit_B} where id = {unit_A}",
        found({1, 2, 3, 9}),
    ),
    "his unit is closed": (
        "outlet_b",
        found({3}),
        "update org_units set to_on = '2026-01-01' where id = {unit_B}",
        found(set()),
    ),
    "a unit is granted": (
        "b1",
        found({3}),
        "insert into scope_grants (staff_id, unit_id, from_on) values ({staff_b1}, {unit_A}, '2026-01-01')",
        found({1, 2, 3, 9}),
    ),
    "a grid is granted": (
        "b1",
        found({3}),
        "insert into scope_grants (staff_id, grid_code, from_on)"
        " select {staff_b1}, code, '2026-01-01' from grids where id = {grid_g4}",
        found({3, 4}),
    ),
    "a customer is granted": (
        "b1",
        found({3}),
        "insert into scope_grants (staff_id, customer_id, from_on) values ({staff_b1}, 4003, '2026-01-01')",
        found({3, 4}),
    ),
    "a post is given": (
        "b1",
        found({3}),
        "update posts set staff_id = {staff_b1} where grid_id = {grid_g4} and role = 'B'",
        found({3, 4}),
    ),
    "he works elsewhere": (
        "outlet_b",
        found({3}),
        "update staff set org_unit_id = {unit_A} where id = {staff_outlet_b}",
        found({1, 2, 9}),
    ),
    "he gets another role": (
        "b1",
        found({3}),
        "update staff set role = 'ADMINISTRATOR' where id = {staff_b1}",
        closed("FORBIDDEN"),
    ),
    "he leaves": (
        "b1",
        found({3}),
        "update staff set is_active = false where id = {staff_b1}",
        closed("UNAUTHENTICATED"),
    ),
}


def somebody(serve: Serve, address: str, bank: Bank, who: str) -> Somebody:
    client = serve(address=address)
    client.headers["Authorization"] = f"Bearer {bearer(address, who)}"
    return Somebody(client, address, bank)


@pytest.mark.parametrize("what", CHANGES)
def test_it_holds_from_the_next_request_on_every_path(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank], what: str
) -> None:
    who, before, statement, after = CHANGES[what]
    one = somebody(serve, own_address, served_bank[1], who)
    assert one.on_every_path() == before
    assert one.on_every_path() == before
    one.change(statement)
    assert one.on_every_path() == after


def test_an_end_of_a_grant_takes_what_it_gave(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    one = somebody(serve, own_address, served_bank[1], "b1")
    one.change(
        "insert into scope_grants (staff_id, customer_id, from_on) values ({staff_b1}, 4003, '2026-01-01')"
    )
    assert one.on_every_path() == found({3, 4})
    one.change("update scope_grants set to_on = '2026-02-01'")
    assert one.on_every_path() == found({3})


def test_a_job_is_asked_for_by_who_may_at_that_moment(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank]
) -> None:
    """A worker acts for nobody: what is queued was allowed when it was asked for."""
    one = somebody(serve, own_address, served_bank[1], "b1")

    def explained(customer: int) -> Any:
        given = {
            "idempotencyKey": str(uuid4()),
            "customerId": f"Customer:{customer}",
            "model": "attrition",
        }
        answer = one.free(EXPLAIN, input=given)
        if answer["data"] is None:
            return answer["errors"][0]["extensions"]["code"]
        return answer["data"]["explainScore"].get("code", "queued")

    assert (explained(3002), explained(4002)) == ("queued", "CUSTOMER_NOT_FOUND")
    one.change("update posts set staff_id = {staff_b1} where grid_id = {grid_g4} and role = 'B'")
    assert explained(4002) == "queued"
    one.change(role(MANAGER, "permissions = array_remove(permissions, 'models.explain')"))
    assert explained(3004) == "FORBIDDEN"
