"""What a value of a contract's column must look like, written as SQL so that a million rows are checked as a set."""

from dataclasses import dataclass

from psycopg import sql

from domain.feeds.contracts import Column, ColumnType, Feed
from domain.feeds.snapshots import StoredColumn, stored_columns

_NOUNS = {
    ColumnType.DATE: "日期（YYYYMMDD）",
    ColumnType.YUAN: "金额（元，至多两位小数）",
    ColumnType.INTEGER: "整数",
    ColumnType.DEGREES: "经纬度（度）",
    ColumnType.PERCENT: "百分数",
}


@dataclass(frozen=True)
class ColumnCheck:
    """`value` is null for an empty or unreadable part; `reason`, over both, is null where the line may stand."""

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
        cases.append(sql.SQL("when {} is null then {}").format(part, sql.Literal(f"{column.name} 为空")))
    if column.type is not ColumnType.TEXT:
        noun = sql.Literal(f"{column.name} 不是{_NOUNS[column.type]}：")
        cases.append(
            sql.SQL("when {0} is not null and {1} is null then {2} || left({0}, 40)").format(
                part, value, noun
            )
        )
    if column.type is ColumnType.DEGREES:
        limit = 180 if column.name.startswith("lon") else 90
        cases.append(
            sql.SQL("when abs({0}) > {1} then {2} || {0}").format(
                value, sql.Literal(limit), sql.Literal(f"{column.name} 超出范围：")
            )
        )
    if column.allowed:
        label = sql.Literal(
            f"未知的坐标系 {column.name}（应为 {'/'.join(column.allowed)}）："
            if column.name == "datum"
            else f"{column.name} 不在 {'/'.join(column.allowed)} 之内："
        )
        cases.append(
            sql.SQL("when {0} is not null and not {0} = any({1}) then {2} || left({0}, 40)").format(
                part, sql.Literal(list(column.allowed)), label
            )
        )
    if not cases:
        return sql.SQL("null")
    return sql.SQL("case {} end").format(sql.SQL(" ").join(cases))


def header_complaint(feed: Feed, first_line: str, delimiter: str) -> str | None:
    """A sentence when the first line is a header, which also tells renamed columns; None when it is data."""
    fields = [field.strip() for field in first_line.lstrip("\ufeff").split(delimiter)]
    names = [column.name for column in feed.columns]
    known = [name for name in names if name in fields]
    if len(known) * 2 < len(names):
        return None
    unknown = [field for field in fields if field not in names]
    absent = [name for name in names if name not in fields]
    renamed = ""
    if unknown or absent:
        renamed = (
            f"，且列名与约定不符（多出 {'、'.join(unknown)[:80] or '无'}；缺少 {'、'.join(absent) or '无'}）"
        )
    return (
        f"首行是表头{renamed}；约定为无表头。整个文件未入库，沿用上一批数据，请去掉表头并按约定列序重新下发。"
    )
