"""What a value of a contract's column must look like, written as SQL so that a million rows are checked as a set."""

import json
from dataclasses import dataclass

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.contracts import Column, ColumnType, Feed
from domain.feeds.currencies import LETTERS_SQL
from domain.feeds.snapshots import StoredColumn, stored_columns
from domain.shared.statements import Declared, Statement, Value


@dataclass(frozen=True)
class ColumnCheck:
    """`value` is null for an empty or unreadable part; `reason`, over both, is a statement as JSON text,
    null where the line may stand."""

    name: str
    value: sql.Composable
    reason: sql.Composable


def column_checks(feed: Feed) -> list[ColumnCheck]:
    """One check a column. The split line has its parts in c1, c2, …, trimmed, with null for an empty part."""
    return [_check(stored, position) for position, stored in enumerate(stored_columns(feed), start=1)]


def _check(stored: StoredColumn, position: int) -> ColumnCheck:
    column, part = stored.contract, sql.Identifier(f"c{position}")
    value = sql.SQL(_VALUES[column.type]).format(part)
    return ColumnCheck(stored.name, value, _reason(column, part, sql.Identifier(stored.name)))


# A value is computed where it can be and null elsewhere, so that nothing a file says makes a statement fail. The
# common form of an amount is read without numeric arithmetic. 30 February passes the pattern: days past the 28th are
# held against the length of their month.
_VALUES = {
    ColumnType.TEXT: "{0}",
    ColumnType.CURRENCY: LETTERS_SQL,
    ColumnType.DATE: (
        "case when {0} ~ '^(19|2[0-9]|99)[0-9][0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$' then case"
        " when substr({0}, 7, 2) <= '28' or substr({0}, 7, 2)::int <= extract(day from (date_trunc('month',"
        " (substr({0}, 1, 6) || '01')::date) + interval '1 month - 1 day')) then {0}::date end end"
    ),
    ColumnType.YUAN: (
        r"case when {0} ~ '^-?[0-9]{{1,13}}\.[0-9][0-9]$' then replace({0}, '.', '')::bigint"
        r" when {0} ~ '^-?[0-9]{{1,13}}(\.[0-9])?$' then ({0}::numeric * 100)::bigint end"
    ),
    ColumnType.INTEGER: "case when {0} ~ '^-?[0-9]{{1,9}}$' then {0}::integer end",
    ColumnType.DEGREES: r"case when {0} ~ '^-?[0-9]{{1,3}}(\.[0-9]{{1,15}})?$' then {0}::double precision end",
    ColumnType.PERCENT: (
        r"case when {0} ~ '^-?[0-9]{{1,3}}(\.[0-9]{{1,6}})?$' then round({0}::numeric * 100)::integer end"
    ),
}


def _reason(column: Column, part: sql.Identifier, value: sql.Identifier) -> sql.Composable:
    cases: list[sql.Composable] = []
    if column.required:
        cases.append(sql.SQL("when {} is null then {}").format(part, _said(said.ROW_EMPTY, column)))
    if column.type is not ColumnType.TEXT:
        wrong = _said(said.ROW_TYPE, column, type=column.type.value)
        if column.type is ColumnType.CURRENCY:
            wrong = _said(said.ROW_CURRENCY, column)
        cases.append(sql.SQL("when {} is not null and {} is null then {}").format(part, value, wrong))
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
    if not cases:
        return sql.SQL("null")
    return sql.SQL("case {} end").format(sql.SQL(" ").join(cases))


def _said(declared: Declared, column: Column, **values: Value) -> sql.Literal:
    """As JSON text and without its number of lines, which a batch counts: texts are put together faster than jsonb."""
    kept = Statement(declared.code, {"column": column.name, **values})
    return sql.Literal(json.dumps(kept.as_json(), ensure_ascii=False))


def header_complaint(feed: Feed, first_line: str, delimiter: str) -> Statement | None:
    """What is said when the first line is a header, which also tells renamed columns; None when it is data."""
    fields = [field.strip() for field in first_line.lstrip("\ufeff").split(delimiter)]
    names = [column.name for column in feed.columns]
    known = [name for name in names if name in fields]
    if len(known) * 2 < len(names):
        return None
    unknown = [field for field in fields if field not in names]
    absent = [name for name in names if name not in fields]
    if not unknown and not absent:
        return said.HEADER()
    return said.HEADER_RENAMED(unknown=", ".join(unknown)[:80] or "–", missing=", ".join(absent) or "–")
