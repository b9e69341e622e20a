"""Names and phone numbers of staff who do not exist."""

import numpy as np

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
# Given names of two characters each.
_GIVEN = (
    "建华志强海燕丽娟文博雨婷俊杰晓东秀兰国栋思远佳怡永康玉梅子涵浩然春花明辉静雯立新"
    "红霞振宇小军雪梅家豪慧敏长青桂芳宏伟诗琪少华翠萍新宇淑珍一鸣爱民欣怡德胜月娥启航"
)


def fictional_names(count: int, seed: int) -> list[str]:
    """Distinct plausible names; nobody's."""
    generator = np.random.default_rng(seed)
    given = [_GIVEN[i : i + 2] for i in range(0, len(_GIVEN), 2)]
    every = [first + second for first in _SURNAMES for second in given]
    return [every[i] for i in generator.permutation(len(every))[:count]]


def fictional_phone(index: int) -> str:
    """A number of the right form in one block (199 0000 xxxx), so that it is seen to be made up."""
    return f"1990000{index:04d}"
