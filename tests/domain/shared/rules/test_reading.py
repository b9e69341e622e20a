"""What is no rule is refused, with a code and the place."""

from typing import Any

import pytest

from domain.customers.fields import CUSTOMER
from domain.products.fields import LOAN
from domain.shared.rooms import Room, language_of
from domain.shared.rules.errors import RuleRefused
from domain.shared.rules.fields import Field, FieldType, column
from domain.shared.rules.language import Language
from domain.shared.rules.reading import DEEPEST, MOST_LEAVES
from domain.shared.rules.tree import as_json
from schema.house import ROOMS
from schema.rules.language import LANGUAGE

PARAMETERS = {"tiers.deposit_fen": 20_000_000, "tiers.kinds": ["ENTERPRISE"], "tiers.word": "much"}
RICH = {"field": "depositFen", "operator": "gte", "value": {"parameter": "tiers.deposit_fen"}}


def nested(depth: int) -> dict[str, Any]:
    return RICH if depth == 1 else {"not": nested(depth - 1)}


@pytest.mark.parametrize(
    "rule",
    [
        RICH,
        {"all": []},
        {"any": [RICH, {"not": {"field": "hasLoan", "operator": "eq", "value": True}}]},
        {"field": "kind", "operator": "in", "value": {"parameter": "tiers.kinds"}},
        {"field": "industry", "operator": "begins", "value": ["F", "A01"]},
        {"field": "lastVisitOn", "operator": "lt", "value": {"months": -3}},
        {"field": "dueOn", "operator": "lte", "value": {"days": 7}},
        {"field": "dueOn", "operator": "eq", "value": "2026-11-20"},
        {"field": "attritionScore", "operator": "known", "value": False},
        {"some": "loans", "where": {"field": "rateBps", "operator": "gt", "value": 600}},
        nested(DEEPEST),
        {"all": [RICH] * MOST_LEAVES},
    ],
    ids=str,
)
def test_a_rule_is_written_as_it_was_read(rule: dict[str, Any]) -> None:
    assert as_json(LANGUAGE.read(rule, CUSTOMER, parameters=PARAMETERS).root) == rule


