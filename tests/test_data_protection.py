"""docs/data-protection.md says of every table what it holds, for what, how long and why."""

import re
from pathlib import Path

from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (the three register the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401
from domain.shared.retention import RETENTION

PAGE = (Path(__file__).parent.parent / "docs" / "data-protection.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| table")
]
LINES = {row[0]: row[1:] for row in ROWS}


def test_every_table_has_its_line_and_no_other_has() -> None:
    assert sorted(LINES) == [row[0] for row in ROWS] == sorted(SQLModel.metadata.tables)


def test_every_line_says_class_purpose_how_long_and_why() -> None:
    for table, (what, level, purpose, how_long, why) in LINES.items():
        assert what, table
        assert level in {"C1", "C2", "C3"}, table
        assert min(len(purpose), len(how_long), len(why)) >= 5, table


def test_what_is_tidied_has_the_days_that_are_declared() -> None:
    timed = {table: line[3] for table, line in LINES.items() if re.match(r"\d+ day", line[3])}
    declared = {kept.table: kept.days.default for kept in RETENTION if kept.days is not None}
    assert {table: int(how_long.split()[0]) for table, how_long in timed.items()} == declared
    for kept in RETENTION:
        assert (LINES[kept.table][3] == "for good") == (kept.days is None), kept.table
