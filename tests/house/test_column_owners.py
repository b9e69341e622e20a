"""A column is written by the room that owns it and by no other: the SQL is read against the declarations."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import domain.tables  # noqa: F401
import ml.tables  # noqa: F401
from domain.customers.models import CUSTOMERS
from domain.shared.columns import added_columns
from geo.tables import CustomerPoint
from tests.conftest import ROOT

OWN_ROOM = {"customers": "customers", "customer_points": "geo"}
TABLES = {"customers": CUSTOMERS, "customer_points": CustomerPoint.__table__}  # type: ignore[attr-defined]
FOLDERS = ("domain", "geo", "ml")
_UPDATE = re.compile(
    r"\bupdate\s+(customers|customer_points)\b(?:\s+(?:as\s+)?(\w+))?\s+set\s+(.*?)"
    r"(?=\bfrom\b|\bwhere\b|\breturning\b|$)",
    re.S | re.I,
)
_INSERT = re.compile(
    r"\binsert\s+into\s+(customers|customer_points)\b(?:\s+as\s+\w+)?\s*\(([^)]*)\)", re.S | re.I
)
_UPSERT = re.compile(r"\bdo\s+update\s+set\s+(.*?)(?=\bwhere\b|\breturning\b|$)", re.S | re.I)


def room_of(file: Path) -> str:
    parts = file.relative_to(ROOT).parts
    return parts[1] if parts[0] == "domain" else parts[0]


def texts(file: Path) -> Iterator[str]:
    """Every text of a file: constants of the module as they come out, and literals inside functions."""
    module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    yield from (value for value in vars(module).values() if isinstance(value, str))
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def assigned(text: str) -> set[str]:
    """Columns on the left of a SET: `a = …, (b, c) = …`."""
    flat = re.sub(r"\((?=[^()]*\)\s*=)|\)(?=\s*=)", "", text)
    depth, start, parts = 0, 0, []
    for place, sign in enumerate(flat):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(flat[start:place])
            start = place + 1
    names = [part.partition("=")[0].strip() for part in [*parts, flat[start:]]]
    return {name for name in names if re.fullmatch(r"[a-z_0-9]+", name)}


def written(text: str) -> Iterator[tuple[str, str]]:
    for table, _, columns in _UPDATE.findall(text):
        yield from ((table, column) for column in assigned(columns))
    for table, columns in _INSERT.findall(text):
        yield from ((table, column.strip()) for column in columns.split(","))
        for upserted in _UPSERT.findall(text):
            yield from ((table, column) for column in assigned(upserted))


def writes() -> set[tuple[str, str, str]]:
    """(room, table, column) of everything that the rooms write."""
    return {
        (room_of(file), table, column)
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for text in texts(file)
        if "customer" in text
        for table, column in written(text)
        if column in TABLES[table].columns
    }


def owner(table: str, column: str) -> str:
    return added_columns(TABLES[table]).get(column, OWN_ROOM[table])


WRITES = sorted(writes())


@pytest.mark.parametrize(("room", "table", "column"), WRITES)
def test_only_the_owner_writes_a_column(room: str, table: str, column: str) -> None:
    if column == "id" or (table, column) == ("customer_points", "customer_id"):
        return
    assert owner(table, column) == room


def test_every_column_of_a_customer_has_a_writer() -> None:
    """Or the reader of SQL above has gone blind."""
    found = {(table, column) for _, table, column in WRITES}
    missing = {(name, column) for name, table in TABLES.items() for column in table.columns.keys()} - found  # noqa: SIM118
    # Made by the database from the point; visits write theirs by an expression of SQLAlchemy, not by text.
    assert missing <= {("customer_points", "mercator_column"), ("customer_points", "mercator_row")}


def test_a_set_is_read_whole() -> None:
    found = assigned("a = f(1, 2), (b, c) = (excluded.b, excluded.c), d_1 = (select max(x) from y)")
    assert found == {"a", "b", "c", "d_1"}
