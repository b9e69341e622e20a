"""A list of successors of abolished codes: what is wrong with a row, what it leads to, and that it goes back."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from domain.customers.addresses import followed, load_address_book
from domain.grids.successors import way_of
from domain.shared.rows import NightRows
from tests.domain.customers.identity.county import DAY, core, drop, night
from tests.domain.grids.test_importing import importing, posts_url  # noqa: F401 (fixtures)
from tests.domain.shared.imports.conftest import Importing

HEADINGS = "原代码,新代码,变更日期\n"
VILLAGE, OTHER, ATOM = "320999101201", "320999101202", "320999101201001"
_PLACES = """
insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in, lon_deg_wgs84,
                   lat_deg_wgs84, area_m2, to_on)
values (%s, '一组', %s, %s, '320999101', '河东镇', false, false, %s, 33.7, 1000, %s)
"""


@pytest.fixture
def codes(importing: Importing) -> Importing:  # noqa: F811
    for code, village, name, lon, to_on in (
        (ATOM, VILLAGE, "河东村", 119.80, None),
        (f"{OTHER}001", OTHER, "河西村", 119.90, None),
        ("gone", "320999101205", "旧村", 119.85, "2026-01-01"),
    ):
        importing.bank.connection.execute(_PLACES, [code, village, name, lon, to_on])
    return importing


def lon_of(codes: Importing, code: str) -> float | None:
    found = load_address_book(NightRows(codes.bank.connection)).find(None, code)
    return None if found is None else found.lon_deg


def test_codes_lead_on_through_others_and_back_after_undo(codes: Importing) -> None:
    assert lon_of(codes, "OLD1") is None
    text = f"{HEADINGS}OLD1,OLD2,2025-01-01\nOLD2,{OTHER},\nOLD3,{ATOM},\n320999101205,{OTHER},\n"
    assert len(codes.applied("successors", text)) == 4
    assert [lon_of(codes, code) for code in ("OLD1", "OLD2", "OLD3", "320999101205")] == [
        119.9,
        119.9,
        119.8,
        119.9,
    ]
    assert codes.tried("successors", text).changes == ()
    codes.applied("successors", f"{HEADINGS}OLD2,{VILLAGE},2026-02-01\n")
    assert lon_of(codes, "OLD1") == 119.8
    codes.undone("successors")
    assert lon_of(codes, "OLD1") == 119.9
    codes.applied("successors", f"{HEADINGS}OLD3,{ATOM},\n", is_whole=True)
    assert (lon_of(codes, "OLD1"), lon_of(codes, "OLD3")) == (None, 119.8), (
        "a whole list ends what it leaves out"
    )
    codes.undone("successors")
    assert lon_of(codes, "OLD1") == 119.9


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,A,\n", {"ROW_IN_A_CIRCLE"}),
        (f"A,B,\nB,C,\nC,A,\nD,{VILLAGE},\n", {"ROW_IN_A_CIRCLE"}),
        ("A,nowhere,\n", {"ROW_NOT_KNOWN"}),
        ("A,B,\nB,nowhere,\n", {"ROW_NOT_KNOWN"}),
        (f"{VILLAGE},{OTHER},\n", {"ROW_CODE_IN_FORCE"}),
        (f"{VILLAGE},{OTHER},2099-01-01\n", set()),
        (f"A,{VILLAGE},\nA,{OTHER},\n", {"ROW_TWICE"}),
        (f",{VILLAGE},\nA,,\nB,{VILLAGE},31日\n", {"ROW_VALUE_MISSING", "ROW_NOT_A_DAY"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(codes: Importing, rows: str, said: set[str]) -> None:
    tried = codes.tried("successors", HEADINGS + rows)
    assert {problem.said.code for problem in tried.problems} == said
    assert all(problem.place.row > 1 for problem in tried.problems)


def test_a_code_in_force_leads_to_itself_and_a_circle_ends() -> None:
    assert followed("a", {"a": "b", "b": "c"}, {"b"}) == "b"
    assert followed("b", {"a": "b", "b": "c"}, {"b", "c"}) == "b"
    assert followed("a", {"a": "b", "b": "a"}, set()) == "a"
    assert list(way_of("a", {"a": "b", "b": "a"})) == ["a", "b", "a"]


def test_the_next_night_looks_at_those_again_who_have_the_code(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    connection.execute(_PLACES, [ATOM, VILLAGE, "河东村", 119.8, None])
    drop(tmp_path, {"core_customer": [core("C1", "周晓梅", village_code="320999101009")]})
    night(connection, tmp_path)
    assert connection.execute("select lon_deg_wgs84 from customers").fetchall() == [(None,)]
    connection.execute("insert into code_successors values ('320999101009', %s, '2026-01-01')", [VILLAGE])
    connection.execute("insert into settings values ('codes_led_anew', '[\"320999101009\"]')")
    drop(
        tmp_path,
        {"core_customer": [core("C1", "周晓梅", village_code="320999101009")]},
        day=DAY + timedelta(days=1),
    )
    night(connection, tmp_path, day=DAY + timedelta(days=1))
    assert connection.execute("select lon_deg_wgs84 from customers").fetchall() == [(119.8,)]
    assert not connection.execute("select value from settings where name = 'codes_led_anew'").fetchall()
