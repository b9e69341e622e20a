"""docs/dirt.md: every kind says what is done with it and names a test that exists."""

import re

import pytest

from api.settings import ROOT

ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in (ROOT / "docs" / "dirt.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| kind"))
]


def test_kinds_are_told_once() -> None:
    kinds = [row[0] for row in ROWS]
    assert len(kinds) == len(set(kinds)) > 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_kind_has_its_chinese_word_and_its_tests(row: list[str]) -> None:
    kind, example, done, held = row
    assert re.search(r"[\u4e00-\u9fff]", kind), "the Chinese word stands beside the English"
    assert all((example, done))
    named = re.findall(r"`([^`]+)`", held)
    assert named
    for where in named:
        path, _, name = where.partition("::")
        text = (ROOT / ("" if path.startswith("frontend/") else "tests") / path).read_text(encoding="utf-8")
        assert f"def {name.split('[')[0]}(" in text if path.endswith(".py") else name in text, where
