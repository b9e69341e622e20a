"""Every test has a lane, every long one a shard, and browser journeys are few."""

import ast

import pytest

from api.cli.testing import SHARDS
from tests.conftest import ROOT
from tests.lanes import LANES, RESERVE_S, lane_of, table

TESTS = ROOT / "tests"
MOST_JOURNEYS = 40


def test_every_folder_of_tests_has_a_lane() -> None:
    without = {"bench"}
    folders = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py") if path.parent != TESTS}
    assert folders - without == {folder for lane in LANES for folder in lane.folders}


def test_the_lanes_and_their_reserve_are_ten_minutes_on_two_cores() -> None:
    assert sum(lane.budget_s for lane in LANES) + RESERVE_S <= 2 * 10 * 60


@pytest.mark.parametrize(
    ("node_id", "lane"),
    [
        ("tests/domain/test_actor.py::test_a", "rules and SQL"),
        ("tests/schema/engine/test_pages.py::test_b[1]", "schema"),
        ("tests/test_glossary.py::test_c", None),
    ],
)
def test_lane_of_a_test(node_id: str, lane: str | None) -> None:
    assert lane_of(node_id) == lane


def test_a_lane_over_its_budget_is_marked() -> None:
    lines = table({"schema": 180.0, "faults": 61.0})
    assert [line.endswith("over") for line in lines] == [False, True, False]


def markers() -> list[str]:
    """The shards that long tests name; read, because a run collects one kind only."""
    found = []
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "slow"
                and ast.unparse(node) == "pytest.mark.slow"
            ):
                found.append(file.name)
    return found


def shards() -> list[str]:
    return [
        str(node.args[0].value)
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.slow"
        if isinstance(node.args[0], ast.Constant)
    ]


def test_every_long_test_is_in_a_shard_and_no_shard_is_empty() -> None:
    assert len(shards()) == len(markers())
    assert set(shards()) == set(SHARDS)


def test_browser_journeys_are_few() -> None:
    """One a role and capability in the run that everybody waits for; what a widget does is tested in vitest."""
    quick = [
        text
        for file in (TESTS / "browser").glob("test_*.py")
        if "pytest.mark.slow(" not in (text := file.read_text())
    ]
    journeys = [
        node.name
        for text in quick
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert 0 < len(journeys) <= MOST_JOURNEYS
