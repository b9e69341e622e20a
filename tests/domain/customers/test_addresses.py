"""Addresses as six kinds of clerk write them lead to the same atom."""

import pytest

from domain.customers.addresses import AddressBook, AtomPlace

ATOMS = [
    AtomPlace(n, f"新桥村{group}", "320923100201", "新桥村", "沟墩镇", 119.8 + n / 1000, 33.7, 400.0)
    for n, group in enumerate(("一组", "十一组", "十二组", "二组"), 1)
] + [
    AtomPlace(9, "新桥村一组", "320923101201", "新桥村", "阜城街道", 119.9, 33.8, 300.0),
    AtomPlace(10, "城河社区", "320923101202", "城河社区", "阜城街道", 119.91, 33.8, 300.0),
]
BOOK = AddressBook.of(ATOMS, ("江苏省", "盐城市", "阜宁县"))


@pytest.mark.parametrize(
    "address",
    [
        "江苏省盐城市阜宁县沟墩镇新桥村十二组15号",
        "阜宁县沟墩镇新桥村十二组15号",
        "江苏省阜宁县沟墩镇新桥村12组15号",
        "沟墩镇新桥村十二组15号",
        "江苏 盐城 阜宁 沟墩镇 新桥村 12组 15号",
        "江苏省盐城市阜宁县沟墩镇新桥村１２组１５号",
    ],
)
def test_every_style_leads_to_the_group(address: str) -> None:
    found = BOOK.find(address)
    assert found is not None
    assert (found.atom_id, found.accuracy_m, found.is_whole) == (3, 400.0, True)


@pytest.mark.parametrize(
    ("address", "atom_id"),
    [
        ("沟墩镇新桥村1组9号", 1),
        ("沟墩镇新桥村11组9号", 2),
        ("阜城街道新桥村一组", 9),
        ("阜城街道城河社区5号", 10),
    ],
)
def test_groups_and_towns_are_not_confused(address: str, atom_id: int) -> None:
    found = BOOK.find(address)
    assert found is not None
    assert found.atom_id == atom_id


def test_with_the_village_alone_its_middle_stands_for_it_and_the_accuracy_says_so() -> None:
    for found in (
        BOOK.find("阜宁县沟墩镇新桥村"),
        BOOK.find(None, "320923100201"),
        BOOK.find("某处", "320923100201"),
    ):
        assert found is not None
        assert found.atom_id in (2, 3)
        assert (found.accuracy_m, found.is_whole) == (800.0, False)


def test_an_address_elsewhere_leads_nowhere() -> None:
    assert BOOK.find("上海市浦东新区") is None
    assert BOOK.find(None, None) is None
