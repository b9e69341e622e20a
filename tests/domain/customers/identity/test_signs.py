"""A name that comes without its kind: a firm's, a person's, or one that does not say."""

import pytest

from domain.customers.identity.signs import is_firm, is_firm_name, kind_of_firm


@pytest.mark.parametrize(
    "name",
    [
        "建国超市", "阜宁县沟墩镇老王面馆", "阜宁（陈良）富旺有限公司", "张记饭店二店", "陈集村股份经济合作社",
        "中心小学", "沟墩镇人民政府", "买买提·艾力烧烤店", "第二分公司", "益民五金", "ＫＴＶ娱乐中心",
    ],
)  # fmt: skip
def test_firms(name: str) -> None:
    assert is_firm(name)


@pytest.mark.parametrize(
    "name",
    [
        "王磊",
        "王建国",
        "买买提·艾力",
        "阿卜杜热西提•麦麦提",
        "JOHN SMITH",
        "ＪＯＨＮ ＳＭＩＴＨ",
        "SMITH／JOHN",
        "Smith<<John",
        "MÜLLER, JÜRGEN",
    ],
)
def test_people(name: str) -> None:
    assert is_firm(name) is False


@pytest.mark.parametrize("name", ["买买提艾力", "阿卜杜热西提麦麦提", "欧阳小明", "欧阳镇国", "王记店"])
def test_where_the_name_does_not_say_the_quoted_number_does(name: str) -> None:
    assert is_firm(name) is None
    assert not is_firm_name(name)
    assert not is_firm_name(name, "P")
    assert is_firm_name(name, "S")


def test_a_name_that_says_so_is_believed_more_than_the_quoted_number() -> None:
    assert is_firm_name("建国超市", "P")
    assert not is_firm_name("王建国", "S")


def test_the_kind_of_a_firm_by_its_registrar_and_its_name() -> None:
    assert kind_of_firm("92320923MA1ABCDE1X", "有限公司") == "SOLE_TRADER"
    assert kind_of_firm(None, "富旺有限公司") == "ENTERPRISE"
    assert kind_of_firm(None, "中心小学") == "ORGANISATION"
