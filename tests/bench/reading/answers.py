"""What of an answer every peer must agree on: numbers instead of global ids, moments instead of their spellings.

What rights mask is compared by itself (`masked_360`), between the peers that mask: PostGraphile does not.
"""

import json
from datetime import datetime
from typing import Any

Json = Any


def same(answer: Json) -> Json:
    return answer["data"]


def dashboard(answer: Json) -> Json:
    """Of a feed its day alone: whether it is late is known by clocks, which no peer has."""
    one = answer["data"]["dashboard"]
    return one | {"feeds": [(feed["feed"], feed.get("dataDate")) for feed in one["feeds"]]}


def _number(global_id: str) -> int | str:
    kind, _, key = global_id.partition(":")
    return int(key) if kind != "Visit" else key


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


_PLAIN = ("name", "kind", "tier", "status", "lastVisitOn", "dueOn", "address", "industry")
_MONEY = ("depositFen", "loanFen", "lineFen")
_SOURCE = ("feed", "key", "dataDate")
_KINDS = ("text", "number", "fen", "date")


def _said(statement: Json) -> Json:
    """A statement's code and the one kind that each of its values has."""
    values = {}
    for value in statement["values"]:
        (values[value["name"]],) = (value[kind] for kind in _KINDS if value[kind] is not None)
    return statement["code"], values


def ours_360(answer: Json) -> Json:
    """Of the product and of the hand-written peer."""
    one = answer["data"]["customer"]
    found = {name: one[name] for name in (*_PLAIN, *_MONEY)}
    found["id"] = _number(one["id"])
    found["grid"] = one["grid"] and {"id": _number(one["grid"]["id"]), "name": one["grid"]["name"]}
    found["posts"] = [
        (post["role"], _number(post["staff"]["id"]), post["staff"]["name"]) for post in one["posts"]
    ]
    found["scores"] = [
        (
            score["model"],
            score["version"],
            score["dataDate"],
            score["value"],
            score["band"],
            [_said(reason) for reason in score["reasons"]],
        )
        for score in one["scores"]
    ]
    found["relations"] = [
        (
            r["kind"],
            _number(r["customer"]["id"]),
            *(r["customer"][name] for name in ("name", "kind", "depositFen")),
        )
        for r in one["relations"]
    ]
    found["deposits"] = [tuple(deposit.values()) for deposit in one["deposits"]]
    # Under what terms a loan was lent is asked of the product alone.
    found["loans"] = [tuple(loan.values())[:7] for loan in one["loans"]]
    found["monthEnds"] = [tuple(month.values()) for month in one["monthEnds"]]
    found["visits"] = one["visits"]["totalCount"]["value"], [
        (_number(v["id"]), _instant(v["startedAt"]), v["outcome"], v["note"], v["distanceM"], v["nextOn"],
         _number(v["staff"]["id"]), v["staff"]["name"])
        for v in (edge["node"] for edge in one["visits"]["edges"])
    ]  # fmt: skip
    found["sources"] = [
        (*(source[name] for name in _SOURCE), [_said(one) for one in source["evidence"]])
        for source in one["sources"]
    ]
    found["disagreements"] = [one["field"] for one in one["disagreements"]]
    return found


def masked_360(answer: Json) -> Json:
    """What of a customer this reader sees in part."""
    one = answer["data"]["customer"]
    return {name: one[name] for name in ("phone", "certificate", "location", "disagreements")}


