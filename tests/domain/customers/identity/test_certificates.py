"""Certificates and codes in comparable form, with the standards' own vectors."""

from datetime import date

import pytest

from domain.customers.identity import certificates

WANG = "320923198001010011"


def with_check(body: str) -> str:
    return body + certificates.citizen_check(body)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("32092319800101123X", None, id="wrong check character"),
        pytest.param("130402198207290622", None, id="wrong check digit of the published vector"),
        pytest.param("320923196305152407", "320923196305152407", id="as it should be"),
        pytest.param("３２０９２３１９６３０５１５２４０７", "320923196305152407", id="full-width"),
        pytest.param("320923 19630515 2407", "320923196305152407", id="spaced"),
        pytest.param(
            "\ufeff320923\u200b19630515\xa02407\u3000", "320923196305152407", id="invisible characters"
        ),
        pytest.param("32O923I963O5I524O7", "320923196305152407", id="letters for digits"),
        pytest.param("32092319550105093x", "32092319550105093X", id="lower-case x"),
        pytest.param("32092319550105093Х", "32092319550105093X", id="Cyrillic X"),
        pytest.param("32092319550105093×", "32092319550105093X", id="a sign of multiplication"),
        pytest.param("320923630515240", "320923196305152407", id="fifteen digits"),
        pytest.param("11010519491231002X", None, id="the standard's own example is nobody"),
        pytest.param("111111111111111111", None, id="one digit throughout"),
        pytest.param("320923196302302407", None, id="30 February"),
        pytest.param("XXXXXXXXXXXXXXXXXX", None, id="filled with X"),
        pytest.param("", None, id="empty"),
    ],
)
def test_citizen_ids(given: str, expected: str | None) -> None:
    assert certificates.citizen_id(given) == expected


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("32092319000101001", id="born on 1 January 1900"),
        pytest.param("32092319010101001", id="born on 1 January 1901"),
        pytest.param("32092319800101000", id="sequence 000"),
        pytest.param("00000019800101001", id="no province"),
        pytest.param("32092329800101001", id="born in the future"),
    ],
)
def test_what_forms_are_filled_with_is_nobodys_id_though_its_check_is_right(body: str) -> None:
    assert certificates.citizen_id(with_check(body)) is None
    assert certificates.citizen_id(with_check(f"{body[:6]}19800101001")[:17] + "?") is None


def test_birth_and_gender_are_in_the_id() -> None:
    assert certificates.birth_of("320923196305152407") == date(1963, 5, 15)
    assert certificates.gender_of("320923196305152407") == "F"
    assert certificates.gender_of("32092319550105093X") == "M"


@pytest.mark.parametrize(
    ("day", "is_known"),
    [
        (date(1980, 1, 1), True),
        (date(1926, 3, 4), True),
        (date(1900, 1, 1), False),
        (date(1901, 1, 1), False),
        (date(1899, 12, 30), False),
        (date(1970, 1, 1), False),
        (date(9999, 12, 31), False),
        (None, False),
    ],
)
def test_days_of_birth_that_systems_put_where_they_know_none(day: date | None, is_known: bool) -> None:
    assert (certificates.known_birth(day) is not None) is is_known


@pytest.mark.parametrize(
    ("given", "expected"),
    [("M", "M"), ("女", "F"), ("1", "M"), ("2", "F"), ("0", None), ("9", None), ("", None)],
)
def test_genders(given: str, expected: str | None) -> None:
    assert certificates.known_gender(given) == expected


@pytest.mark.parametrize(
    ("type_", "number", "expected"),
    [
        pytest.param("10", WANG, ("10", WANG), id="居民身份证"),
        pytest.param("11", WANG, ("10", WANG), id="户口簿"),
        pytest.param("15", WANG, ("10", WANG), id="a temporary card"),
        pytest.param(None, WANG, ("10", WANG), id="no type"),
        pytest.param(
            "83",
            with_check("83000019800101001"),
            ("10", with_check("83000019800101001")),
            id="台湾居民居住证",
        ),
        pytest.param(
            "13", with_check("91184019660520008"), ("10", with_check("91184019660520008")), id="永久居留"
        ),
        pytest.param("11", "320923198001010012", None, id="户口簿 with a wrong check"),
        pytest.param("12", "g1234567", ("12", "G1234567"), id="passport"),
        pytest.param("12", "E12345678", ("12", "E12345678"), id="passport in sequence"),
        pytest.param("12", " Ｅ１２３４５６７８\u200b", ("12", "E12345678"), id="padded passport"),
        pytest.param("14", "H1234567801", ("14", "H12345678"), id="a permit that was renewed"),
        pytest.param("12", "000000000", None, id="noughts"),
        pytest.param("12", "E00000000", None, id="a letter and noughts"),
        pytest.param("12", "123456789", None, id="digits in a row"),
        pytest.param("12", "不详", None, id="unknown"),
        pytest.param("10", "G1234567", None, id="a passport that is no citizen's id"),
        pytest.param("20", "91110000101623741K", None, id="a firm's licence on a person's row"),
    ],
)
def test_type_and_number_are_the_certificate_together(
    type_: str | None, number: str, expected: tuple[str, str] | None
) -> None:
    assert certificates.certificate(type_, number) == expected


@pytest.mark.parametrize(
    ("given", "expected", "is_right"),
    [
        pytest.param("９１１１００００１０１６２３７４１Ｋ", "91110000101623741K", True, id="full-width"),
        pytest.param("9111OOOO-1O1623741k", "91110000101623741K", True, id="O for 0"),
        pytest.param("91350211M0000XUF46", "91350211M0000XUF46", False, id="a register's own fault"),
        pytest.param("91110000101623741I", None, False, id="a letter that codes have not"),
        pytest.param("91320923XXXXXXXXXX", None, False, id="filled with X"),
        pytest.param("92320923MA00000000", None, False, id="filled with noughts"),
        pytest.param("000000000000000000", None, False, id="noughts"),
        pytest.param("11111111", None, False, id="ones"),
        pytest.param(WANG, None, False, id="a citizen's id"),
        pytest.param("320923198001010012", None, False, id="a citizen's id with a slip"),
    ],
)
def test_credit_codes(given: str, expected: str | None, is_right: bool) -> None:
    code = certificates.credit_code(given)
    assert code == expected
    assert bool(code and certificates.has_right_check(code)) is is_right


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("91110000101623741K", "101623741"),
        ("10162374-1", "101623741"),
        ("11111111-1", None),
        ("MA0000000", None),
        ("123456789", None),
        (WANG, None),
    ],
)
def test_organisation_codes(given: str, expected: str | None) -> None:
    assert certificates.organisation_code(given) == expected


def test_the_check_of_an_organisations_code() -> None:
    assert certificates.has_right_organisation_check("101623741")
    assert not certificates.has_right_organisation_check("101623742")
