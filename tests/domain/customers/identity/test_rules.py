"""When two records are one party, when they are not, and when a person has to look."""

from dataclasses import replace
from datetime import date

import pytest

from domain.customers.identity.keys import REPRESENTATIVE, match_keys
from domain.customers.identity.rules import Party, Rule, judge

CERTIFICATE = ("10", "320923196305152407")
OTHER = ("10", "320923196608237379")
PERSON = Party(1, "core_customer", "PERSON", "张伟")
SHOP = Party(1, "core_customer", "SOLE_TRADER", "阜宁县沟墩镇建国超市")


def joined(rule: Rule, *parties: Party) -> list[tuple[int, int]]:
    return [(link.a, link.b) for link in judge(rule, parties).links]


def doubted(rule: Rule, *parties: Party) -> list[str]:
    return [doubt.reason for doubt in judge(rule, parties).doubts]


@pytest.mark.parametrize("name", ["张伟", "张玮", "章伟"])
def test_one_certificate_and_names_that_sound_alike_are_one_person(name: str) -> None:
    assert joined(Rule.CERTIFICATE, PERSON, replace(PERSON, id=2, name=name)) == [(1, 2)]


def test_one_certificate_with_clearly_different_names_waits_for_a_person() -> None:
    pair = PERSON, replace(PERSON, id=2, name="李秀兰")
    assert joined(Rule.CERTIFICATE, *pair) == []
    assert doubted(Rule.CERTIFICATE, *pair) == ["NAMES_DIFFER"]


def test_a_family_on_one_certificate_falls_into_its_names() -> None:
    group = [
        replace(PERSON, id=n, name=name) for n, name in enumerate(["张伟", "李秀兰", "张玮", "李秀兰"], 1)
    ]
    assert joined(Rule.CERTIFICATE, *group) == [(1, 3), (2, 4)]


def test_a_shop_is_never_its_operator() -> None:
    shop = replace(SHOP, id=2, phone="13912345678", customer_number="C1")
    person = replace(PERSON, phone="13912345678", customer_number="C1")
    for rule in Rule:
        assert joined(rule, person, shop) == []


def test_a_renamed_firm_keeps_its_credit_code() -> None:
    renamed = replace(SHOP, id=2, kind="ENTERPRISE", name="另一个名字")
    assert joined(Rule.CREDIT_CODE, SHOP, renamed) == [(1, 2)]


def test_an_organisation_code_alone_joins_unless_the_credit_codes_differ() -> None:
    a = replace(SHOP, credit_code="91320923MA1ABCDE15")
    assert joined(Rule.ORGANISATION_CODE, a, replace(SHOP, id=2)) == [(1, 2)]
    assert joined(Rule.ORGANISATION_CODE, a, replace(SHOP, id=2, credit_code="92320923MA1ABCDE15")) == []


@pytest.mark.parametrize(
    ("a", "b", "is_joined"),
    [
        pytest.param({"representative": "X"}, {"representative": "X"}, True, id="same representative"),
        pytest.param({"phone": "1"}, {"phone": "1"}, True, id="same telephone"),
        pytest.param({}, {}, False, id="nothing besides the name"),
        pytest.param(
            {"phone": "1", "credit_code": "A"},
            {"phone": "1", "credit_code": "B"},
            False,
            id="two credit codes",
        ),
    ],
)
def test_a_firms_name_needs_something_beside_it(a: dict, b: dict, is_joined: bool) -> None:
    assert bool(joined(Rule.FIRM_NAME, replace(SHOP, **a), replace(SHOP, id=2, **b))) is is_joined


def test_a_quoted_customer_number_counts_when_the_name_agrees() -> None:
    core = replace(PERSON, customer_number="C1")
    crm = Party(5, "crm_legacy", "PERSON", "张玮", customer_number="C1")
    wrong = Party(6, "crm_legacy", "PERSON", "王兰", customer_number="C1")
    assert joined(Rule.CUSTOMER_NUMBER, core, crm, wrong) == [(1, 5)]
    assert doubted(Rule.CUSTOMER_NUMBER, core, crm, wrong) == ["NUMBER_OF_ANOTHER_NAME"]


@pytest.mark.parametrize(
    ("other", "is_joined", "reason"),
    [
        pytest.param({}, True, None, id="telephone and name"),
        pytest.param({"certificate": OTHER}, False, "CERTIFICATES_DIFFER", id="other certificate"),
        pytest.param({"birth_on": date(1990, 1, 1)}, False, "BIRTHDAYS_DIFFER", id="other birth"),
        pytest.param({"gender": "M"}, False, "GENDERS_DIFFER", id="other gender"),
        pytest.param({"name": "王兰"}, False, None, id="other name"),
    ],
)
def test_telephone_and_name_join_when_nothing_contradicts(
    other: dict, is_joined: bool, reason: str | None
) -> None:
    a = replace(PERSON, certificate=CERTIFICATE, phone="13912345678")
    b = replace(PERSON, **({"id": 2, "phone": "13912345678"} | other))
    assert bool(joined(Rule.PHONE, a, b)) is is_joined
    assert [reason in doubt for doubt in doubted(Rule.PHONE, a, b)] == ([True] if reason else [])


def test_other_villages_contradict_unless_the_births_agree() -> None:
    a = replace(PERSON, village_code="1", birth_on=date(1963, 5, 15))
    b = replace(PERSON, id=2, village_code="2")
    assert joined(Rule.PHONE, a, b) == []
    assert joined(Rule.PHONE, a, replace(b, certificate=CERTIFICATE)) == [(1, 2)]


def test_a_telephone_of_more_than_three_people_is_nobodys_key() -> None:
    few = [replace(PERSON, id=n, name=name) for n, name in enumerate(["张伟", "王兰", "李军", "张伟"], 1)]
    assert joined(Rule.PHONE, *few) == [(1, 4)]
    assert joined(Rule.PHONE, *few, replace(PERSON, id=9, name="赵红")) == []


def test_father_and_son_of_one_name_and_telephone_leave_a_third_record_in_doubt() -> None:
    father = replace(PERSON, certificate=CERTIFICATE)
    son = replace(PERSON, id=2, certificate=OTHER)
    unknown = replace(PERSON, id=3)
    assert joined(Rule.PHONE, father, son, unknown) == []
    assert len(doubted(Rule.PHONE, father, son, unknown)) == 3


def test_households_are_joined_by_their_heads_certificate_and_doubted_by_name_alone() -> None:
    a = Party(1, "sunshine_credit", "HOUSEHOLD", "张伟", representative=CERTIFICATE[1], village_code="1")
    b = replace(a, id=2, feed="household.household", representative=None)
    assert joined(Rule.HEAD, a, replace(a, id=2)) == [(1, 2)]
    assert joined(Rule.HEAD_NAME, a, b) == []
    assert doubted(Rule.HEAD_NAME, a, b) == ["HEADS_CERTIFICATE_MISSING"]


def test_the_phone_of_the_banks_own_staff_is_no_evidence() -> None:
    party = replace(PERSON, phone="13912345678")
    assert [rule for rule, _ in match_keys(party, frozenset())] == [Rule.PHONE]
    assert list(match_keys(party, frozenset({"13912345678"}))) == []


def test_a_firm_leads_to_its_representative_by_the_hash_of_the_certificate() -> None:
    firm = dict(match_keys(replace(SHOP, representative=CERTIFICATE[1]), frozenset()))
    person = dict(match_keys(replace(PERSON, certificate=CERTIFICATE), frozenset()))
    assert firm[REPRESENTATIVE] == person[Rule.CERTIFICATE]
