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


NAMED = (
    "query ($text: String) { customers(first: 50, filter: { text: $text }) { edges { node { id name } } } }"
)
WRITTEN = {
    1004: "买买提·艾力",
    1005: "JOHN SMITH",
    1008: "O'Brien Mary-Ann",
    1007: "阜宁（陈良）富旺有限公司",
    1009: "王䶮",
}
TYPED = {
    "买买提·艾力": 1004, "买买提艾力": 1004, "买买提•艾力": 1004, "买买提 艾力": 1004, "提．艾": 1004, "买买提·": 1004,
    "JOHN SMITH": 1005, "john smith": 1005, "SMITH": 1005, "JohnSmith": 1005, "ＪＯＨＮ　ＳＭＩＴＨ": 1005, "n s": 1005,
    "obrien": 1008, "O’BRIEN": 1008, "mary ann": 1008,
    "（陈良）": 1007, "(陈良)富旺": 1007,
    "王䶮": 1009, "王\ue863": 1009, "\u200b王 䶮\ufeff": 1009,
    "138 0000 1009": 1009, "+86 138-0000-1009": 1009, "１３８００００１００９": 1009,
}  # fmt: skip


async def test_names_and_telephones_are_found_as_they_are_typed(ask_own: Ask) -> None:
    for key, name in WRITTEN.items():
        await ask_own.pool.execute("update customers set name = $2 where id = $1", key, name)
    for text, key in TYPED.items():
        found = (await ask_own.both_ways("a1", NAMED, text=text)).data
        assert found is not None
        nodes = [edge["node"] for edge in found["customers"]["edges"]]
        assert nodes == [{"id": f"Customer:{key}", "name": WRITTEN[key]}], text
    for text, ids in {".*": [], "[王]": [], "买.提": [1004], "(": [1007], "\\": [], "王?": []}.items():
        found = (await ask_own.data("a1", NAMED, text=text))["customers"]["edges"]
        assert [edge["node"]["id"] for edge in found] == [f"Customer:{one}" for one in ids], text


async def test_who_sees_a_name_masked_has_to_know_it_whole_but_not_its_dot(ask_own: Ask) -> None:
    await ask_own.pool.execute("update customers set name = '买买提·艾力' where id = 1004")
    for text, count in {"买买提艾力": 1, "买买提·艾力": 1, "买买提": 0, "买买提艾": 0, "·": 0}.items():
        assert len((await ask_own.data("head", NAMED, text=text))["customers"]["edges"]) == count, text
