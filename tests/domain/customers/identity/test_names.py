"""Names as they are shown, as they are compared, and when two spellings may be one."""

import pytest

from domain.customers.identity import names


@pytest.mark.parametrize("dot", list("·・•‧∙⋅●．."))
def test_the_dot_of_a_name_is_shown_and_not_compared(dot: str) -> None:
    assert names.shown(f"买买提{dot}艾力") == f"买买提{dot}艾力"
    assert names.person_name(f"买买提 {dot} 艾力") == names.person_name("买买提艾力") == "买买提艾力"


@pytest.mark.parametrize(
    ("given", "shown", "compared"),
    [
        ("JOHN SMITH", "JOHN SMITH", "JOHNSMITH"),
        ("ＪＯＨＮ　 ＳＭＩＴＨ", "JOHN SMITH", "JOHNSMITH"),
        ("O'Brien Mary-Ann", "O'Brien Mary-Ann", "OBRIENMARYANN"),
        ("王　磊", "王磊", "王磊"),
        ("王 磊", "王磊", "王磊"),
        ("\ufeff王\u200b磊\xa0\u3000", "王磊", "王磊"),
        ("王\ue863", "王䶮", "王䶮"),
        ("王&#19886;", "王䶮", "王䶮"),
        ("王䶮\U000e0101", "王䶮", "王䶮"),
        ("买买提 · 艾力", "买买提·艾力", "买买提艾力"),
        ("SMITH, JOHN", "SMITH, JOHN", "SMITHJOHN"),
        ("SMITH，JOHN", "SMITH，JOHN", "SMITHJOHN"),
        ("SMITH/JOHN", "SMITH/JOHN", "SMITHJOHN"),
        ("ＳＭＩＴＨ／ＪＯＨＮ", "SMITH／JOHN", "SMITHJOHN"),
        ("SMITH<<JOHN", "SMITH<<JOHN", "SMITHJOHN"),
        ("赵 YAN", "赵 YAN", "赵YAN"),
        ("田中裕子 TANAKA YUKO", "田中裕子 TANAKA YUKO", "田中裕子 TANAKA YUKO"),
        ("田中　裕子　ＴＡＮＡＫＡ　Ｙｕｋｏ", "田中裕子 TANAKA Yuko", "田中裕子 TANAKA YUKO"),
        ("田中裕子（TANAKA, YUKO）", "田中裕子（TANAKA, YUKO）", "田中裕子 TANAKA YUKO"),
        ("TANAKA YUKO 田中裕子", "TANAKA YUKO 田中裕子", "田中裕子 TANAKA YUKO"),
        ("约翰·史密斯/JOHN SMITH", "约翰·史密斯/JOHN SMITH", "约翰史密斯 JOHN SMITH"),
        ("김철수 KIM CHUL-SOO", "김철수 KIM CHUL-SOO", "김철수 KIM CHUL SOO"),
        ("王磊 WANGLEI", "王磊 WANGLEI", "王磊 WANGLEI"),
    ],
)
def test_names_are_shown_as_written_and_compared_without_padding(
    given: str, shown: str, compared: str
) -> None:
    assert (names.shown(given), names.person_name(given)) == (shown, compared)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("阜宁瑞丰（江苏）环保科技有限公司", "阜宁瑞丰江苏环保科技"),
        ("阜宁瑞丰(江苏)环保科技股份有限公司", "阜宁瑞丰江苏环保科技"),
        ("建国\u200b超市\u3000", "建国超市"),
        ("公司", "公司"),
    ],
)
def test_firm_names(given: str, expected: str) -> None:
    assert names.firm_name(given) == expected


@pytest.mark.parametrize(
    "name",
    [
        *(
            "王\ue000",
            "王?",
            "王？",
            "王□",
            "王■",
            "王〓",
            "王\ufffd",
            "赵YAN",
            "赵(yan)",
            "王*",
            "未知",
            "王",
        ),
        *(
            "李YÁN",
            "孙yǎn",
            "孙ya\u030cn",
            "孙(yǎn)",
            "孙yan3",
            "孙yǎn磊",
            "孙lü",
            "孙yɑn",
            "雷萍 ZHOU",
            "雷萍(ZHŌU)",
        ),
        *("李 ZI QIAN", "田中?子 TANAKA YUKO"),
    ],
)
def test_names_that_cannot_be_read_wholly(name: str) -> None:
    assert not names.is_readable(name)


