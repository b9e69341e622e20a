"""What is asked of each peer, and how their answers are made comparable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.bench.reading import answers
from tests.bench.reading.county import NOTE
from tests.bench.reading.load import as_body

Json = Any


@dataclass(frozen=True)
class Asked:
    """Requests to one peer in turn; `values` makes of an answer what every peer must agree on.

    `masked` makes of it what rights mask, on which those must agree who mask it.
    """

    path: str
    bodies: Sequence[str]
    values: Callable[[Json], Json]
    masked: Callable[[Json], Json] | None = None


@dataclass(frozen=True)
class Work:
    """One kind of request, for one account, by peer."""

    name: str
    account: str
    asked: dict[str, Asked]


# 360


GRAPHILE_360 = """
query ($id: BigInt!) {
  customerByRowId(rowId: $id) {
    rowId name kind tier status depositFen loanFen lineFen lastVisitOn dueOn phone certificate address industry
    lonDegWgs84 accuracyM locationMethod sourceDatum
    gridByGridId {
      rowId name
      postsByGridId(condition: { toOn: null }, orderBy: [ROLE_ASC]) { nodes { role staffByStaffId { rowId name } } }
    }
    scoresByCustomerId(orderBy: [MODEL_ASC]) {
      nodes { model value band scoreRunByModel { dataDate modelVersionByModelVersionId { version } } }
    }
    scoreReasonsByCustomerId { nodes { model reasons } }
    relationsByCustomerId(orderBy: [KIND_ASC, OTHER_ID_ASC]) {
      nodes { kind customerByOtherId { rowId name kind depositFen } }
    }
    depositsByCustomerId(orderBy: [BALANCE_FEN_DESC, ACCOUNT_NO_ASC]) {
      nodes { product balanceFen average3MFen openedOn }
    }
    loansByCustomerId(orderBy: [END_ON_ASC, NUMBER_ASC]) {
      nodes { number product balanceFen rateBps startOn endOn overdueDays }
    }
    monthEndsByCustomerId(orderBy: [MONTH_ON_ASC]) { nodes { monthOn depositFen loanFen posVolumeFen } }
    visitsByCustomerId(first: 10, orderBy: [STARTED_AT_DESC, ROW_ID_DESC]) {
      totalCount
      nodes { rowId startedAt outcome note distanceM nextOn staffByStaffId { rowId name } }
    }
    sourceRecordsByCustomerId(orderBy: [FEED_ASC, ROW_ID_ASC]) { nodes { feed key dataDate evidence } }
    disagreementsByCustomerId(orderBy: [FIELD_ASC]) { nodes { field kept values } }
  }
}
"""
# Lists


_LIST_FIELDS = "rowId name kind tier status depositFen loanFen attritionScore attritionBand lastVisitOn"
GRAPHILE_LIST = (
    """
