"""What befalls a finished row: at most one thing, drawn by its rate. Tables say what can befall a row of each feed."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from api.county.generator import marks, placeholders
from api.county.generator.clerks import Chance
from api.county.generator.dirt import RATES, Counts
from api.county.generator.numbering import CREDIT_CODE_ALPHABET
from domain.feeds.contracts import DELIMITER, FEEDS

Columns = list[str]
# The demonstration's staff have telephones in one block (api/county/bank.py).
_STAFF_PHONES = "1990000"


@dataclass(frozen=True)
class Mishap:
    """`change` makes another value of the one that stands in the column, or None where there is nothing to change."""

    kind: str
    place: int
    change: Callable[[str, float], str | None]


class Mishaps(Chance):
    """Lets mishaps befall the rows of one feed of a block."""

    def __init__(self, rng: np.random.Generator, counts: Counts, table: Sequence[Mishap]) -> None:
        super().__init__(rng)
        self._counts = counts
        self._table = table
        self._limits = list(accumulate(RATES[mishap.kind] for mishap in table))

    def befall(self, columns: Columns) -> list[str]:
        """The kind that befell the row, whose columns are changed in place; nearly always none."""
        draw = self.draw()
        if draw >= self._limits[-1]:
            return []
        place = bisect_right(self._limits, draw)
        mishap = self._table[place]
        rest = (self._limits[place] - draw) / RATES[mishap.kind]
        value = columns[mishap.place]
        changed = mishap.change(value, min(max(rest, 0.0), 0.999_999)) if value else None
        if changed is None or changed == value:
            return []
        columns[mishap.place] = changed
        self._counts[mishap.kind] += 1
        return [mishap.kind]


def _phone(change: Callable[[str, float], str]) -> Callable[[str, float], str | None]:
    """A change of somebody's own telephone: that of the customer manager stays."""
    return lambda value, draw: None if value.startswith(_STAFF_PHONES) else change(value, draw)


def two_phones(value: str, draw: float) -> str:
    """Two numbers in one field. The second is of a block that nobody else has."""
    second = f"0515-6{int(draw * 9_999_999):07d}"
    mark = ("/", "、", ";", ",", " ")[int(draw * 41) % 5]
    return f"{second}{mark}{value}" if draw > 0.7 else f"{value}{mark}{second}"


def phone_with_words(value: str, draw: float) -> str:
    """An extension or brackets at a landline, a word at a mobile number."""
    if value.startswith("0") and "-" in value:
        area, number = value.split("-", 1)
        return (f"{value}转{int(draw * 90) + 10}", f"({area}){number}", f"（{area}）{number}")[int(draw * 3)]
    return (f"{value}(本人)", f"手机:{value}", f"{value}微信同号", f"{value}（家）")[int(draw * 4)]


def wrong_check(code: str, draw: float) -> str:
    """The code with another check character."""
    at = CREDIT_CODE_ALPHABET.find(code[-1])
    return code[:-1] + CREDIT_CODE_ALPHABET[(at + 1 + int(draw * 29)) % len(CREDIT_CODE_ALPHABET)]


def of_another_year(code: str, _draw: float) -> str:
    """The village's number in an older edition of the list; none of these is in force."""
    return f"{code[:9]}{int(code[9:]) + 60:03d}"


def padded_now_and_then(number: str, chance: Chance, counts: Counts) -> str:
    """A customer number as the row of a holding quotes it."""
    draw = chance.draw()
    if draw >= RATES["padded_key"]:
        return number
    counts["padded_key"] += 1
    return marks.pad(number, draw / RATES["padded_key"])


def divided(name: str, draw: float) -> str:
    """A name that holds the files' own delimiter, in front of what the shop sells."""
    cut = len(name) - 2 - int(draw * 2)
    return f"{name[:cut]}{DELIMITER}{name[cut:]}"


def _table(feed: str, **columns: str) -> list[Mishap]:
    names = [column.name for column in FEEDS[feed].columns]
    at = {purpose: names.index(name) for purpose, name in columns.items()}
    put = {
        "key": (("padded_key", marks.pad),),
        "name": (("invisible_in_name", marks.hide_in),),
        "sign": (("delimiter_in_name", divided),),
        "certificate": (
            ("invisible_in_number", marks.hide_in),
            ("placeholder_certificate", lambda _, d: placeholders.one_of(placeholders.CERTIFICATES, d)),
        ),
        "code": (
            ("invisible_in_number", marks.hide_in),
            ("placeholder_credit_code", lambda _, d: placeholders.one_of(placeholders.CREDIT_CODES, d)),
            ("wrong_check_character", wrong_check),
        ),
        "birth": (("placeholder_birth", lambda _, d: placeholders.one_of(placeholders.BIRTHS, d)),),
        "phone": (
            ("placeholder_phone", _phone(lambda _, d: placeholders.one_of(placeholders.PHONES, d))),
            ("two_phones", _phone(two_phones)),
            ("phone_with_words", _phone(phone_with_words)),
        ),
        "village": (("village_code_of_another_year", of_another_year),),
    }
    return [Mishap(kind, at[purpose], change) for purpose in at for kind, change in put[purpose]]


CORE_PERSON = _table(
    "core_customer", key="cust_no", name="name", certificate="cert_no", birth="birth_on", phone="phone",
    village="village_code",
)  # fmt: skip
CORE_FIRM = _table(
    "core_customer", key="cust_no", name="name", code="uscc", phone="phone", village="village_code"
)
CRM = _table("crm_legacy", key="cust_no", name="name", phone="phone")
SUNSHINE = _table(
    "sunshine_credit", key="file_no", name="head_name", certificate="head_cert_no", phone="phone",
    village="village_code",
)  # fmt: skip
REGISTER = _table("household", key="person_no", name="name", certificate="cert_no", birth="birth_on")
POS = _table(
    "pos_merchant", key="settle_acct_no", name="name", code="uscc", certificate="operator_cert_no", phone="phone",
    sign="name",
)  # fmt: skip
