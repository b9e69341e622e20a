"""What the parts of a line mean, as SQL, so that a million lines are read as a set.

A part is brought into one form first (`part_of`), then typed (`value_of`). A value is computed where it can be and null
elsewhere, so that nothing a file says makes a statement fail. The common form is always tried first and costs least.
"""

from psycopg import sql

from domain.feeds.amounts import MINUS, NOT_AMOUNT, ODD
from domain.feeds.contracts import OPEN_DATE, Column, ColumnType, Feed
from domain.feeds.currencies import LETTERS_SQL

UNKNOWN_WORDS = (
    *(
        "NULL",
        "null",
        "Null",
        "None",
        "NONE",
        "N/A",
        "n/a",
        "NA",
        r"\N",
        "-",
        "--",
        "/",
        "无",
        "未知",
        "不详",
    ),
)
"""What systems and clerks write where they know nothing."""

UNKNOWN_DATES = ("00000000", "00010101", "18991230", "18991231", "19000100", "19000101")
OPEN_DATES = (OPEN_DATE, "99991230", "99999999", "29991231")

_PLAIN = {
    ColumnType.DATE: r"^(19|2[0-9]|99)[0-9][0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$",
    ColumnType.YUAN: r"^-?[0-9]{1,13}\.[0-9][0-9]$",
    ColumnType.INTEGER: r"^-?[0-9]{1,9}$",
    ColumnType.DEGREES: r"^-?[0-9]{1,3}(\.[0-9]{1,15})?$",
    ColumnType.PERCENT: r"^-?[0-9]{1,3}(\.[0-9]{1,6})?$",
}
_ODD = {
    ColumnType.YUAN: ODD,
    ColumnType.INTEGER: r"^[+-]?0*[0-9]{1,9}(\.0*)?$",
    ColumnType.DEGREES: r"^[+-]?(0*[0-9]{1,3}(\.[0-9]{0,30})?|\.[0-9]{1,30})$",
    ColumnType.PERCENT: r"^[+-]?(0*[0-9]{1,3}(\.[0-9]{0,30})?|\.[0-9]{1,30})%?$",
}
# 30 February passes the pattern: days past the 28th are held against the length of their month. The common form of an
# amount is read without numeric arithmetic.
_VALUES = {
    ColumnType.DATE: (
        "case when {0} ~ {plain} then case"
        " when substr({0}, 7, 2) <= '28' or substr({0}, 7, 2)::int <= extract(day from (date_trunc('month',"
        " (substr({0}, 1, 6) || '01')::date) + interval '1 month - 1 day')) then {0}::date end end"
    ),
    ColumnType.CURRENCY: LETTERS_SQL,
    ColumnType.YUAN: (
        "case when {0} ~ {plain} then replace({0}, '.', '')::bigint"
        " when {half} ~ {odd} and {half} !~ {not_amount} then (case when strpos({half}, '-') > 0 then -1 else 1 end"
        " * translate({half}, '+-,', '')::numeric * 100)::bigint end"
    ),
    ColumnType.INTEGER: (
        "case when {0} ~ {plain} then {0}::integer when {half} ~ {odd} then {half}::numeric::integer end"
    ),
    ColumnType.DEGREES: (
        "case when {0} ~ {plain} then {0}::double precision when {half} ~ {odd} then {half}::double precision end"
    ),
    ColumnType.PERCENT: (
        "case when {0} ~ {plain} then round({0}::numeric * 100)::integer"
        " when {half} ~ {odd} then round(rtrim({half}, '%')::numeric * 100)::integer end"
    ),
}

_ODD_DATE = (
    "^[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.]|年[0-9]{1,2}月)[0-9]{1,2}日?([ T][0-9:.]+)?$"
)
_DATE_AND_TIME = "^[0-9]{8}([0-9]{6}|[ T][0-9:.]+)$"


