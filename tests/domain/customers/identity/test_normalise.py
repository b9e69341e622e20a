"""Values in comparable form, with the standards' own vectors."""

from datetime import date

import pytest

from domain.customers.identity import normalise


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("32092319800101123X", None, id="wrong check character"),
        pytest.param("130402198207290622", None, id="wrong check digit of the published vector"),
        pytest.param("320923196305152407", "320923196305152407", id="as it should be"),
        pytest.param("３２０９２３１９６３０５１５２４０７", "320923196305152407", id="full-width"),
        pytest.param("320923 19630515 2407", "320923196305152407", id="spaced"),
        pytest.param("32092319550105093x", "32092319550105093X", id="lower-case x"),
        pytest.param("320923630515240", "320923196305152407", id="fifteen digits"),
        pytest.param("11010519491231002X", None, id="the standard's own example is nobody"),
        pytest.param("111111111111111111", None, id="one digit throughout"),
        pytest.param("320923196302302407", None, id="30 February"),
        pytest.param("", None, id="empty"),
    ],
)
def test_citizen_ids(given: str, expected: str | None) -> None:
    assert normalise.citizen_id(given) == expected


def test_birth_and_gender_are_in_the_id() -> None:
    assert normalise.birth_of("320923196305152407") == date(1963, 5, 15)
    assert normalise.gender_of("320923196305152407") == "F"
    assert normalise.gender_of("32092319550105093X") == "M"


def test_type_and_number_are_the_certificate_together() -> None:
    assert normalise.certificate("10", "320923196305152407") == ("10", "320923196305152407")
    assert normalise.certificate("12", "g1234567") == ("12", "G1234567")
    assert normalise.certificate("12", "000000000") is None
    assert normalise.certificate("10", "G1234567") is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("13912345678", "13912345678"),
        ("+8613912345678", "13912345678"),
        ("8613912345678", "13912345678"),
        ("139-1234-5678", "13912345678"),
        ("139 1234 5678", "13912345678"),
        ("１３９１２３４５６７８", "13912345678"),
        ("0515-87654321", "051587654321"),
        ("13800000000", None),
        ("12345678901", None),
        ("", None),
    ],
)
def test_phones(given: str, expected: str | None) -> None:
    assert normalise.phone(given) == expected


def test_credit_codes_and_the_organisation_code_inside_them() -> None:
    assert normalise.credit_code("９１１１００００１０１６２３７４１Ｋ") == "91110000101623741K"
    assert normalise.credit_code("91110000101623741I") is None
    assert normalise.organisation_code("91110000101623741K") == "101623741"
    assert normalise.organisation_code("10162374-1") == "101623741"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("阜宁瑞丰（江苏）环保科技有限公司", "阜宁瑞丰江苏环保科技"),
        ("阜宁瑞丰(江苏)环保科技股份有限公司", "阜宁瑞丰江苏环保科技"),
        ("公司", "公司"),
    ],
)
def test_firm_names(given: str, expected: str) -> None:
    assert normalise.firm_name(given) == expected


def test_names_of_people_lose_their_spaces() -> None:
    assert normalise.person_name("王　磊") == "王磊"
    assert normalise.person_name("阿卜杜·热西提") == "阿卜杜热西提"


def test_a_sign_is_told_from_a_person() -> None:
    assert not normalise.is_firm_name("王建国")
    assert normalise.is_firm_name("建国超市")
    assert normalise.is_firm_name("阜宁县沟墩镇老王面馆")


def test_the_sound_of_a_name_is_without_tones() -> None:
    assert normalise.sound("张玮") == normalise.sound("张伟")
    assert normalise.sound("张丽") != normalise.sound("张伟")