query ($org: BigInt!, $after: Cursor) {
  allCustomers(first: 50, after: $after, condition: { orgUnitId: $org }, orderBy: [ATTRITION_SCORE_DESC, ROW_ID_ASC]) {
    nodes {
      """
    + _LIST_FIELDS
    + """
      gridByGridId { rowId name }
      staffByOwnerId { rowId name }
      depositsByCustomerId(orderBy: [BALANCE_FEN_DESC, ACCOUNT_NO_ASC]) { nodes { product balanceFen } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
)
GRAPHILE_WIDE = """
query ($org: BigInt!, $after: Cursor) {
  allCustomers(first: 500, after: $after, condition: { orgUnitId: $org }) {
    nodes { rowId name kind tier status phone address industry depositFen loanFen lineFen attritionScore }
    pageInfo { hasNextPage endCursor }
  }
}
"""
# Visits


GRAPHILE_VISIT = """
mutation ($customer: BigInt!, $key: UUID!, $startedAt: Datetime!, $note: String!, $lon: Float!, $lat: Float!) {
  benchRecordVisit(input: { customer: $customer, key: $key, startedAt: $startedAt, outcome: "INTERESTED", note: $note,
                            lonDeg: $lon, latDeg: $lat, accuracyM: 12 }) {
    result { rowId startedAt outcome distanceM nextOn customerByCustomerId { rowId name lastVisitOn dueOn } }
  }
}
"""


# The works


IDS_OF_OUTLET = """
select c.id from customers c
 where c.org_unit_id = %s and c.status = 'ACTIVE' and c.grid_id is not null
   and not exists (select from relations r join customers o on o.id = r.other_id
                    where r.customer_id = c.id and o.org_unit_id is distinct from c.org_unit_id)
 order by md5(c.id::text) limit 300
"""
"""Relations that lead out of the outlet are absent where rights are on, so PostGraphile would show others."""
IDS_OF_MANAGER = """
select c.id, c.lon_deg_wgs84, c.lat_deg_wgs84 from customers c
  join posts p on p.grid_id = c.grid_id and p.to_on is null join accounts a on a.staff_id = p.staff_id
 where a.account = %s and c.status = 'ACTIVE' and c.lon_deg_wgs84 is not null order by md5(c.id::text) limit 300
"""


def document_id(manifest: dict[str, str], name: str) -> str:
    return next(key for key, text in manifest.items() if f" {name}(" in text or f" {name} " in text)


def view_360(connection: psycopg.Connection, manifest: dict[str, str], org_unit_id: int) -> Work:
    ids = [row[0] for row in connection.execute(IDS_OF_OUTLET, [org_unit_id])]
    ours = document_id(manifest, "CustomerRouteQuery")
    return Work("360 view", "outlet1", {
        "yunge": Asked("/graphql", [as_body(documentId=ours, variables={"id": f"Customer:{i}"}) for i in ids],
                       answers.ours_360, answers.masked_360),
        "by hand": Asked("/view360", [as_body(id=i) for i in ids], answers.ours_360, answers.masked_360),
        "postgraphile": Asked("/graphql", [as_body(query=GRAPHILE_360, variables={"id": str(i)}) for i in ids],
                              answers.graphile_360),
    })  # fmt: skip


def dashboard(manifest: dict[str, str]) -> Work:
    ours = document_id(manifest, "DashboardRouteQuery")
    return Work("dashboard of an outlet", "outlet1", {
        "yunge": Asked("/graphql", [as_body(documentId=ours)], answers.dashboard),
        "by hand": Asked("/dashboard", [as_body()], answers.dashboard),
        "live, by hand": Asked("/dashboard/live", [as_body()], answers.dashboard),
    })  # fmt: skip


def pages(
    name: str, ours: str, by_hand: str, graphile: str, cursors: dict[str, list[Any]], org_unit_id: int
) -> Work:
    """A page after each of some cursors, which every peer has of its own."""

    def body(after: Any) -> str:
        return as_body(query=graphile, variables={"org": str(org_unit_id), "after": after})

    return Work(name, "outlet1", {
        "yunge": Asked("/graphql", [as_body(documentId=ours, variables={"after": a}) for a in cursors["yunge"]],
                       answers.ours_page),
        "by hand": Asked(by_hand, [as_body(after=after) for after in cursors["by hand"]], answers.ours_page),
        "postgraphile": Asked("/graphql", [body(after) for after in cursors["postgraphile"]], answers.graphile_page),
    })  # fmt: skip


def visit(connection: psycopg.Connection, manifest: dict[str, str], started_at: str) -> Work:
    rows = connection.execute(IDS_OF_MANAGER, ["manager1"]).fetchall()
    ours = document_id(manifest, "sendVisitMutation")

    def theirs(customer_id: int, lon: float, lat: float) -> str:
        return as_body(customerId=customer_id, key="@UUID@", startedAt=started_at, outcome="INTERESTED", note=NOTE,
                       lonDeg=lon + 1e-4, latDeg=lat, accuracyM=12.0)  # fmt: skip

    def mine(customer_id: int, lon: float, lat: float) -> str:
        point = {"lonDeg": lon + 1e-4, "latDeg": lat, "datum": "WGS84", "accuracyM": 12.0}
        given = {"customerId": f"Customer:{customer_id}", "startedAt": started_at, "outcome": "INTERESTED",
                 "note": NOTE, "point": point, "idempotencyKey": "@UUID@"}  # fmt: skip
        return as_body(documentId=ours, variables={"input": given})

    def graphile(customer_id: int, lon: float, lat: float) -> str:
        given = {"customer": str(customer_id), "key": "@UUID@", "startedAt": started_at, "note": NOTE,
                 "lon": lon + 1e-4, "lat": lat}  # fmt: skip
        return as_body(query=GRAPHILE_VISIT, variables=given)

    return Work("visit", "manager1", {
        "yunge": Asked("/graphql", [mine(*row) for row in rows], answers.ours_visit),
        "by hand": Asked("/visit", [theirs(*row) for row in rows], answers.ours_visit),
        "postgraphile": Asked("/graphql", [graphile(*row) for row in rows], answers.graphile_visit),
    })  # fmt: skip
