"""Small words for places: Chinese numbers."""

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 999 as people count: 一, 十, 十二, 二十, 三十五, 一百零五, 一百一十."""
    hundreds, rest = divmod(number, 100)
    if hundreds:
        begun = _DIGITS[hundreds] + "百"
        if not rest:
            return begun
        if rest < 10:
            return begun + "零" + _DIGITS[rest]
        return begun + ("一" if rest < 20 else "") + chinese_number(rest)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
