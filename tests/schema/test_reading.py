"""Reading through the mapping: one statement a root field, aliases, fragments."""

import pytest
import shapely

from tests.schema.conftest import Ask

EVERYTHING = """
fragment Everything on Customer {
  id kind tier status name phone certificate address industry
  location { lonDeg latDeg sourceDatum accuracyM method }
  grid { id code name level parent { id } children { id } orgUnit { name } areaM2 boundary
         posts { role staff { name orgUnit { kind parent { name } } } from to }
         statistics { customers located visited90d keyCustomers depositFen loanFen dueVisits atRisk } }
  owner { id number name role } posts { role staff { id } }
  placements { from to plan gridCode gridName orgUnit { name } owner { name } cause }
  relations { kind customer { id name } } sources { feed key dataDate evidence { code values { name } } }
  disagreements { field kept values { feed value } }
  deposits { product balanceFen average3mFen openedOn }
  foreignDeposits { product currency balance openedOn }
  loans { number product balanceFen rateBps startOn endOn overdueDays isBusiness guarantee wasFarmer reportedFarm }
  loansApart { number product standing currency balance endOn }
  foreignCreditLines { currency line used endOn }
  monthEnds { monthOn depositFen loanFen posVolumeFen }
  depositFen loanFen lineFen
  scores { model version dataDate value band reasons { code values { name text number fen date } } }
  attritionScore attritionBand lastVisitOn dueOn
  visits(first: 2) { totalCount { value isExact } pageInfo { hasNextPage } edges { cursor node {
    id startedAt endedAt outcome note distanceM nextOn staff { name } customer { id }
    location { lonDeg method } } } }
}
"""


async def test_the_whole_view_of_a_customer_is_one_statement(ask: Ask) -> None:
    data = await ask.data("a1", 'query { customer(id: "Customer:1001") { ...Everything } }' + EVERYTHING)
    assert len(ask.statements) == 1
    customer = data["customer"]
    assert customer["name"] == "李客户1"
    assert customer["depositFen"] == 10_000_000
    assert customer["deposits"][0]["balanceFen"] > 2**31
    assert customer["foreignDeposits"] == [
        {"product": "外币活期", "currency": "USD", "balance": 500_000_000_000, "openedOn": None}
    ]
    assert [(loan["standing"], loan["balance"]) for loan in customer["loansApart"]] == [("ENTRUSTED", 70_000)]
    assert [line["line"] for line in customer["foreignCreditLines"]] == [500_000]
    assert customer["monthEnds"][0] == {
        "monthOn": "2026-08-31",
        "depositFen": 3_000_000_000,
        "loanFen": None,
        "posVolumeFen": 0,
    }, "the first file of loans is of September"
    assert customer["monthEnds"][2] == {
        "monthOn": "2026-10-31",
        "depositFen": 5_000_000_000,
        "loanFen": 5_000_000,
        "posVolumeFen": 70,
    }
    assert customer["grid"]["posts"][0] == {
        "role": "A",
        "staff": {"name": "员工a1", "orgUnit": {"kind": "OUTLET", "parent": {"name": "总行"}}},
        "from": "2026-01-01",
        "to": None,
    }
    assert [(p["from"], p["to"], p["cause"], p["gridCode"]) for p in customer["placements"]] == [
        ("2026-10-01", None, "PLACE", "S-1"),
        ("2026-02-01", "2026-10-01", "FIRST", None),
    ]
    assert customer["placements"][0]["owner"] == {"name": "员工a1"}
    assert customer["grid"]["boundary"]["type"] == "MultiPolygon"
    assert customer["visits"]["totalCount"] == {"value": 3, "isExact": True}
    assert customer["visits"]["pageInfo"] == {"hasNextPage": True}
    assert [edge["node"]["startedAt"][:10] for edge in customer["visits"]["edges"]] == [
        "2026-11-21",
        "2026-11-11",
    ]
    assert customer["scores"][0]["reasons"][2] == {
        "code": "SCORE_DEMAND",
        "values": [
            {"name": "demand_fen", "text": None, "number": None, "fen": 5_000_050, "date": None},
            {"name": "demand_share", "text": None, "number": 0.625, "fen": None, "date": None},
        ],
    }
    assert customer["location"]["sourceDatum"] == "GCJ02"


async def test_aliases_with_different_arguments_and_fragments_are_told_apart(ask: Ask) -> None:
    document = """
    query ($with: Boolean!) {
      few: customers(first: 2) { edges { node { ...Name } } edges { node { tier } } }
      many: customers(first: 3, filter: {tier: [KEY]}) { edges { node { label: name name @skip(if: $with) } } }
      node(id: "Customer:1001") {
        __typename
        ... on Node { id }
        ... on Customer { one: visits(first: 1) { edges { cursor } } two: visits(first: 2) { edges { cursor } } }
        ... on Grid { code }
      }
    }
    fragment Name on Customer { name ... @include(if: $with) { id } }
    """
    data = await ask.data("a1", document, **{"with": True})
    assert len(ask.statements) == 3, "one statement a root field"
    assert [set(edge["node"]) for edge in data["few"]["edges"]] == [{"name", "tier", "id"}] * 2
    assert [set(edge["node"]) for edge in data["many"]["edges"]] == [{"label"}] * 3
    assert data["node"]["__typename"] == "Customer"
    assert (len(data["node"]["one"]["edges"]), len(data["node"]["two"]["edges"])) == (1, 2)
    assert "code" not in data["node"]


