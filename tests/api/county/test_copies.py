"""A customer's copy is another party: as valid or as dirty as he is, and nobody's twin."""

import psycopg
import pytest

from domain.customers.identity.certificates import (
    citizen_id,
    credit_code,
    has_right_check,
    has_right_organisation_check,
    organisation_code,
)
from domain.customers.identity.names import firm_name, person_name
from domain.customers.identity.signs import is_firm_name, kind_of_firm
from domain.customers.identity.telephones import phone
from tests.bench.copies.copying import MOST_COPIES, put_shifts

CITIZENS = [
    "320923198008095054", "32092319540709408X", "32082619470620265x", "320826560624597", "320826 19630127 4099",
    "３２０９２３１９８０１０２４８７３４", "320923198008095055", "110101190001010000", "护照", "",
]  # fmt: skip
CODES = ["92320923MA975MLX0G", "９２３２０９２３MAJQFYＸN８７", "92320923-MA975MLX0G", "不详", "12320923"]
PHONES = [
    "18310740032", "+8613020365149", "8613009126746", "130 0336 9526", "130-0477-2599", "0515-80011704",
    "１３２２７０１６９９８", "120", "00000000000",
]  # fmt: skip
FIRMS = ["阜宁县板湖镇姜春银便利店", "阜宁县（陈良）富旺有限公司", "陈集村股份经济合作社", "阜宁县中心小学"]
PEOPLE = ["王磊", "葛宁刚", "王　磊", "欧阳小明"]


@pytest.fixture(scope="module")
def shifts(make_database):
    with psycopg.connect(make_database()) as connection:
        put_shifts(connection)
        yield connection


def copies_of(shifts: psycopg.Connection, function: str, value: str, *more: str) -> list[str]:
    """The value itself and as it is in each copy."""
    arguments = ", ".join(["%s", *("%s" for _ in more), "k"])
    rows = shifts.execute(
        f"select copies.{function}({arguments}) from generate_series(0, {MOST_COPIES - 1}) k".encode(),
        [value, *more],
    )
    return [row[0] for row in rows]


READINGS = [
    *(("citizen", citizen_id, raw) for raw in CITIZENS),
    *(("credit_code", credit_code, raw) for raw in CODES),
    *(("phone", phone, raw) for raw in PHONES),
    *(("name", firm_name, raw) for raw in FIRMS),
    *(("name", person_name, raw) for raw in PEOPLE),
]


@pytest.mark.parametrize(("function", "read", "raw"), READINGS)
def test_a_copy_is_read_as_the_copy_of_what_was_read(shifts, function, read, raw) -> None:
    """So the records of a copy can be made from the records of the original, as identity would make them."""
    made = copies_of(shifts, function, raw)
    plain = read(raw)
    if plain is None:
        assert {read(one) for one in made} == {None}
    else:
        assert [read(one) for one in made] == copies_of(shifts, function, plain)
    assert made[0] == raw


def test_copies_share_no_certificate_code_or_mobile(shifts) -> None:
    for function, value in (("citizen", CITIZENS[0]), ("credit_code", CODES[0]), ("phone", PHONES[0])):
        assert len(set(copies_of(shifts, function, value))) == MOST_COPIES
    codes = copies_of(shifts, "credit_code", CODES[0])
    assert len({organisation_code(code) for code in codes}) == MOST_COPIES


def test_checks_of_copies_are_as_right_or_wrong_as_the_originals(shifts) -> None:
    for code in ("92320923MA975MLX0G", "92320923MA975MLX0H"):
        copies = copies_of(shifts, "credit_code", code)
        assert {has_right_check(one) for one in copies} == {has_right_check(code)}
        inside = {has_right_organisation_check(one[8:17]) for one in copies}
        assert inside == {has_right_organisation_check(code[8:17])}
    for type_, number in (("11", CITIZENS[0]), ("12", "E12345678")):
        assert len(set(copies_of(shifts, "certificate", number, type_))) == MOST_COPIES


def test_a_copy_is_of_the_same_kind(shifts) -> None:
    for name in (*FIRMS, *PEOPLE):
        made = copies_of(shifts, "name", name)
        assert {is_firm_name(one) for one in made} == {is_firm_name(name)}
        assert {kind_of_firm(None, one) for one in made} == {kind_of_firm(None, name)}


def test_members_of_a_household_stay_together(shifts) -> None:
    members = [copies_of(shifts, "record_key", f"32092300000000/{number}") for number in ("01", "02")]
    households = copies_of(shifts, "number", "32092300000000")
    assert [key.split("/")[0] for key in members[0]] == households
    assert [key.split("/")[0] for key in members[1]] == households
    assert len(set(households)) == MOST_COPIES
