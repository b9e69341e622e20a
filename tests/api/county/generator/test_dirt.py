"""The dirt is there, as often as the documentation says, and its truth is known."""

import csv
import re
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import numpy as np
from stdnum.cn import ric, uscc

from api.county.bank import demonstration_bank
from api.county.generator import placeholders
from api.county.generator.dirt import RATES
from api.county.geography import load_geography
from domain.feeds.contracts import FEEDS
from geo.datum import Datum, to_wgs84
from tests.api.county.generator.conftest import AS_OF, Written

ROOT = Path(__file__).resolve().parents[4]
IDENTITY_FEEDS = ("core_customer", "crm_legacy", "sunshine_credit", "household", "pos_merchant")


def rows_of(written: Written, name: str) -> list[dict[str, str]]:
    with (written.truth / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def meant(text: str) -> str:
    """A key without the marks that nobody sees; keys have no blanks of their own."""
    return re.sub(r"[\s\u200b\u200e\u00ad\ufeff]", "", text)


def dirt_of(written: Written) -> dict[str, int]:
    return {row["kind"]: int(row["count"]) for row in rows_of(written, "dirt")}


def near(count: int, rate: float, of: int) -> bool:
    """Within four standard deviations of what the rate promises."""
    return abs(count - rate * of) <= 4 * np.sqrt(of * rate * (1 - rate)) + 2


def test_rates_hold(larger_county: Written) -> None:
    dirt = dirt_of(larger_county)
    parties = Counter(row["kind"] for row in rows_of(larger_county, "parties"))
    merchants = len(larger_county.lines("pos_merchant"))
    persons_in_core = larger_county.column("core_customer", "kind").count("P")
    registered = len(larger_county.lines("household"))
    assert near(dirt["managers_phone"], RATES["managers_phone"], persons_in_core)
    assert near(dirt["gcj02_said_wgs84"], RATES["gcj02_said_wgs84"], merchants)
    assert near(dirt["no_coordinates"], RATES["no_coordinates"], merchants)
    assert near(dirt["empty_credit_code_pos"], RATES["empty_credit_code_pos"], merchants)
    assert near(dirt["moved"], RATES["moved"], registered)
    assert near(dirt["second_sunshine_file"], RATES["second_sunshine_file"], parties["HOUSEHOLD"])
    assert near(dirt["renamed_firm"], RATES["renamed_firm"], parties["ENTERPRISE"])
    assert dirt["missing_control_file"] == 1
    assert dirt["byte_order_mark"] == dirt["frame_line"] == dirt["end_of_file_mark"] == 1
    adults = sum(row["kind"] == "PERSON" for row in rows_of(larger_county, "parties")) * 0.73
    assert near(dirt["foreign_currency"], RATES["foreign_currency"], round(adults))
    currencies = larger_county.column("core_deposit", "currency")
    foreign = sum(currency in ("USD", "HKD", "JPY", "EUR") for currency in currencies)
    assert 0 < foreign == dirt["foreign_currency"]
    otherwise = sum(currency in ("RMB", "156", "人民币", "cny", "") for currency in currencies)
    assert otherwise == dirt["currency_written_otherwise"]
    assert near(otherwise, RATES["currency_written_otherwise"], len(currencies))
    assert set(RATES) <= set(dirt)
    lines = sum(
        int(path.read_text("ascii").split("\n", 1)[0].removeprefix("rows="))
        for path in larger_county.landing.glob("*.ctl")
    )
    assert near(dirt["bad_row"], RATES["bad_row"], lines)


def test_bad_rows_are_as_many_as_counted(larger_county: Written) -> None:
    found = sum(
        line.startswith((b"BAD", b"|@|"))
        for path in larger_county.landing.glob("*_1.dat")
        for line in path.read_bytes().split(b"\n")
    )
    assert found == dirt_of(larger_county)["bad_row"] > 0


def test_documentation_lists_every_kind_with_its_rate() -> None:
    text = (ROOT / "docs" / "county.md").read_text(encoding="utf-8")
    for kind, rate in RATES.items():
        line = next((line for line in text.splitlines() if line.startswith(f"| `{kind}` |")), None)
        assert line is not None, f"docs/county.md lacks {kind}"
        assert line.split("|")[2].strip() == f"{rate:g}", kind


def test_a_delimiter_in_a_name_makes_one_column_too_many(larger_county: Written) -> None:
    divided = larger_county.unsplittable("pos_merchant")
    touched = {row["key"] for row in rows_of(larger_county, "touched") if row["kind"] == "delimiter_in_name"}
    assert {columns[0] for columns in divided} == touched
    assert touched
    assert near(len(touched), RATES["delimiter_in_name"], len(larger_county.lines("pos_merchant")))
    assert all(len(columns) == len(FEEDS["pos_merchant"].columns) + 1 for columns in divided)
    assert any(float(columns[-3]) > 0 for columns in divided)


def test_amounts_below_one_yuan_are_printed_without_a_nought_now_and_then(larger_county: Written) -> None:
    rows = [row for row in larger_county.lines("core_deposit") if any(float(a) < 1 for a in row[5:8])]
    bare = sum(any(amount.startswith(".") for amount in row[5:8]) for row in rows)
    assert bare > 0
    assert near(bare, RATES["amount_without_nought"], len(rows))


def test_one_managers_phone_is_on_many_customers(larger_county: Written) -> None:
    staff = {s.phone for s in demonstration_bank(load_geography()).staff}
    phones = Counter(p for p in larger_county.column("core_customer", "phone") if p)
    number, count = phones.most_common(1)[0]
    assert number in staff
    assert count > 60


def test_truth_knows_every_key(larger_county: Written) -> None:
    links = {(row["feed"], row["key"]): row["party_id"] for row in rows_of(larger_county, "links")}
    for feed in IDENTITY_FEEDS:
        names = [c.name for c in FEEDS[feed].columns]
        places = [names.index(k) for k in FEEDS[feed].key]
        keys = {(feed, "/".join(meant(row[p]) for p in places)) for row in larger_county.lines(feed)}
        divided = {(feed, columns[0]) for columns in larger_county.unsplittable(feed)}
        assert keys | divided == {link for link in links if link[0] == feed}
    numbers = {key for feed, key in links if feed == "core_customer"}
    for feed in ("core_deposit", "loan", "credit_line"):
        quoted = larger_county.column(feed, "cust_no")
        assert {meant(number) for number in quoted} <= numbers
        padded = sum(number != meant(number) for number in quoted)
        assert near(padded, RATES["padded_key"], len(quoted)), feed
    assert any(number != meant(number) for number in larger_county.column("core_deposit", "cust_no"))


def test_every_party_has_a_record_and_all_of_them_are_counted(larger_county: Written) -> None:
    parties = {row["party_id"] for row in rows_of(larger_county, "parties")}
    assert len(parties) == 5_000
    assert {row["party_id"] for row in rows_of(larger_county, "links")} == parties


def test_certificates_of_the_truth_are_valid_and_unique(larger_county: Written) -> None:
    parties = rows_of(larger_county, "parties")
    people = [row["certificate"] for row in parties if row["kind"] == "PERSON"]
    foreign = {number for number in people if number.startswith("C")}
    firms = [row["certificate"] for row in parties if row["kind"] not in ("PERSON", "HOUSEHOLD")]
    assert len(set(people)) == len(people)
    assert len(set(firms)) == len(firms)
    assert 0 < len(foreign) < 20
    citizens = [row for row in parties if row["kind"] == "PERSON" and row["certificate"] not in foreign]
    for row in citizens:
        assert ric.calc_check_digit(row["certificate"]) == row["certificate"][17]
        assert ric.get_birth_date(row["certificate"]).isoformat() == row["birth_on"]
    assert all(uscc.calc_check_digit(code[:17]) == code[17] for code in firms)
    assert all(uscc.is_valid(code) for code in firms if code[0] == "9")


def test_a_familys_certificate_can_be_found_out_by_the_day_of_birth(larger_county: Written) -> None:
    """Where the head's id was typed for a member, the row's birthday is the member's."""
    names = [c.name for c in FEEDS["core_customer"].columns]
    contradicting = 0
    for row in larger_county.lines("core_customer"):
        values = dict(zip(names, row, strict=True))
        number = values["cert_no"]
        if values["kind"] == "P" and len(number) == 18 and number.isascii() and values["birth_on"]:
            contradicting += number[6:14] != values["birth_on"] not in placeholders.BIRTHS
    assert contradicting >= 1
    dirt = dirt_of(larger_county)
    assert contradicting <= dirt["family_certificate"] + dirt["placeholder_certificate"]


def test_coordinates_tell_the_truth_but_for_the_counted_lies(larger_county: Written) -> None:
    truth = {row["party_id"]: row for row in rows_of(larger_county, "places")}
    links = {
        row["key"]: row["party_id"]
        for row in rows_of(larger_county, "links")
        if row["feed"] == "pos_merchant"
    }
    names = [c.name for c in FEEDS["pos_merchant"].columns]
    far = known = 0
    for row in larger_county.lines("pos_merchant"):
        values = dict(zip(names, row, strict=True))
        if not values["lon_deg"] or values["datum"] not in list(Datum):
            continue
        known += 1
        lon, lat = to_wgs84(float(values["lon_deg"]), float(values["lat_deg"]), Datum(values["datum"]))
        place = truth[links[values["merchant_no"]]]
        off = np.hypot(lon - float(place["lon_deg_wgs84"]), lat - float(place["lat_deg_wgs84"]))
        far += off > 1e-4
    dirt = dirt_of(larger_county)
    lies = ("gcj02_said_wgs84", "outlets_coordinates", "second_branch", "nought_place", "place_elsewhere",
            "default_place", "swapped_place", "whole_degrees")  # fmt: skip
    assert 0 < far <= sum(dirt[lie] for lie in lies)
    assert known > 200


def test_everybody_lives_in_the_atom_that_the_truth_names(county: Written) -> None:
    import shapely

    boundary = {atom.code: atom.boundary for atom in load_geography().atoms}
    places = rows_of(county, "places")
    points = shapely.points([[float(p["lon_deg_wgs84"]), float(p["lat_deg_wgs84"])] for p in places])
    inside = shapely.contains(np.array([boundary[p["atom_code"]] for p in places]), points)
    assert inside.all()


def test_shares_do_not_depend_on_the_number(county: Written, larger_county: Written) -> None:
    """The first two thousand customers of five thousand are the two thousand."""
    small, large = rows_of(county, "parties"), rows_of(larger_county, "parties")
    assert large[:2_000] == small
    small_lines, large_lines = county.lines("core_customer"), larger_county.lines("core_customer")
    assert large_lines[: len(small_lines)] == small_lines


def test_the_second_night_brings_what_nights_bring(larger_county: Written) -> None:
    before = {row[0]: row for row in larger_county.lines("core_customer", AS_OF - timedelta(days=1))}
    today = {row[0]: row for row in larger_county.lines("core_customer")}
    changed = [number for number in before if number in today and before[number] != today[number]]
    assert set(before) <= set(today)
    fields: defaultdict[str, int] = defaultdict(int)
    names = [c.name for c in FEEDS["core_customer"].columns]
    for number in changed:
        for name, old, new in zip(names, before[number], today[number], strict=True):
            fields[name] += old != new
    assert {"phone", "address"} <= set(fields)


def test_reported_loans_follow_the_rules_but_for_a_few(larger_county: Written) -> None:
    """Loan by loan, as a bank would find it out; and some loans are in no sum."""
    columns = ("loan_no", "reported_farm", "reported_inclusive_farm", "reported_inclusive_small")
    told = zip(*(larger_county.column("loan", name) for name in columns), strict=True)
    reported = {number: [flag == "Y" for flag in flags] for number, *flags in told}
    wrong = 0
    true = rows_of(larger_county, "loans")
    for row in true:
        flags = [row[name] == "true" for name in ("farm", "inclusive_farm", "inclusive_small")]
        wrong += row["loan_no"] in reported and reported[row["loan_no"]] != flags
    assert 0 < wrong <= dirt_of(larger_county)["misreported_loan"]
    assert near(dirt_of(larger_county)["misreported_loan"], RATES["misreported_loan"], len(true))
    assert {"USD", "CNY"} == set(larger_county.column("loan", "currency"))
    for name in ("written_off", "entrusted", "farmer_at_drawdown"):
        assert set(larger_county.column("loan", name)) == {"Y", "N"}, name
