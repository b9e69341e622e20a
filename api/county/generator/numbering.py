"""Numbers with check digits: citizens' ids (GB 11643), credit codes (GB 32100), telephones, accounts.

A number depends on nothing but the party's own place in the county, so that the first thousand customers of a
county of sixty thousand are those of a county of one thousand, and no two parties share a number by accident.
"""

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
HOME_REGION = "320923"
"""Of the shipped county, and of placeholders everywhere."""
OTHER_REGIONS = ("320922", "320924", "320925", "320981", "320911", "320826", "341124", "522401", "530627")

# 250 blocks share out the 250 pairs of sequence numbers of a day; four such rounds share out the days.
SEQUENCE_PAIRS = 250
DAY_ROUNDS = 4

_MOBILE_PREFIXES = (
    "130", "131", "132", "135", "136", "137", "138", "139", "150", "151", "152", "155", "156", "158", "159",
    "166", "173", "177", "180", "181", "182", "183", "186", "187", "188", "189", "191", "198", "199",
)  # fmt: skip


def citizen_check(body: str) -> str:
    """The eighteenth character."""
    return _CITIZEN_CHECKS[sum(w * int(c) for w, c in zip(_CITIZEN_WEIGHTS, body, strict=True)) % 11]


def citizen_id(region: str, birth: str, pair: int, is_male: bool) -> str:
    """An id from region, YYYYMMDD and one of 500 sequence numbers of the day and gender."""
    body = f"{region}{birth}{2 * pair + is_male:03d}"
    return body + citizen_check(body)


def sequence_pair(block: int, day: int, is_second_twin: bool) -> int:
    """Which of a day's 500 sequence numbers a block may use: another one each day, never another block's.

    Registers begin with 001, so nobody has the pair of 000 and 001: of one block a day both twins have the next.
    """
    scattered = (block + day * 7919 % SEQUENCE_PAIRS) % SEQUENCE_PAIRS
    return 2 * scattered + is_second_twin or 1


def fifteen_digits(citizen: str) -> str:
    """The form before 1999: two-digit year, no check."""
    return citizen[:6] + citizen[8:17]


def organisation_code(serial: int) -> str:
    """Nine characters with their check (GB 11714), as the registers give them out since 2015: MA…"""
    scattered = (serial * 514_229 + 17) % (31**6)
    body = ""
    for _ in range(6):
        scattered, digit = divmod(scattered, 31)
        body = CREDIT_CODE_ALPHABET[digit] + body
    body = "MA" + body
    values = [int(c, 36) for c in body]
    rest = 11 - sum(w * v for w, v in zip(_ORGANISATION_WEIGHTS, values, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code(prefix: str, serial: int, region: str = HOME_REGION) -> str:
    """A unified social credit code; `prefix` says registrar and kind (91 firm, 92 sole trader, 93 cooperative)."""
    body = prefix + region + organisation_code(serial)
    total = sum(w * CREDIT_CODE_ALPHABET.index(c) for w, c in zip(_CREDIT_CODE_WEIGHTS, body, strict=True))
    return body + CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def mobile(serial: int) -> str:
    """A mobile number of one party only."""
    scattered = (serial * 48_271_933 + 20_250_731) % 100_000_000
    return _MOBILE_PREFIXES[serial * 7 % len(_MOBILE_PREFIXES)] + f"{scattered:08d}"


def landline(serial: int) -> str:
    return f"0515-8{(serial * 6_700_417 + 113) % 10_000_000:07d}"


def passport(serial: int) -> str:
    """A letter and eight digits, as some foreign passports have them."""
    return f"C{(serial * 48_271_933 + 7) % 100_000_000:08d}"


def customer_number(serial: int) -> str:
    """Eleven digits that do not tell the order of opening."""
    return f"3{(serial * 7_368_787 + 1_234_577) % 9_999_999_967:010d}"


def account_number(outlet: str, kind: int, serial: int) -> str:
    return f"{outlet[:4]}{outlet[-4:]:0>4}{kind:02d}{(serial * 6_700_417 + 31) % 1_000_000_007:010d}"
