"""Rows of the feeds of units and staff as records of imports: what a system's file says and does not say."""

from datetime import date

from domain.feeds.lists import ORG_LIST, STAFF_LIST, FeedRow, fingerprint_of, records_of

DAY = date(2026, 11, 21)
NOBODY: frozenset[tuple[str, ...]] = frozenset()


def person(number: str, *, began_on: str = "", is_back: bool = False, **texts: str) -> FeedRow:
    return FeedRow({"number": number, "name": "王磊", "unit": "A01"} | texts, began_on, is_back)


def texts(rows: list[FeedRow], present: dict | None = None, protected: frozenset = NOBODY) -> list[dict]:
    taken = records_of(STAFF_LIST, rows, present or {}, protected, DAY)
    return [dict(record.values) for record in taken.records]


def test_a_column_that_no_row_fills_says_nothing() -> None:
    """One that any row fills is the system's: then an empty one is nothing."""
    assert texts([person("1", duty="1"), person("2", duty="2", phone="138")]) == [
        {"number": "1", "name": "王磊", "unit": "A01", "duty": "CUSTOMERS", "phone": ""},
        {"number": "2", "name": "王磊", "unit": "A01", "duty": "UNIT", "phone": "138"},
    ]


def test_a_place_is_said_as_a_whole() -> None:
    unit = FeedRow({"code": "A01", "name": "支行", "kind": "O", "lon": "119.8", "lat": "33.8"})
    (record,) = records_of(ORG_LIST, [unit], {}, NOBODY, DAY).records
    assert record.values == {
        "code": "A01", "name": "支行", "kind": "OUTLET", "lon": "119.8", "lat": "33.8", "datum": "",
    }  # fmt: skip
    assert (record.place("parent").sheet, record.place("parent").row) == ("A01", 0)
    assert record.place("parent").heading == "parent_no"


def test_who_left_before_anybody_knew_him_or_has_nothing_to_do_here_is_no_news() -> None:
    rows = [
        person("1", duty="1", to_on="2026-11-21"),
        person("2"),
        person("3", duty="1", to_on="2026-11-22"),
    ]
    taken = records_of(STAFF_LIST, rows, {}, NOBODY, DAY)
    assert ([one.values["number"] for one in taken.records], taken.without_duty) == (["3"], 1)
    known = records_of(STAFF_LIST, rows, {("1",): {}, ("2",): {}}, NOBODY, DAY)
    assert ([one.values["number"] for one in known.records], known.without_duty) == (["1", "2", "3"], 0)


def test_a_transfer_to_come_waits_for_its_day() -> None:
    ahead = person("1", duty="1", since_on="2026-11-22")
    taken = records_of(STAFF_LIST, [ahead], {("1",): {}}, NOBODY, DAY)
    assert (taken.records, taken.waiting) == ([], {("1",)})
    assert fingerprint_of([ahead], [], DAY) != fingerprint_of([ahead], [], date(2026, 11, 22))
    assert fingerprint_of([ahead], [], DAY) == fingerprint_of([ahead], [], date(2026, 11, 20))


def test_who_decides_on_rights_keeps_his_role_whatever_duty_a_file_gives_him() -> None:
    rows = [person("1", duty="1"), person("2", duty="1")]
    one, two = texts(rows, {("1",): {}, ("2",): {}}, frozenset({("1",)}))
    assert ("duty" in one, two["duty"]) == (False, "CUSTOMERS")


def test_who_is_named_again_is_back_and_who_was_ended_by_hand_is_not() -> None:
    """A file that goes on naming somebody who was ended here on the 15th brings nobody back."""
    ended = {("1",): {"to_on": "2026-11-15"}}
    (back,) = texts([person("1", began_on="2026-11-18", is_back=True)], ended)
    (slow,) = texts([person("1", began_on="2026-11-18")], ended)
    (by_hand,) = texts([person("1", began_on="2026-11-10", is_back=True)], ended)
    assert (back["to_on"], "to_on" in slow, "to_on" in by_hand) == ("", False, False)


def test_what_rows_refer_to_is_part_of_a_state() -> None:
    row = person("1")
    assert fingerprint_of([row], ["A01 None"], DAY) != fingerprint_of([row], ["A02 None"], DAY)
