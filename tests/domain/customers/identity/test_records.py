"""What a row says of its party: kinds and numbers by what the row says they are."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from domain.customers.identity.records import Record, records_of

WANG, CODE = "320923198001010011", "91110000101623741K"


def record_of(feed: str, **values: Any) -> Record:
    """The record of a row in which nothing else is known."""
    (record,) = records_of(feed, defaultdict(lambda: None, {"key": "1", "status": "1"} | values))
    return record


@pytest.mark.parametrize(
    ("said", "code", "representative", "certificate"),
    [
        pytest.param({"cert_type": "10", "cert_no": WANG}, None, WANG, None, id="the operator's card"),
        pytest.param({"cert_type": "11", "cert_no": WANG}, None, WANG, None, id="his 户口簿"),
        pytest.param({"cert_type": "20", "uscc": WANG}, None, WANG, None, id="his id for a credit code"),
        pytest.param({"cert_type": "20", "cert_no": WANG}, None, WANG, None, id="his id as a licence"),
        pytest.param(
            {"cert_type": "21", "cert_no": WANG}, None, WANG, None, id="his id as an organisation's code"
        ),
        pytest.param({"cert_type": "12", "cert_no": "E12345678"}, None, None, None, id="his passport"),
        pytest.param({"cert_type": "20", "cert_no": CODE}, CODE, None, None, id="a licence"),
        pytest.param(
            {"cert_type": "10", "cert_no": CODE}, CODE, None, None, id="a code under the wrong type"
        ),
        pytest.param({"cert_type": "10", "cert_no": WANG, "uscc": CODE}, CODE, WANG, None, id="both"),
        pytest.param(
            {"cert_type": "21", "cert_no": "10162374-1"},
            None,
            None,
            ("21", "101623741"),
            id="an organisation's code",
        ),
        pytest.param(
            {"cert_type": "10", "cert_no": "101623741"}, None, None, None, id="nine digits on his card"
        ),
    ],
)
@pytest.mark.parametrize("kind", ["S", "E", "O"])
def test_a_firms_codes_and_who_runs_it(
    kind: str, said: dict, code: str | None, representative: str | None, certificate: tuple | None
) -> None:
    record = record_of("core_customer", kind=kind, name="王记面馆", **said)
    assert (record.credit_code, record.representative, record.certificate) == (
        code,
        representative,
        certificate,
    )


def test_a_shop_of_the_pos_with_its_operators_id_for_a_credit_code() -> None:
    shop = record_of("pos_merchant", name="王记面馆", uscc=WANG)
    assert (shop.kind, shop.credit_code, shop.representative) == ("SOLE_TRADER", None, WANG)
    operator = record_of("pos_merchant.operator", operator_name="王磊", uscc=WANG)
    assert operator.certificate == ("10", WANG)
    assert record_of("pos_merchant.operator", operator_name="王磊", uscc=CODE).certificate is None


def test_the_core_says_what_a_customer_is_whatever_the_name_looks_like() -> None:
    assert record_of("core_customer", kind="P", name="建国超市").kind == "PERSON"
    assert record_of("core_customer", kind="S", name="王磊").kind == "SOLE_TRADER"


@pytest.mark.parametrize("type_", ["10", "11", "15", None])
def test_a_personal_number_gives_birth_and_gender_under_any_document(type_: str | None) -> None:
    record = record_of("core_customer", kind="P", name="王磊", cert_type=type_, cert_no=WANG)
    assert (record.certificate, record.birth_on, record.gender) == (("10", WANG), date(1980, 1, 1), "M")


def test_a_default_birth_and_an_unknown_sex_are_taken_from_the_number() -> None:
    said = {"birth_on": date(1900, 1, 1), "gender": "0", "village_code": "000000000000"}
    record = record_of("core_customer", kind="P", name="王磊", cert_type="10", cert_no=WANG, **said)
    assert (record.birth_on, record.gender, record.village_code) == (date(1980, 1, 1), "M", None)
    assert record.certificate == ("10", WANG)


def test_the_village_of_who_moved_away_is_not_where_he_lives() -> None:
    assert record_of("household", name="王磊", village_code="320923100201").village_code == "320923100201"
    assert record_of("household", name="王磊", village_code="320923100201", status="2").village_code is None


@pytest.mark.parametrize(
    ("name", "kind_of_number", "kind", "compared"),
    [
        ("买买提·艾力", None, "PERSON", "买买提艾力"),
        ("买买提艾力", "P", "PERSON", "买买提艾力"),
        ("JOHN SMITH", None, "PERSON", "JOHNSMITH"),
        ("建国超市", "P", "SOLE_TRADER", "建国超市"),
        ("益民生鲜", "S", "SOLE_TRADER", "益民生鲜"),
        ("益民生鲜", None, "PERSON", "益民生鲜"),
        ("富旺（江苏）有限公司", None, "ENTERPRISE", "富旺江苏"),
    ],
)
def test_a_row_of_the_crm_says_its_kind_by_name_and_quoted_number(
    name: str, kind_of_number: str | None, kind: str, compared: str
) -> None:
    record = record_of("crm_legacy", name=name, kind_of_number=kind_of_number, cust_no=" Ｃ1\u200b")
    assert (record.kind, record.name, record.name_norm, record.cust_no) == (kind, name, compared, "C1")
