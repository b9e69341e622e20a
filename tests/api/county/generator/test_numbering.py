"""Numbers are what registers would give out: held against python-stdnum and the published vectors."""

from datetime import date

from stdnum.cn import ric, uscc

from api.county.generator import numbering


def test_citizen_check_of_the_standards_own_examples() -> None:
    assert numbering.citizen_check("11010519491231002") == "X"
    assert numbering.citizen_check("44052418800101001") == "4"


def test_citizen_ids_are_valid_and_tell_the_gender() -> None:
    for pair, is_male in ((0, True), (137, False), (499, True)):
        number = numbering.citizen_id("320923", "19800229", pair, is_male)
        assert ric.calc_check_digit(number) == number[17]
        assert ric.get_birth_date(number) == date(1980, 2, 29)
        assert int(number[16]) % 2 == is_male


def test_credit_codes_carry_both_checks() -> None:
    for serial in range(0, 500_000, 997):
        code = numbering.credit_code("91", serial)
        assert uscc.is_valid(code), code
        inner = [int(c, 36) for c in code[8:16]]
        rest = 11 - sum(w * v for w, v in zip((3, 7, 9, 10, 5, 8, 4, 2), inner, strict=True)) % 11
        assert code[16] == {10: "X", 11: "0"}.get(rest, str(rest))


def test_an_outer_remainder_of_nought_gives_the_check_nought() -> None:
    assert any(numbering.credit_code("92", serial)[17] == "0" for serial in range(200))


def test_no_two_blocks_share_an_id() -> None:
    """Blocks with the same pair of sequence numbers on a day have days of their own."""
    given: set[tuple[int, int]] = set()
    for block in range(1000):
        share = block // numbering.SEQUENCE_PAIRS % numbering.DAY_ROUNDS
        for day in range(720_000 + share, 720_040, numbering.DAY_ROUNDS):
            for second in (False, True):
                pair = numbering.sequence_pair(block, day, second)
                assert 0 < pair < 500
                key = (day - day % numbering.DAY_ROUNDS + share, pair)
                # Twins share the lowest pair, and are told apart by their regions.
                assert key not in given or (second and pair == 1)
                given.add(key)


def test_a_million_serials_have_a_million_numbers() -> None:
    serials = range(0, 8_192_000, 41)
    for make in (numbering.mobile, numbering.customer_number, numbering.organisation_code):
        assert len({make(serial) for serial in serials}) == len(serials)


def test_fifteen_digits_lose_century_and_check() -> None:
    assert numbering.fifteen_digits("11010519491231002X") == "110105491231002"