def leaf(field: Any = "depositFen", operator: Any = "gte", value: Any = 1) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("rule", "code", "path"),
    [
        ([], "RULE_UNREADABLE", ""),
        ({}, "RULE_UNREADABLE", ""),
        ({"all": {}}, "RULE_UNREADABLE", "all"),
        ({"all": [RICH, 1]}, "RULE_UNREADABLE", "all.1"),
        ({"all": [], "any": []}, "RULE_UNREADABLE", ""),
        ({"field": "depositFen", "operator": "gte"}, "RULE_UNREADABLE", ""),
        ({**RICH, "and": 1}, "RULE_UNREADABLE", ""),
        ({"not": leaf("wealth")}, "RULE_UNKNOWN_FIELD", "not"),
        (leaf(["depositFen"]), "RULE_UNKNOWN_FIELD", ""),
        (leaf("rateBps"), "RULE_UNKNOWN_FIELD", ""),
        ({"some": "deposits", "where": RICH}, "RULE_UNKNOWN_FIELD", ""),
        ({"some": "loans", "where": RICH}, "RULE_UNKNOWN_FIELD", "where"),
        (leaf(operator="begins"), "RULE_UNKNOWN_OPERATOR", ""),
        (leaf("phone", "eq", "13800001001"), "RULE_UNKNOWN_OPERATOR", ""),
        (leaf(operator={}), "RULE_UNKNOWN_OPERATOR", ""),
        (leaf(value="1"), "RULE_WRONG_VALUE", ""),
        (leaf(value=True), "RULE_WRONG_VALUE", ""),
        (leaf(value=1.5), "RULE_WRONG_VALUE", ""),
        (leaf(value=None), "RULE_WRONG_VALUE", ""),
        (leaf(value=2**63), "RULE_WRONG_VALUE", ""),
        (leaf("attritionBand", "eq", 2**31), "RULE_WRONG_VALUE", ""),
        (leaf("attritionScore", "gt", float("nan")), "RULE_WRONG_VALUE", ""),
        (leaf("kind", "in", "PERSON"), "RULE_WRONG_VALUE", ""),
        (leaf("kind", "in", ["HUMAN"]), "RULE_WRONG_VALUE", ""),
        (leaf("kind", "in", ["PERSON"] * 501), "RULE_WRONG_VALUE", ""),
        (leaf("industry", "eq", "\0"), "RULE_WRONG_VALUE", ""),
        (leaf("dueOn", "lt", "tomorrow"), "RULE_WRONG_VALUE", ""),
        (leaf("dueOn", "lt", {"days": 1.5}), "RULE_WRONG_VALUE", ""),
        (leaf("dueOn", "lt", {"days": 10**6}), "RULE_WRONG_VALUE", ""),
        (leaf("dueOn", "lt", {"days": 1, "months": 1}), "RULE_WRONG_VALUE", ""),
        (leaf("dueOn", "known", {"days": 1}), "RULE_WRONG_VALUE", ""),
        (leaf(value={"days": -1}), "RULE_WRONG_VALUE", ""),
        (leaf(value={"plus": [1, 2]}), "RULE_WRONG_VALUE", ""),
        (leaf(value={"parameter": "tiers.word"}), "RULE_WRONG_VALUE", ""),
        (leaf(value={"parameter": "tiers.nothing"}), "RULE_UNKNOWN_PARAMETER", ""),
        (nested(DEEPEST + 1), "RULE_TOO_LARGE", ".".join(["not"] * DEEPEST)),
        ({"any": [{"all": [RICH] * 30}, {"all": [RICH] * 30}]}, "RULE_TOO_LARGE", "any.1.all.20"),
        ({"any": [RICH] * (MOST_LEAVES + 1)}, "RULE_TOO_LARGE", "any"),
    ],
    ids=lambda part: str(part)[:60],
)
def test_what_is_no_rule_is_refused_with_its_place(rule: Any, code: str, path: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        LANGUAGE.read(rule, CUSTOMER, parameters=PARAMETERS)
    assert (refused.value.code, refused.value.path) == (code, path)


SECRET = Field("secret", CUSTOMER, FieldType.FEN, column("loan_fen"), "x", permission="secrets.view")


def test_who_lacks_the_permission_of_a_field_cannot_ask_it() -> None:
    language = Language([SECRET])
    with pytest.raises(RuleRefused) as refused:
        language.read({"not": leaf("secret")}, CUSTOMER, permissions=frozenset({"customers.view"}))
    assert (refused.value.code, refused.value.path) == ("RULE_FIELD_FORBIDDEN", "not")
    assert language.askable(CUSTOMER, frozenset({"customers.view"})) == []
    language.read(leaf("secret"), CUSTOMER, permissions=frozenset({"secrets.view"}))
    language.read(leaf("secret"), CUSTOMER)
    assert language.askable(CUSTOMER) == [SECRET]


def test_a_name_means_one_thing() -> None:
    with pytest.raises(ValueError, match=r"customer\.secret is declared twice"):
        Language([SECRET, SECRET])


def test_loans_are_asked_by_their_own_fields() -> None:
    assert [one.name for one in LANGUAGE.askable(LOAN)] == [
        "balanceFen", "collateralFen", "endOn", "farmUse", "fiveClass", "guarantee", "guaranteedFen", "isBusiness",
        "overdueDays", "policy", "product", "rateBps", "reportedFarm", "reportedInclusiveFarm",
        "reportedInclusiveSmall", "startOn", "wasFarmer",
    ]  # fmt: skip


def test_a_room_brings_its_fields() -> None:
    language = language_of((*ROOMS, Room("secrets", fields=(SECRET,))))
    assert as_json(language.read(leaf("secret"), CUSTOMER).root) == leaf("secret")
    assert "secret" not in [one.name for one in language_of(ROOMS).askable(CUSTOMER)]


def test_two_rooms_cannot_bring_the_same_name() -> None:
    second = Field("tier", CUSTOMER, FieldType.TEXT, column("kind"), "x")
    with pytest.raises(ValueError, match=r"customer\.tier is declared twice"):
        language_of((*ROOMS, Room("secrets", fields=(second,))))