KINDS = " fragment AllKinds on StatementValue { name text number fen date }"
ROOTS = {
    """viewer { staff { name orgUnit { name } } permissions role orgUnit { name } dataDate tileVersion
                failedNight { dataDate step failedAt reason { code } }
                grids { code statistics { customers } } }""": "a1",
    "customers { totalCount { value } edges { node { ...Everything } } }": "a1",
    "grids { code parent { code } children { code } posts { staff { name } } statistics { depositFen } }": "outlet_a",
    """today { date lengthM staff { name }
               stops { order reason statement { code values { ...AllKinds } }
                       figures { code values { ...AllKinds } } dueOn customer { ...Everything } } }""": "a1",
    """dashboard { dataDate customers gridCoverage visitsDue visitsDone
                   funnel { step count denominators { of count } } feeds { feed dataDate late } }""": "a1",
    """batches { totalCount { value }
                 edges { node { id feed dataDate state rows loaded refused quarantined
                                reasons { code values { ...AllKinds } } } } }""": "head",
    """nightRuns { edges { node { id dataDate state startedAt endedAt failure { code values { ...AllKinds } }
                   steps { name state rows seconds progress message { code values { ...AllKinds } } } } } }""": "head",
    "models { name versions { version trainedAt inForce auc baselineAuc dataFrom dataTo } }": "head",
    "organisation { name kind parent { name } }": "admin",
}


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.split()[0])
async def test_every_root_field_is_one_statement(ask: Ask, root: str) -> None:
    document = (
        f"{{ {root} }}" + (EVERYTHING if "Everything" in root else "") + (KINDS if "AllKinds" in root else "")
    )
    data = await ask.data(ROOTS[root], document)
    assert len(ask.statements) == 1
    assert data[root.split()[0]]


PROFILES = """query ($id: ID!) { customer(id: $id) { kind profile { __typename
  ... on PersonProfile { ageDecade } ... on HouseholdProfile { members { id } }
  ... on BusinessProfile { industry runBy { id } } } } }"""


async def test_a_profile_is_of_the_customers_kind(ask: Ask) -> None:
    person = (await ask.data("a1", PROFILES, id="Customer:1001"))["customer"]
    assert person == {"kind": "PERSON", "profile": {"__typename": "PersonProfile", "ageDecade": None}}
    shop = (await ask.data("a1", PROFILES, id="Customer:1002"))["customer"]
    assert shop["kind"] == "SOLE_TRADER"
    assert shop["profile"]["runBy"] == []


async def test_who_runs_a_shop_is_seen_within_the_scope(ask_own: Ask) -> None:
    change = "update relations set kind = case kind when 'SHOP' then 'OPERATOR' else 'SHOP' end"
    await ask_own.pool.execute(change)
    await ask_own.pool.execute(
        "update customers set birth_on = '1984-03-02', kind = 'ENTERPRISE' where id = 1003"
    )
    await ask_own.pool.execute("update customers set birth_on = '1984-03-02' where id = 1001")
    shop = (await ask_own.data("a1", PROFILES, id="Customer:1002"))["customer"]
    assert shop["profile"]["runBy"] == [{"id": "Customer:1001"}]
    assert (await ask_own.data("a1", PROFILES, id="Customer:1001"))["customer"]["profile"]["ageDecade"] == 40
    foreign = (await ask_own.data("a1", PROFILES, id="Customer:1003"))["customer"]
    assert foreign["profile"]["runBy"] == []


async def test_boundaries_run_as_rfc_7946_says_however_they_are_stored(ask_own: Ask) -> None:
    """Outer rings against the clock, holes with it: a hole and an island, stored the one way and the other."""
    shape = """multipolygon(((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1)), ((5 0, 5 1, 6 1, 6 0, 5 0)))"""
    for stored in ("shape", "st_reverse(shape)"):
        await ask_own.pool.execute(
            f"update grid_boundaries set boundary_wgs84 = {stored} from (select st_geomfromtext($1, 4326) as shape) s",
            shape,
        )
        for grid in (await ask_own.data("head", "{ grids(level: SMALL) { boundary } }"))["grids"]:
            polygons = shapely.geometry.shape(grid["boundary"]).geoms
            assert [polygon.exterior.is_ccw for polygon in polygons] == [True, True]
            assert [hole.is_ccw for polygon in polygons for hole in polygon.interiors] == [False]