def graphile_360(answer: Json) -> Json:
    one = answer["data"]["customerByRowId"]

    def nodes(name: str) -> list[Json]:
        found: list[Json] = one[name]["nodes"]
        return found

    grid = one["gridByGridId"]
    posts = grid["postsByGridId"]["nodes"] if grid else []
    reasons = {reason["model"]: reason["reasons"] for reason in nodes("scoreReasonsByCustomerId")}
    found = {name: one[name] for name in _PLAIN} | {name: int(one[name]) for name in _MONEY}
    found["id"] = int(one["rowId"])
    found["grid"] = grid and {"id": int(grid["rowId"]), "name": grid["name"]}
    found["posts"] = [
        (post["role"], int(post["staffByStaffId"]["rowId"]), post["staffByStaffId"]["name"]) for post in posts
    ]
    found["scores"] = [
        (s["model"], run["modelVersionByModelVersionId"]["version"], run["dataDate"], s["value"], s["band"],
         [(reason["code"], reason["values"]) for reason in _decoded(reasons.get(s["model"], []))])
        for s, run in ((s, s["scoreRunByModel"]) for s in nodes("scoresByCustomerId"))
    ]  # fmt: skip
    found["relations"] = [
        (r["kind"], int(other["rowId"]), other["name"], other["kind"], int(other["depositFen"]))
        for r, other in ((r, r["customerByOtherId"]) for r in nodes("relationsByCustomerId"))
    ]
    found["deposits"] = [
        (d["product"], int(d["balanceFen"]), int(d["average3MFen"]), d["openedOn"])
        for d in nodes("depositsByCustomerId")
    ]
    found["loans"] = [
        (one["number"], one["product"], int(one["balanceFen"]), one["rateBps"], one["startOn"], one["endOn"],
         one["overdueDays"])
        for one in nodes("loansByCustomerId")
    ]  # fmt: skip
    found["monthEnds"] = [
        (m["monthOn"], int(m["depositFen"]), int(m["loanFen"]), int(m["posVolumeFen"]))
        for m in nodes("monthEndsByCustomerId")
    ]
    found["visits"] = one["visitsByCustomerId"]["totalCount"], [
        (v["rowId"], _instant(v["startedAt"]), v["outcome"], v["note"], v["distanceM"], v["nextOn"],
         int(v["staffByStaffId"]["rowId"]), v["staffByStaffId"]["name"])
        for v in nodes("visitsByCustomerId")
    ]  # fmt: skip
    found["sources"] = [
        (
            *(source[name] for name in _SOURCE),
            [(f"EVIDENCE_{rule}", {}) for rule in source["evidence"].split(",")],
        )
        for source in nodes("sourceRecordsByCustomerId")
    ]
    found["disagreements"] = [one["field"] for one in nodes("disagreementsByCustomerId")]
    return found


def _decoded(value: Json) -> Json:
    """PostGraphile hands on jsonb as text or as it is, by its version."""
    return json.loads(value) if isinstance(value, str) else value


_ROW = (
    "name",
    "kind",
    "tier",
    "status",
    "attritionScore",
    "attritionBand",
    "lastVisitOn",
    "address",
    "industry",
)


def ours_page(answer: Json) -> Json:
    page = answer["data"]["customers"]
    return [_ours_row(edge["node"]) for edge in page["edges"]], page["pageInfo"]["hasNextPage"]


def _ours_row(node: Json) -> Json:
    found = {name: node[name] for name in _ROW if name in node}
    found |= {name: node[name] for name in _MONEY if name in node}
    found["id"] = _number(node["id"])
    for name in ("grid", "owner"):
        if name in node:
            found[name] = node[name] and (_number(node[name]["id"]), node[name]["name"])
    if "deposits" in node:
        found["deposits"] = [(one["product"], one["balanceFen"]) for one in node["deposits"]]
    return found


def graphile_page(answer: Json) -> Json:
    page = answer["data"]["allCustomers"]
    return [_graphile_row(node) for node in page["nodes"]], page["pageInfo"]["hasNextPage"]


def _graphile_row(node: Json) -> Json:
    found = {name: node[name] for name in _ROW if name in node}
    found |= {name: int(node[name]) for name in _MONEY if name in node}
    found["id"] = int(node["rowId"])
    for theirs, ours in (("gridByGridId", "grid"), ("staffByOwnerId", "owner")):
        if theirs in node:
            found[ours] = node[theirs] and (int(node[theirs]["rowId"]), node[theirs]["name"])
    if "depositsByCustomerId" in node:
        deposits = node["depositsByCustomerId"]["nodes"]
        found["deposits"] = [(one["product"], int(one["balanceFen"])) for one in deposits]
    return found


def ours_visit(answer: Json) -> Json:
    visit = answer["data"]["recordVisit"]["visit"]
    customer = visit["customer"]
    return (
        _instant(visit["startedAt"]), visit["outcome"], round(visit["distanceM"], 3), visit["nextOn"],
        _number(customer["id"]), customer["name"], customer["lastVisitOn"], customer["dueOn"],
    )  # fmt: skip


def graphile_visit(answer: Json) -> Json:
    visit = answer["data"]["benchRecordVisit"]["result"]
    customer = visit["customerByCustomerId"]
    return (
        _instant(visit["startedAt"]), visit["outcome"], round(visit["distanceM"], 3), visit["nextOn"],
        int(customer["rowId"]), customer["name"], customer["lastVisitOn"], customer["dueOn"],
    )  # fmt: skip
