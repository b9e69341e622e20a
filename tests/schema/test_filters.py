"""What each field of CustomerFilter keeps."""

from typing import Any

import pytest

from tests.schema.conftest import Ask

FILTERED = """
query ($filter: CustomerFilter) {
  customers(first: 200, filter: $filter) {
    totalCount { value }
    edges { node { id name kind tier depositFen loanFen attritionScore attritionBand lastVisitOn dueOn status
                   industry monthEnds { depositFen loanFen posVolumeFen } } }
  }
}
"""


def change_of(customer: dict[str, Any], figure: str) -> int:
    before, last = customer["monthEnds"][-2:]
    return int(last[figure]) - int(before[figure])


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"kind": ["ENTERPRISE", "SOLE_TRADER"]}, lambda c: c["kind"] in ("ENTERPRISE", "SOLE_TRADER")),
        ({"tier": ["KEY"]}, lambda c: c["tier"] == "KEY"),
        ({"hasLoan": True}, lambda c: c["loanFen"] > 0),
        ({"hasLoan": False}, lambda c: c["loanFen"] == 0),
        ({"depositFen": {"gte": 10000000, "lt": 30000000}}, lambda c: 10000000 <= c["depositFen"] < 30000000),
        (
            {"attritionScore": {"gte": 0.5}},
            lambda c: c["attritionScore"] is not None and c["attritionScore"] >= 0.5,
        ),
        (
            {"lastVisitOn": {"lt": "2026-10-01"}},
            lambda c: (c["lastVisitOn"] or "9") < "2026-10-01",
        ),
        ({"depositChange1mFen": {"lt": 0}}, lambda c: change_of(c, "depositFen") < 0),
        (
            {"depositChange1mFen": {"gte": 0}, "posVolume3mFen": {"gte": 70}},
            lambda c: change_of(c, "depositFen") >= 0,
        ),
        ({"not": {"monthEndDepositFen": {"gte": 5000000000}}}, lambda c: False),
        # Their first file came too late for a change within three months.
        ({"loanChange3mFen": {"gte": -1000000000}}, lambda c: False),
        ({"loanChange1mFen": {"lt": 0}}, lambda c: change_of(c, "loanFen") < 0),
        ({"status": ["ACTIVE"]}, lambda c: c["status"] == "ACTIVE"),
        ({"status": ["CLOSED", "DEAD"]}, lambda c: c["status"] in ("CLOSED", "DEAD")),
        ({"attritionBand": [4, 5]}, lambda c: c["attritionBand"] in (4, 5)),
        (
            {"dueOn": {"gte": "2026-11-21", "lt": "2026-11-25"}},
            lambda c: "2026-11-21" <= (c["dueOn"] or "") < "2026-11-25",
        ),
        ({"industry": ["F"]}, lambda c: c["industry"] == "F5211"),
        ({"industry": ["F5211", "A01"]}, lambda c: c["industry"] is not None),
        ({"industry": ["%"]}, lambda c: False),
        ({"text": "贸易"}, lambda c: "贸易" in c["name"]),
        ({"text": "新桥村3组"}, lambda c: int(c["id"][-3:]) % 7 == 3),
        ({"text": "%"}, lambda c: False),
        ({"text": "_"}, lambda c: False),
        ({"text": "1001"}, lambda c: c["id"] == "Customer:1001"),
        ({"text": "13800001001"}, lambda c: c["id"] == "Customer:1001"),
        (
            {"and": [{"tier": ["KEY"]}, {"kind": ["PERSON"]}]},
            lambda c: c["tier"] == "KEY" and c["kind"] == "PERSON",
        ),
        (
            {"or": [{"tier": ["KEY"]}, {"kind": ["PERSON"]}]},
            lambda c: c["tier"] == "KEY" or c["kind"] == "PERSON",
        ),
        (
            {"not": {"attritionScore": {"gte": 0.5}}},
            lambda c: c["attritionScore"] is None or c["attritionScore"] < 0.5,
        ),
        ({"or": []}, lambda c: True),
        ({"located": False}, lambda c: False),
        ({"gridId": ["Grid:999999", "nonsense"]}, lambda c: False),
    ],
    # Functions have no names of their own, and parallel workers must agree on the names of tests.
    ids=lambda part: str(part) if isinstance(part, dict) else "holds",
)
async def test_each_filter_keeps_what_it_says(ask: Ask, asked: dict[str, object], holds: object) -> None:
    everybody = (await ask.data("a1", FILTERED, filter=None))["customers"]["edges"]
    found = (await ask.data("a1", FILTERED, filter=asked))["customers"]
    expected = [edge["node"]["id"] for edge in everybody if holds(edge["node"])]  # type: ignore[operator]
    assert [edge["node"]["id"] for edge in found["edges"]] == expected
    assert found["totalCount"]["value"] == len(expected)


async def test_by_grid_and_by_outlet(ask: Ask) -> None:
    grid = f"Grid:{ask.bank.grids['g2']}"
    found = (await ask.data("head", FILTERED, filter={"gridId": [grid]}))["customers"]["totalCount"]
    assert found == {"value": 72}
    unit = f"OrgUnit:{ask.bank.units['C']}"
    found = (await ask.data("head", FILTERED, filter={"orgUnitId": [unit]}))["customers"]["totalCount"]
    assert found == {"value": 78}