@pytest.mark.parametrize(
    "name", ["王磊", "王䶮", "李㛃", "买买提·艾力", "JOHN SMITH", "欧阳小明", "MÜLLER, JÜRGEN"]
)
def test_names_that_can(name: str) -> None:
    assert names.is_readable(name)


@pytest.mark.parametrize("name", ["李YÁN", "孙yǎn", "孙ya\u030cn", "孙(yǎn)", "孙yan3", "孙yɑn", "孙lǖ"])
def test_pinyin_with_its_tone_stands_for_a_character(name: str) -> None:
    assert not names.is_readable(names.person_name(name))
    assert names.could_be(names.person_name(name), f"{name[0]}䶮")
    assert not names.could_be(names.person_name(name), "周䶮")


@pytest.mark.parametrize("name", ["田中裕子 TANAKA YUKO", "LEE KI 王磊", "王磊(WANG LEI)", "王磊 WANGLEI"])
def test_a_name_in_two_scripts_is_whole(name: str) -> None:
    assert names.is_readable(name)
    assert names.is_readable(names.person_name(name))
    assert names.person_name(names.person_name(name)) == names.person_name(name)


@pytest.mark.parametrize(
    ("other", "agrees"),
    [
        ("田中裕子", True),
        ("TANAKA YUKO", True),
        ("TANAKA/YUKO", True),
        ("田中裕子 YUKO TANAKA", True),
        ("田中百惠", False),
        ("TANAKA MOMOE", False),
        ("田中百惠 TANAKA YUKO", False),
    ],
)
def test_a_name_in_two_scripts_is_either_of_them(other: str, agrees: bool) -> None:
    both, other = names.person_name("田中裕子 TANAKA YUKO"), names.person_name(other)
    assert names.names_agree(both, other) is names.names_agree(other, both) is agrees


def test_of_a_name_in_two_scripts_one_may_have_lost_a_character() -> None:
    assert names.could_be("田中裕子 TANAKA YUKO", "田中裕?")
    assert not names.could_be("田中裕子 TANAKA YUKO", "田村?子")


@pytest.mark.parametrize(
    ("a", "b", "may_be_one"),
    [
        ("王\ue000", "王䶮", True),
        ("李?", "李㛃", True),
        ("李??", "李㛃", True),
        ("赵YAN", "赵䶮", True),
        ("王", "王䶮", True),
        ("王?", "王YAN", True),
        ("?磊", "王磊", True),
        ("王*磊", "王小磊", True),
        ("张?", "章䶮", True),
        ("未知", "王磊", True),
        ("王磊(小)", "王磊", True),
        ("王?", "李磊", False),
        ("王?磊", "王?明", False),
        ("王?明", "王小磊", False),
        ("李?", "王?", False),
    ],
)
def test_what_cannot_be_read_contradicts_nothing(a: str, b: str, may_be_one: bool) -> None:
    assert names.could_be(a, b) is names.could_be(b, a) is may_be_one


def test_with_a_certificate_a_name_may_be_turned_round_or_cut_off() -> None:
    assert names.spelt_otherwise("JOHNSMITH", "SMITHJOHN")
    assert names.spelt_otherwise("MÜLLERJÜRGEN", "JÜRGENMÜLLER")
    assert names.spelt_otherwise("田中裕子 TANAKA YUKO", "YUKOTANAKA")
    assert names.spelt_otherwise("买买提艾力", "买买提艾力阿卜杜")
    assert not names.spelt_otherwise("JOHNSMITH", "MARYSMITH")
    assert not names.spelt_otherwise("王磊", "王磊明")


def test_the_sound_of_a_name_is_without_tones_and_the_same_in_both_scripts() -> None:
    assert names.sound("张玮") == names.sound("张伟")
    assert names.sound("张丽") != names.sound("张伟")
    assert names.names_agree("王國", "王国")
    assert names.names_agree("王涛", "王焘"), "one of its readings is enough"
    assert names.names_agree("汪诲", "汪海"), "taken for it by eye"
    assert not names.names_agree("王国", "王明")
