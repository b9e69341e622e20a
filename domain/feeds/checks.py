"""What a value of a contract's column must look like, written as SQL so that a million rows are checked as a set."""

import json
from dataclasses import dataclass

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.contracts import Column, ColumnType, Feed
from domain.feeds.reading import value_of
from domain.feeds.snapshots import StoredColumn, stored_columns
from domain.shared.statements import Declared, Statement, Value

LONGEST_CODE_BYTES = 200
LONGEST_TEXT_BYTES = 2000


@dataclass(frozen=True)
class ColumnCheck:
    """`value` is null for an empty or unreadable part; `reason`, over both, is a statement as JSON text,
    null where the line may stand."""

    name: str
    value: sql.Composable
    reason: sql.Composable


def column_checks(feed: Feed) -> list[ColumnCheck]:
    """One check a column. The split line has its parts in c1, c2, …, in one form, with null for an empty one."""
    return [_check(feed, stored, position) for position, stored in enumerate(stored_columns(feed), start=1)]


def _check(feed: Feed, stored: StoredColumn, position: int) -> ColumnCheck:
    part = sql.Identifier(f"c{position}")
    value = value_of(stored.contract, part)
    return ColumnCheck(stored.name, value, _reason(feed, stored.contract, part, sql.Identifier(stored.name)))


def _reason(feed: Feed, column: Column, part: sql.Identifier, value: sql.Identifier) -> sql.Composable:
    cases: list[sql.Composable] = []
    if column.required:
        cases.append(sql.SQL("when {} is null then {}").format(part, _said(said.ROW_EMPTY, column)))
    if column.type is not ColumnType.TEXT:
        wrong = _said(said.ROW_TYPE, column, type=column.type.value)
        if column.type is ColumnType.CURRENCY:
            wrong = _said(said.ROW_CURRENCY, column)
        cases.append(sql.SQL("when {} is not null and {} is null then {}").format(part, value, wrong))
    elif not column.allowed:
        cases.append(_longer(column, part))
    if column.name in feed.key:
        lost = _said(said.ROW_UNREADABLE, column)
        cases.append(sql.SQL("when strpos({}, {}) > 0 then {}").format(part, sql.Literal("\ufffd"), lost))
    if feed.one_of and column.name == feed.one_of[0]:
        filled = sql.SQL(", ").join(_part(feed, name) for name in feed.one_of)
        wrong = _said(said.ROW_ONE_OF, column, columns="/".join(feed.one_of))
        cases.append(sql.SQL("when num_nonnulls({}) <> 1 then {}").format(filled, wrong))
    if column.type is ColumnType.DEGREES:
        # Not the 90 of a latitude: the two may be swapped, and a shop's money is not set aside for that.
        wrong = _said(said.ROW_RANGE, column)
        cases.append(sql.SQL("when abs({}) > 180 then {}").format(value, wrong))
    if column.allowed:
        kind = said.ROW_DATUM if column.name == "datum" else said.ROW_ALLOWED
        wrong = _said(kind, column, allowed="/".join(column.allowed))
        allowed = sql.Literal(list(column.allowed))
        cases.append(
            sql.SQL("when {0} is not null and not {0} = any({1}) then {2}").format(part, allowed, wrong)
        )
    return sql.SQL("case {} end").format(sql.SQL(" ").join(cases))


def _part(feed: Feed, name: str) -> sql.Identifier:
    return sql.Identifier(f"c{[column.name for column in feed.columns].index(name) + 1}")


def _longer(column: Column, part: sql.Identifier) -> sql.Composable:
    """What an index cannot hold would stop the night, and what no page can show is no name."""
    most = LONGEST_CODE_BYTES if column.is_code else LONGEST_TEXT_BYTES
    wrong = _said(said.ROW_TOO_LONG, column, most=most)
    return sql.SQL("when octet_length({}) > {} then {}").format(part, sql.Literal(most), wrong)


def _said(declared: Declared, column: Column, **values: Value) -> sql.Literal:
    """As JSON text and without its number of lines, which a batch counts: texts are put together faster than jsonb."""
    kept = Statement(declared.code, {"column": column.name, **values})
    return sql.Literal(json.dumps(kept.as_json(), ensure_ascii=False))


def header_complaint(feed: Feed, first_line: str, delimiter: str) -> Statement | None:
    """What is said when the first line is a header, which also tells renamed columns; None when it is data."""
    fields = [field.strip().strip('"').lower() for field in first_line.split(delimiter)]
    form = len(fields) if len(fields) in feed.forms else len(feed.columns)
    names = [column.name for column in feed.columns[:form]]
    known = [name for name in names if name in fields]
    if len(known) * 2 < len(names):
        return None
    unknown = [field for field in fields if field not in names]
    absent = [name for name in names if name not in fields]
    if not unknown and not absent:
        return said.HEADER()
    return said.HEADER_RENAMED(unknown=", ".join(unknown)[:80] or "–", missing=", ".join(absent) or "–")
