"""When two records are one party, when they are not, and when a person has to look."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from domain.customers.identity.evidence import Party, Rule
from domain.customers.identity.keys import REPRESENTATIVE, match_keys
from domain.customers.identity.names import person_name
from domain.customers.identity.rules import judge

CERTIFICATE = ("10", "320923196305152407")
OTHER = ("10", "320923196608237379")
CODE, CODE_OF_ANOTHER = "91110000101623741K", "91350100M000100Y43"
FAILING = "91350211M0000XUF46"
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


PASSPORT = replace(PERSON, certificate=("12", "E87654321"))


@pytest.mark.parametrize(
    "written",
    [
        *(["JOHN SMITH", other] for other in ("SMITH, JOHN", "SMITH，JOHN", "SMITH/JOHN", "SMITH<<JOHN")),
        ["JÜRGEN MÜLLER", "MÜLLER, JÜRGEN"],
        ["孙yǎn", "孙䶮"],
        ["李YÁN", "李䶮"],
        *permutations(["田中裕子 TANAKA YUKO", "TANAKA YUKO", "田中裕子"]),
        ["田中裕子 TANAKA YUKO", "YUKO TANAKA"],
        ["田中裕子", "TANAKA, YUKO（田中裕子）"],
        ["王磊", "王磊 WANG LEI"],
    ],
    ids=" | ".join,
)
def test_one_passport_and_one_name_however_it_is_written_are_one_person(written: Sequence[str]) -> None:
    group = [replace(PASSPORT, id=n, name=person_name(name)) for n, name in enumerate(written, 1)]
    verdicts = judge(Rule.CERTIFICATE, group)
    assert verdicts.doubts == []
    assert len(verdicts.links) == len(group) - 1
    assert all(link.a < link.b for link in verdicts.links)
    assert judge(Rule.CERTIFICATE, group[::-1]) == verdicts


@pytest.mark.parametrize(
    "written", [("JOHN SMITH", "SMITH, MARY"), ("田中裕子 TANAKA YUKO", "SUZUKI YUKO"), ("孙yǎn", "周䶮")]
)
def test_one_passport_and_other_names_wait_for_a_person(written: tuple[str, str]) -> None:
    pair = [replace(PASSPORT, id=n, name=person_name(name)) for n, name in enumerate(written, 1)]
    assert joined(Rule.CERTIFICATE, *pair) == []
    assert doubted(Rule.CERTIFICATE, *pair) == ["NAMES_DIFFER"]


def test_a_shop_is_never_its_operator() -> None:
    shop = replace(SHOP, id=2, phone="13912345678", customer_number="C1")
    person = replace(PERSON, phone="13912345678", customer_number="C1")
    for rule in Rule:
        assert joined(rule, person, shop) == []


def test_a_renamed_firm_keeps_its_credit_code() -> None:
    shop = replace(SHOP, credit_code=CODE)
    renamed = replace(shop, id=2, kind="ENTERPRISE", name="另一个名字")
    assert joined(Rule.CREDIT_CODE, shop, renamed) == [(1, 2)]


def test_a_code_on_a_firm_of_another_name_representative_and_telephone_is_borrowed() -> None:
    shop = replace(SHOP, credit_code=CODE, representative="X", phone="13912345678")
    stranger = replace(shop, id=2, name="东风药房", representative="Y", phone="13987654321")
    assert joined(Rule.CREDIT_CODE, shop, stranger) == []
    assert doubted(Rule.CREDIT_CODE, shop, stranger) == ["NAMES_DIFFER"]
    for kept in (
        {"name": shop.name},
        {"representative": "X"},
        {"phone": "13912345678"},
        {"representative": None},
    ):
        assert joined(Rule.CREDIT_CODE, shop, replace(stranger, **kept)) == [(1, 2)]


def test_a_code_that_fails_its_check_needs_something_beside_it() -> None:
    shop = replace(SHOP, credit_code=FAILING, phone="13912345678")
    assert joined(Rule.CREDIT_CODE, shop, replace(shop, id=2)) == [(1, 2)]
    assert joined(Rule.CREDIT_CODE, shop, replace(shop, id=2, name="东风超市")) == [(1, 2)]
    stranger = replace(shop, id=2, name="东风超市", phone="13987654321")
    assert joined(Rule.CREDIT_CODE, shop, stranger) == []
    assert doubted(Rule.CREDIT_CODE, shop, stranger) == ["CODE_FAILS_ITS_CHECK"]


def test_a_code_that_fails_its_check_holds_nobody_apart() -> None:
    shop = replace(SHOP, credit_code=CODE, phone="13912345678")
    mistyped = replace(shop, id=2, credit_code=FAILING)
    for rule in (Rule.PHONE, Rule.FIRM_NAME):
        assert joined(rule, shop, mistyped) == [(1, 2)]
        assert joined(rule, shop, replace(shop, id=2, credit_code=CODE_OF_ANOTHER)) == []


def test_an_organisation_code_alone_joins_unless_the_credit_codes_differ() -> None:
    a = replace(SHOP, credit_code=CODE)
    assert joined(Rule.ORGANISATION_CODE, a, replace(SHOP, id=2, name="另一个名字")) == [(1, 2)]
    assert joined(Rule.ORGANISATION_CODE, a, replace(SHOP, id=2, credit_code=CODE_OF_ANOTHER)) == []


def test_an_organisation_code_that_fails_its_check_needs_the_name_as_well() -> None:
    a = replace(SHOP, certificate=("21", "101623742"))
    assert joined(Rule.ORGANISATION_CODE, a, replace(a, id=2)) == [(1, 2)]
    assert joined(Rule.ORGANISATION_CODE, a, replace(a, id=2, name="另一个名字")) == []


@pytest.mark.parametrize(
    ("a", "b", "is_joined"),
    [
        pytest.param({"representative": "X"}, {"representative": "X"}, True, id="same representative"),
        pytest.param({"phone": "1"}, {"phone": "1"}, True, id="same telephone"),
        pytest.param({}, {}, False, id="nothing besides the name"),
        pytest.param(
            {"phone": "1", "credit_code": CODE},
            {"phone": "1", "credit_code": CODE_OF_ANOTHER},
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
    phone = "13912345678"
    assert joined(Rule.HEAD_NAME, replace(a, phone=phone), replace(b, phone=phone)) == [(1, 2)]


def test_the_phone_of_the_banks_own_staff_is_no_evidence() -> None:
    party = replace(PERSON, phone="13912345678")
    assert [rule for rule, _ in match_keys(party, frozenset())] == [Rule.PHONE]
    assert list(match_keys(party, frozenset({"13912345678"}))) == []


def test_a_firm_leads_to_its_representative_by_the_hash_of_the_certificate() -> None:
    firm = dict(match_keys(replace(SHOP, representative=CERTIFICATE[1]), frozenset()))
    person = dict(match_keys(replace(PERSON, certificate=CERTIFICATE), frozenset()))
    assert firm[REPRESENTATIVE] == person[Rule.CERTIFICATE]


@pytest.mark.parametrize("written", ["王\ue000", "王?", "王□", "王YAN", "王"])
def test_a_character_that_cannot_be_read_contradicts_no_certificate(written: str) -> None:
    whole = replace(PERSON, name="王䶮", certificate=CERTIFICATE)
    lost = replace(PERSON, id=2, name=written, certificate=CERTIFICATE)
    assert joined(Rule.CERTIFICATE, whole, lost) == [(1, 2)]
    assert joined(Rule.CERTIFICATE, replace(lost, id=1), replace(whole, id=2)) == [(1, 2)]
    assert joined(Rule.CERTIFICATE, whole, replace(lost, name="李" + written[1:])) == []


def test_a_character_that_cannot_be_read_says_nothing_where_two_may_be_meant() -> None:
    group = [
        replace(PERSON, id=n, name=name, certificate=CERTIFICATE)
        for n, name in enumerate(["王磊", "王芳", "王?"], 1)
    ]
    assert joined(Rule.CERTIFICATE, *group) == []
    assert len(doubted(Rule.CERTIFICATE, *group)) == 3


def test_a_name_that_cannot_be_read_needs_the_birthday_or_the_telephone_where_no_id_has_it() -> None:
    passport = replace(PERSON, name="王䶮", certificate=("12", "E12345678"), birth_on=date(1980, 1, 1))
    lost = replace(passport, id=2, name="王?")
    assert joined(Rule.CERTIFICATE, passport, lost) == [(1, 2)]
    assert joined(Rule.CERTIFICATE, passport, replace(lost, birth_on=date(1981, 1, 1))) == []
    core = Party(1, "core_customer", "PERSON", "王䶮", phone="13912345678", customer_number="C1")
    quoting = Party(2, "crm_legacy", "PERSON", "王?", customer_number="C1")
    assert joined(Rule.CUSTOMER_NUMBER, core, quoting) == []
    assert joined(Rule.CUSTOMER_NUMBER, core, replace(quoting, phone="13912345678")) == [(1, 2)]
    assert joined(Rule.CUSTOMER_NUMBER, replace(core, name="雷萍㑇"), replace(quoting, name="雷萍ZHOU")) == [
        (1, 2)
    ]


def test_on_a_telephone_who_cannot_be_read_is_the_only_one_he_may_be() -> None:
    lost = replace(PERSON, id=9, name="王?")
    whole = replace(PERSON, id=1, name="王䶮", certificate=CERTIFICATE)
    son = replace(PERSON, id=2, name="王磊")
    assert joined(Rule.PHONE, whole, lost) == [(1, 9)]
    assert joined(Rule.PHONE, whole, replace(son, name="李兰"), lost) == [(1, 9)]
    assert joined(Rule.PHONE, whole, son, lost) == []
    assert joined(Rule.PHONE, whole, replace(lost, certificate=OTHER)) == []
    assert joined(Rule.PHONE, replace(whole, name="蒋永\ue003"), replace(lost, name="蒋永HONG")) == [(1, 9)]
    two = [replace(lost, id=n, name=name) for n, name in enumerate(["王?磊", "王YAN磊", "王*磊"], 1)]
    assert joined(Rule.PHONE, *two) == []


def test_a_shop_of_which_a_character_was_lost_is_the_only_one_of_its_telephone() -> None:
    shop = replace(SHOP, name="王䶮面馆", phone="13912345678")
    lost = replace(shop, id=2, name="王?面馆")
    assert joined(Rule.PHONE, shop, lost) == [(1, 2)]
    assert joined(Rule.PHONE, shop, replace(shop, id=3, name="王记面馆"), lost) == []
    assert joined(Rule.PHONE, replace(shop, name="KTV娱乐"), replace(shop, id=2, name="KTV娱乐城")) == []


MANY = ["张伟", "王兰", "李军", "赵红", "钱明", "孙丽", "周强", "吴刚"]
SHOPS = ["老王面馆", "建国超市", "东风药房", "富旺商行", "长江饭店", "益民五金", "丽人理发", "阳光文具"]


@pytest.mark.parametrize(
    ("rule", "pattern", "names"),
    [
        pytest.param(Rule.CERTIFICATE, replace(PERSON, certificate=CERTIFICATE), MANY, id="certificate"),
        pytest.param(Rule.CREDIT_CODE, replace(SHOP, credit_code=CODE), SHOPS, id="credit code"),
        pytest.param(Rule.CREDIT_CODE, replace(SHOP, credit_code=FAILING), SHOPS, id="failing credit code"),
        pytest.param(
            Rule.ORGANISATION_CODE, replace(SHOP, certificate=("21", "101623741")), SHOPS, id="organisation"
        ),
        pytest.param(
            Rule.HEAD, Party(1, "household.household", "HOUSEHOLD", "", representative="X"), MANY, id="head"
        ),
        pytest.param(
            Rule.CUSTOMER_NUMBER, replace(PERSON, customer_number="1", feed="crm_legacy"), MANY, id="number"
        ),
        pytest.param(Rule.PHONE, replace(PERSON, phone="13912345678"), MANY, id="telephone"),
    ],
)
def test_a_key_that_many_names_share_joins_nobody(rule: Rule, pattern: Party, names: list[str]) -> None:
    group = [replace(pattern, id=n, name=name) for n, name in enumerate(names * 5, 1)]
    if rule is Rule.CUSTOMER_NUMBER:
        group[0] = replace(group[0], feed="core_customer")
    verdicts = judge(rule, group)
    assert verdicts.links == []
    assert len(verdicts.doubts) <= 10
    few = [party for party in group if party.name in names[:2]]
    assert judge(rule, few).links, "with two names on it the key is evidence"


def test_a_name_and_telephone_of_a_form_joins_no_crowd_of_namesakes() -> None:
    shops = [replace(SHOP, id=n, name="小卖部", phone="13900000001") for n in range(1, 41)]
    for rule in (Rule.PHONE, Rule.FIRM_NAME):
        verdicts = judge(rule, shops)
        assert verdicts.links == []
        assert 0 < len(verdicts.doubts) <= 10
    own = [replace(shops[0], representative="X"), *shops[1:39], replace(shops[39], representative="X")]
    assert joined(Rule.FIRM_NAME, *own) == [(1, 40)]
    people = [replace(PERSON, id=n, phone="13900000001") for n in range(1, 41)]
    assert joined(Rule.PHONE, *people) == []


def test_thousands_of_one_name_are_judged_in_one_pass() -> None:
    """Compared with one another they would be twelve million pairs."""
    shops = [replace(SHOP, id=n, name="小卖部", phone=f"139{n:08d}") for n in range(1, 5001)]
    assert joined(Rule.FIRM_NAME, *shops, replace(shops[-1], id=9999)) == [(5000, 9999)]
    heads = [Party(n, "household.household", "HOUSEHOLD", "张伟", village_code="1") for n in range(1, 5001)]
    assert len(doubted(Rule.HEAD_NAME, *heads)) == 10


def test_both_telephones_of_a_field_are_keys_and_hotlines_and_nameless_rows_have_none() -> None:
    both = replace(PERSON, phone="13912345678", other_phone="051587231234")
    local = replace(PERSON, phone="87231234")
    keys = set(match_keys(both, frozenset()))
    assert len(keys) == 2
    assert set(match_keys(local, frozenset())) < keys
    assert list(match_keys(replace(PERSON, phone="4008123123"), frozenset())) == []
    assert list(match_keys(replace(PERSON, name="未知", phone="13912345678"), frozenset())) == []
    assert list(match_keys(replace(SHOP, name="无"), frozenset())) == []


def test_a_quoted_number_is_compared_without_its_padding() -> None:
    core = set(match_keys(replace(PERSON, customer_number="C1"), frozenset()))
    assert core == set(match_keys(replace(PERSON, customer_number="\ufeffＣ1 "), frozenset()))
    assert core != set(match_keys(replace(PERSON, customer_number="C-1"), frozenset()))


def test_a_family_leaves_its_heads_number_and_a_market_does_not() -> None:
    family = [
        replace(PERSON, id=n, name=name)
        for n, name in enumerate(["刘生福", "刘兰", "刘军", "王红", "刘生福"], 1)
    ]
    assert joined(Rule.PHONE, *family) == [(1, 5)]
    market = [
        replace(PERSON, id=n, name=name)
        for n, name in enumerate(["刘生福", "李兰", "张军", "王红", "刘生福"], 1)
    ]
    assert joined(Rule.PHONE, *market) == []
    clan = [replace(PERSON, id=n, name=f"刘{c}") for n, c in enumerate("福兰军红明丽强福", 1)]
    assert joined(Rule.PHONE, *clan) == []


BORN = date(1963, 5, 15)
REGISTERED = Party(
    1, "household", "PERSON", "王建国", CERTIFICATE, birth_on=BORN, gender="F", village_code="320923100201"
)
UNPROVEN = replace(REGISTERED, id=2, feed="core_customer", certificate=None)


@pytest.mark.parametrize(
    ("other", "is_joined"),
    [
        pytest.param({}, True, id="name, birth and village"),
        pytest.param({"name": "王伟"}, True, id="a common name in one village"),
        pytest.param({"gender": None}, True, id="gender unknown, one village"),
        pytest.param({"village_code": None}, True, id="gender for a village that is unknown"),
        pytest.param({"village_code": None, "gender": None}, False, id="neither village nor gender"),
        pytest.param({"village_code": "320923100202"}, True, id="another village of the town"),
        pytest.param(
            {"village_code": "320923100202", "gender": None}, False, id="another village, gender unknown"
        ),
        pytest.param({"village_code": "320923101201"}, False, id="another town"),
        pytest.param({"gender": "M"}, False, id="another gender"),
        pytest.param({"certificate": OTHER}, False, id="another certificate"),
    ],
)
def test_who_has_no_certificate_is_known_by_name_birth_and_village(other: dict, is_joined: bool) -> None:
    name = other.get("name", REGISTERED.name)
    stranger = replace(REGISTERED, id=3, name="王建军", certificate=OTHER)
    assert joined(Rule.BIRTH, stranger, UNPROVEN) == []
    pair = replace(REGISTERED, name=name), replace(UNPROVEN, **other)
    assert bool(joined(Rule.BIRTH, *pair)) is is_joined


def test_of_two_who_may_be_meant_by_name_and_birth_neither_is() -> None:
    elsewhere = replace(REGISTERED, id=3, certificate=OTHER, village_code="320923101202")
    nowhere = replace(UNPROVEN, village_code=None)
    assert joined(Rule.BIRTH, REGISTERED, UNPROVEN, elsewhere) == [(1, 2)]
    assert joined(Rule.BIRTH, REGISTERED, nowhere, elsewhere) == []
    assert doubted(Rule.BIRTH, REGISTERED, nowhere, elsewhere) == ["BIRTH_AND_NAME_ALONE"] * 2
    twin = replace(REGISTERED, id=3, certificate=OTHER)
    assert joined(Rule.BIRTH, REGISTERED, UNPROVEN, twin) == []


def test_by_birth_a_character_that_was_lost_contradicts_nothing_in_one_village() -> None:
    lost = replace(UNPROVEN, name="王〓")
    whole = replace(REGISTERED, name="王㛃")
    assert joined(Rule.BIRTH, whole, lost) == joined(Rule.BIRTH, replace(whole, name="王?"), lost) == [(1, 2)]
    assert joined(Rule.BIRTH, whole, replace(lost, village_code=None)) == []
    assert joined(Rule.BIRTH, whole, replace(whole, id=3, name="王磊", certificate=OTHER), lost) == []


def test_days_of_birth_are_keys_of_feeds_that_state_them() -> None:
    rules = {rule for rule, _ in match_keys(UNPROVEN, frozenset())}
    assert rules == {Rule.BIRTH}
    assert list(match_keys(replace(UNPROVEN, feed="pos_merchant.operator"), frozenset())) == []
    assert list(match_keys(replace(UNPROVEN, name="?磊"), frozenset())) == []
