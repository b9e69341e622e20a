"""The truth says of each record which dirt it has, and the files bear it out: neither too little nor too much."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest
from stdnum.cn import uscc

from api.county.generator import placeholders
from api.county.generator.dirt import RATES
from api.county.geography import load_geography
from domain.feeds.contracts import FEEDS
from tests.api.county.generator.conftest import Written, names_of
from tests.api.county.generator.test_dirt import IDENTITY_FEEDS, dirt_of, meant, near, rows_of

Row = dict[str, str]
Record = tuple[str, str]

MARK = re.compile(r"[\u200b\u200e\u00ad\ufeff\u00a0]")
NAME = {"sunshine_credit": "head_name"}
CERTIFICATE = {"core_customer": "cert_no", "sunshine_credit": "head_cert_no", "household": "cert_no",
               "pos_merchant": "operator_cert_no"}  # fmt: skip
VILLAGES = {atom.village_code for atom in load_geography().atoms}


def certificate(feed: str, row: Row) -> str:
    return row[CERTIFICATE[feed]] if feed in CERTIFICATE and row.get("kind", "P") == "P" else ""


def number_with_mark(feed: str, row: Row) -> bool:
    return bool(MARK.search(certificate(feed, row) + row.get("uscc", "")))


def is_wrong_code(feed: str, row: Row) -> bool:
    code = meant(row.get("uscc", ""))
    return code.isascii() and bool(code) and code not in placeholders.CREDIT_CODES and not is_right(code)


def is_right(code: str) -> bool:
    return uscc.calc_check_digit(code[:17]) == code[17]


def two_numbers(feed: str, row: Row) -> bool:
    return "0515-6" in row.get("phone", "")


# What a row of a kind looks like; exactly the rows that look so are of the kind.
LOOKS: dict[str, Callable[[str, Row], bool]] = {
    "padded_key": lambda feed, row: row[KEYS[feed]] != meant(row[KEYS[feed]]),
    "invisible_in_name": lambda feed, row: bool(MARK.search(row[NAME.get(feed, "name")])),
    "invisible_in_number": number_with_mark,
    "placeholder_certificate": lambda feed, row: certificate(feed, row) in placeholders.CERTIFICATES,
    "placeholder_credit_code": lambda _, row: row.get("uscc") in placeholders.CREDIT_CODES,
    "wrong_check_character": is_wrong_code,
    "placeholder_birth": lambda _, row: row.get("birth_on") in placeholders.BIRTHS,
    "placeholder_phone": lambda _, row: row.get("phone") in placeholders.PHONES,
    "two_phones": two_numbers,
    "phone_with_words": lambda _, row: bool(re.search(r"[（(机微转家]", row.get("phone", ""))),
    "village_code_of_another_year": lambda feed, row: row.get("village_code", "") not in {*VILLAGES, ""},
    "sole_trader_by_id_card": lambda _, row: row.get("kind") == "S" and row["cert_type"] == "10",
    "hukou_book": lambda _, row: row.get("cert_type") == "11",
    "foreign_spouse": lambda _, row: row.get("cert_type") == "12" or bool(
        re.search("[A-Za-z]{6}", row.get("name", ""))
    ),
    "nought_place": lambda _, row: row.get("lon_deg") == "0.000000",
    "place_elsewhere": lambda _, row: 34 < float(row.get("lat_deg") or 0) < 90 and row["lon_deg"][:3] in ("119", "120"),
    "swapped_place": lambda feed, row: feed == "pos_merchant" and row["lat_deg"][:2] in ("11", "12"),
    "whole_degrees": lambda feed, row: feed == "pos_merchant" and "." not in row["lon_deg"] != "",
}  # fmt: skip
KEYS = {"core_customer": "cust_no", "crm_legacy": "cust_no", "sunshine_credit": "file_no",
        "household": "person_no", "pos_merchant": "settle_acct_no"}  # fmt: skip


@pytest.fixture(scope="module")
def records(larger_county: Written) -> dict[Record, Row]:
    found: dict[Record, Row] = {}
    for feed in IDENTITY_FEEDS:
        names = names_of(FEEDS[feed])
        for line in larger_county.lines(feed):
            row = dict(zip(names, line, strict=True))
            found[feed, "/".join(meant(row[k]) for k in FEEDS[feed].key)] = row
    return found


@pytest.fixture(scope="module")
def touched(larger_county: Written) -> dict[str, set[Record]]:
    found: defaultdict[str, set[Record]] = defaultdict(set)
    for row in rows_of(larger_county, "touched"):
        found[row["kind"]].add((row["feed"], row["key"]))
    return found


@pytest.mark.parametrize("kind", LOOKS)
def test_the_files_have_the_dirt_that_the_truth_names(
    kind: str, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    looks = {record for record, row in records.items() if LOOKS[kind](record[0], row)}
    named = {record for record in touched[kind] if record[0] != "household.household"}
    assert named == looks


def test_no_village_of_another_year_is_in_force() -> None:
    assert VILLAGES.isdisjoint(f"{code[:9]}{int(code[9:]) + 60:03d}" for code in VILLAGES)


def test_every_record_that_is_touched_is_known(
    larger_county: Written, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    households = {("household.household", row["hukou_no"]) for row in rows_of(larger_county, "households")}
    homes = {("household.household", key.split("/")[0]) for feed, key in records if feed == "household"}
    for kind, named in touched.items():
        divided = {("pos_merchant", columns[0]) for columns in larger_county.unsplittable("pos_merchant")}
        assert named <= records.keys() | households | homes | divided, kind


@pytest.mark.parametrize(
    ("kind", "feed", "column"),
    [
        ("invisible_in_name", "core_customer", "name"),
        ("padded_key", "household", "person_no"),
        ("placeholder_phone", "crm_legacy", "phone"),
        ("two_phones", "sunshine_credit", "phone"),
        ("phone_with_words", "pos_merchant", "phone"),
        ("placeholder_birth", "household", "birth_on"),
        ("placeholder_certificate", "household", "cert_no"),
        ("placeholder_credit_code", "pos_merchant", "uscc"),
        ("village_code_of_another_year", "core_customer", "village_code"),
    ],
)
def test_a_row_is_touched_as_often_as_the_rate_says(
    kind: str, feed: str, column: str, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    rows = sum(1 for record, row in records.items() if record[0] == feed and row[column])
    found = sum(1 for record in touched[kind] if record[0] == feed)
    assert near(found, RATES[kind], rows)


def test_parties_of_a_kind_are_as_many_as_the_rate_says(
    larger_county: Written, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    dirt, people = dirt_of(larger_county), Counter(row["kind"] for row in rows_of(larger_county, "parties"))
    shops = sum(row.get("kind") == "S" and row["cert_no"] != "" for row in records.values())
    children = sum(
        row.get("kind") == "P" and row["birth_on"] > "20101120" and len(row["cert_no"]) == 18
        for row in records.values()
    )
    assert near(dirt["rare_character"], RATES["rare_character"], people["PERSON"])
    assert near(dirt["second_trade"], RATES["second_trade"], people["SOLE_TRADER"])
    assert near(dirt["sole_trader_by_id_card"], RATES["sole_trader_by_id_card"], shops)
    assert near(dirt["hukou_book"], RATES["hukou_book"], children)
    assert near(dirt["moved_household"], RATES["moved_household"], people["HOUSEHOLD"])
    assert 0 < dirt["dead_household"] < RATES["dead_household"] * people["HOUSEHOLD"]


def test_a_branch_is_the_same_shop_at_another_address(
    larger_county: Written, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    party = {(row["feed"], row["key"]): row["party_id"] for row in rows_of(larger_county, "links")}
    merchants: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record[0] == "pos_merchant":
            merchants[party[record]].append(record)
    assert touched["second_branch"]
    for record in touched["second_branch"]:
        (main,) = (other for other in merchants[party[record]] if other != record)
        ours, mains = records[record], records[main]
        assert meant(ours["name"]) == meant(mains["name"])
        assert ours["address"] != mains["address"]
        assert ours["installed_on"] == mains["installed_on"]


def test_nobody_is_left_in_an_emptied_household(
    larger_county: Written, records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    with (larger_county.truth / "parties.csv").open(encoding="utf-8") as file:
        status = {
            row["certificate"]: row["status"] for row in csv.DictReader(file) if row["kind"] == "HOUSEHOLD"
        }
    for kind, expected, told in (("dead_household", "3", "DEAD"), ("moved_household", "2", "MOVED")):
        homes = {key for feed, key in touched[kind] if feed == "household.household"}
        assert homes
        for (feed, key), row in records.items():
            if feed == "household" and key.split("/")[0] in homes:
                assert row["status"] == expected
        assert all(status[home] == told for home in homes)


def test_a_rare_character_is_in_the_register_and_not_in_the_core(
    records: dict[Record, Row], touched: dict[str, set[Record]]
) -> None:
    """One name, one certificate: the register writes it, the core writes what it can."""
    for feed, key in touched["rare_character_not_written"]:
        assert feed in ("core_customer", "crm_legacy")
        name = meant(records[feed, key]["name"])
        assert re.search(r"[\ue000-\uf8ff?？〓]|[A-Z]{3}", name), name