def value_of(column: Column, part: sql.Composable) -> sql.Composable:
    """The typed value of a part that was brought into one form; null where there is none."""
    if column.type is ColumnType.TEXT:
        return part
    return sql.SQL(_VALUES[column.type]).format(
        part,
        plain=sql.Literal(_PLAIN.get(column.type)),
        odd=sql.Literal(_ODD.get(column.type)),
        half=_half_width(part),
        not_amount=sql.Literal(NOT_AMOUNT),
    )


def part_of(feed: Feed, column: Column, written: sql.Composable) -> sql.Composable:
    """A part in one form, null when empty or a default that says nothing. Texts that are shown stay as written."""
    if column.type is ColumnType.DATE:
        return _date_part(column, written)
    if column.type not in (ColumnType.TEXT, ColumnType.CURRENCY):
        return _known(written, written)
    if column.allowed:
        return _listed(column, written)
    if not column.is_code:
        return sql.SQL("nullif({}, '')").format(written)
    half = sql.SQL(
        "case when octet_length({0}) = length({0}) then {0} else btrim(normalize({0}, NFKC)) end"
    ).format(written)
    if column.name in feed.key:
        return sql.SQL("nullif({}, '')").format(half)
    return sql.SQL("case when btrim({0}, '0-/') <> '' then {1} end").format(written, _known(written, half))


def _known(written: sql.Composable, meant: sql.Composable) -> sql.Composable:
    return sql.SQL("case when {0} <> '' and {0} <> all({1}) then {2} end").format(
        written, sql.Literal(list(UNKNOWN_WORDS)), meant
    )


def _listed(column: Column, written: sql.Composable) -> sql.Composable:
    """One of the allowed values, also in full width, in small letters or with a hyphen (`gcj-02`); else as written."""
    return sql.SQL(
        "case when {0} = any({1}) then {0} when {meant} = any({1}) then {meant} else nullif({0}, '') end"
    ).format(
        written,
        sql.Literal(list(column.allowed)),
        meant=sql.SQL("upper(translate(normalize({}, NFKC), ' -_', ''))").format(written),
    )


def _date_part(column: Column, written: sql.Composable) -> sql.Composable:
    """Eight digits; `2026-06-30`, `2026/6/30`, 2026年6月30日 and a time of day behind them are brought to that."""
    half = sql.SQL("normalize({}, NFKC)").format(written)
    digits = sql.SQL(
        r"regexp_replace(regexp_replace(substring({half} from '^[^ T]+'), '[-/.年月]([0-9])(?![0-9])', '-0\1', 'g'),"
        " '[-/.年月日]', '', 'g')"
    ).format(half=half)
    return sql.SQL(
        "case when {0} = '' then null when octet_length({0}) = 8 and substr({0}, 5, 1) between '0' and '9' then {plain}"
        " when {half} ~ {odd} then {spelled} when {half} ~ {timed} then {before_time}"
        " when btrim({0}, '0') <> '' then {other} end"
    ).format(
        written,
        half=half,
        odd=sql.Literal(_ODD_DATE),
        timed=sql.Literal(_DATE_AND_TIME),
        plain=_day(column, written),
        spelled=_day(column, digits),
        before_time=_day(column, sql.SQL("left({}, 8)").format(half)),
        other=_known(written, half),
    )


def _day(column: Column, digits: sql.Composable) -> sql.Composable:
    """Eight digits that are a day. An open end is one where a date may be open; elsewhere it says nothing."""
    unknown = UNKNOWN_DATES if column.may_be_open else UNKNOWN_DATES + OPEN_DATES
    known = sql.SQL("case when {0} <> all({1}) then {0} end").format(digits, sql.Literal(list(unknown)))
    if not column.may_be_open:
        return known
    return sql.SQL("case when {0} = any({1}) then {2} else {3} end").format(
        digits, sql.Literal(list(OPEN_DATES)), sql.Literal(OPEN_DATE), known
    )


def _half_width(part: sql.Composable) -> sql.Composable:
    return sql.SQL("replace(normalize({}, NFKC), {}, '-')").format(part, sql.Literal(MINUS))
