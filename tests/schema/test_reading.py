"""Reading through the mapping: one statement a root field, aliases, fragments, pages."""

from tests.schema.conftest import Ask

EVERYTHING = """
fragment Everything on Customer {
  id kind tier name phone certificate address industry
  location { lonDeg latDeg sourceDatum accuracyM method }
  grid { id code name level parent { id } children { id } orgUnit { name } areaM2 boundary
         posts { role staff { name orgUnit { kind parent { name } } } from to }
         statistics { customers located visited90d keyCustomers depositFen loanFen dueVisits atRisk } }
  owner { id number name role } posts { role staff { id } }
  relations { kind customer { id name } } sources { feed key dataDate evidence }
  disagreements { field kept values { feed value } }
  deposits { product balanceFen average3mFen openedOn }
  loans { number product balanceFen rateBps startOn endOn overdueDays }
  depositFen loanFen lineFen scores { model version dataDate value band reasons }
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
    assert customer["grid"]["posts"][0] == {
        "role": "A",
        "staff": {"name": "员工a1", "orgUnit": {"kind": "OUTLET", "parent": {"name": "总行"}}},
        "from": "2026-01-01",
        "to": None,
    }
    assert customer["grid"]["boundary"]["type"] == "MultiPolygon"
    assert customer["visits"]["totalCount"] == {"value": 3, "isExact": True}
    assert customer["visits"]["pageInfo"] == {"hasNextPage": True}
    assert [edge["node"]["startedAt"][:10] for edge in customer["visits"]["edges"]] == [
        "2026-11-21",
        "2026-11-11",
    ]
    assert customer["scores"][0]["reasons"] == ["近三月日均下降", "存款转出", "无贷款"]
    assert customer["location"]["sourceDatum"] == "GCJ02"
