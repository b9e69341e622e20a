"""Telephones as people write them."""

import pytest

from domain.customers.identity.telephones import is_evidence, line, phone, telephones

MOBILE, OTHER, FIXED = "13912345678", "13987654321", "051587231234"


@pytest.mark.parametrize(
    "given",
    [
        "13912345678", "+8613912345678", "8613912345678", "0086-139-1234-5678", "86-13912345678", "(+86)139 1234 5678",
        "139-1234-5678", "139 1234 5678", "139.1234.5678", "１３９１２３４５６７８", "１３９－１２３４－５６７８",
        "013912345678", "手机：13912345678", "13912345678（妻）", "13912345678,", "139\u200b12345678\ufeff",
        "\u300013912345678\xa0", "l39l2345678",
    ],
)  # fmt: skip
def test_a_mobile(given: str) -> None:
    assert telephones(given) == (MOBILE,)


@pytest.mark.parametrize(
    "given",
    [
        "0515-87231234", "(0515)87231234", "（0515）8723 1234", "0515 87231234", "+86-515-87231234", "86 515 8723 1234",
        "0515-8723 1234 转 12", "0515-87231234转8012", "0515-87231234-12", "051587231234ext12", "0515—87231234#3",
    ],
)  # fmt: skip
def test_a_fixed_line_without_its_extension(given: str) -> None:
    assert telephones(given) == (FIXED,)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("13912345678/13987654321", (MOBILE, OTHER)),
        ("13912345678、13987654321", (MOBILE, OTHER)),
        ("13912345678; 13987654321", (MOBILE, OTHER)),
        ("13912345678，13987654321", (MOBILE, OTHER)),
        ("13912345678 13987654321", (MOBILE, OTHER)),
        ("1391234567813987654321", (MOBILE, OTHER)),
        ("１３９１２３４５６７８／１３９８７６５４３２１", (MOBILE, OTHER)),
        ("13912345678/13912345678", (MOBILE,)),
        ("0515-87231234/13912345678", (MOBILE, FIXED)),
        ("0515-87231234 13912345678", (MOBILE, "87231234")),
    ],
)
def test_several_in_one_field_the_mobile_first(given: str, expected: tuple[str, ...]) -> None:
    assert telephones(given)[:1] == expected[:1]
    assert set(map(line, telephones(given))) == set(map(line, expected))


@pytest.mark.parametrize(
    "given",
    [
        "13800000000", "13888888888", "12345678901", "13800138000", "13131313131", "19900000000", "00000000000",
        "0515-88888888", "110", "120", "12315", "0", "无", "不详", "N/A", "1391234567", "139123456789", "",
    ],
)  # fmt: skip
def test_what_is_no_telephone_of_anybody(given: str) -> None:
    assert phone(given) is None


def test_a_fixed_line_is_compared_without_its_area() -> None:
    assert telephones("8723 1234") == ("87231234",)
    assert line("87231234") == line(FIXED)
    assert line(MOBILE) == MOBILE


def test_a_hotline_is_to_be_called_and_no_evidence() -> None:
    assert telephones("400-812-3123") == ("4008123123",)
    assert not is_evidence("4008123123")
    assert is_evidence(FIXED)


def test_a_number_abroad_keeps_its_country() -> None:
    assert telephones("+852 9123 4567") == telephones("00852-91234567") == ("+85291234567",)
