"""What can be asked of month-ends: balances at the last one, how they changed within months, what shops took in.

The last month-end is the newest that is over on the data date. Who has no row of a month-end had nothing then; a
month-end that no file reaches, or that lies before the thirteen, is unknown.
"""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, DateTime, Integer, String, case, cast, func, select
from sqlalchemy import literal_column as sql
from sqlalchemy.sql import FromClause

from domain.customers.fields import CUSTOMER
from domain.products.models import MonthEnd
from domain.shared.rules.fields import Beside, Day, Field, FieldType, Row

WINDOWS = (1, 3, 12)
"""How many months back is asked."""

_ONE: ColumnElement[Any] = sql("1", Integer)
_NOTHING: ColumnElement[Any] = sql("0", BigInteger)


def month_end_on(day: Day, months_before: int = 0) -> ColumnElement[Any]:
    """The last month-end that is over on a day, or one so many months before it; as `month_ends_until` says it."""
    first: ColumnElement[Any] = func.date_trunc(sql("'month'", String), cast(day + _ONE, DateTime))
    if months_before:
        first = first - func.make_interval(sql("0", Integer), sql(str(months_before), Integer))
    month_on: ColumnElement[Any] = cast(first, Date) - _ONE
    return month_on


def known_since(figure: str) -> ColumnElement[Any]:
    """The first month-end of which the figure is known, as the night has noted it; null before the first night."""
    noted = f"(select cast(value ->> '{figure}' as date) from settings where name = 'month_ends_since')"  # noqa: S608
    return sql(noted, Date)


def _last(day: Day) -> FromClause:
    month = MonthEnd.__table__.alias()  # type: ignore[attr-defined]
    found: FromClause = month.select().where(month.c.month_on == month_end_on(day)).subquery("month_end")
    return found


def _window(months: int) -> Beside:
    """Balances at the last month-end less those of the month-end so many months before; volumes in between."""

    def rows(day: Day) -> FromClause:
        month = MonthEnd.__table__.alias()  # type: ignore[attr-defined]
        newest, oldest = month_end_on(day), month_end_on(day, months)

        def change(figure: str) -> ColumnElement[Any]:
            of_month = case(
                (month.c.month_on == newest, month.c[figure]),
                (month.c.month_on == oldest, -month.c[figure]),
                else_=_NOTHING,
            )
            return cast(func.sum(of_month), BigInteger).label(figure)

        volume = func.sum(case((month.c.month_on > oldest, month.c.pos_volume_fen), else_=_NOTHING))
        return (
            select(
                month.c.customer_id,
                change("deposit_fen"),
                change("loan_fen"),
                cast(volume, BigInteger).label("pos_volume_fen"),
            )
            .where(month.c.month_on >= oldest, month.c.month_on <= newest)
            .group_by(month.c.customer_id)
            .subquery(f"months_{months}")
        )

    return Beside(f"month_ends_of_{months}", "customer_id", rows)


def _asked(name: str, figure: str, beside: Beside, months_back: int) -> Field:
    """`months_back` is how many month-ends before the last one the value looks at."""

    def value(row: Row, day: Day) -> ColumnElement[Any]:
        is_known = month_end_on(day, months_back) >= known_since(figure)
        known: ColumnElement[Any] = case((is_known, func.coalesce(row.c[figure], _NOTHING)))
        return known

    return Field(
        name,
        CUSTOMER,
        FieldType.FEN,
        value,
        f"month_ends.{figure}",
        level="C2",
        beside=beside,
        past=beside,
        known_on=lambda _row, day: month_end_on(day),
    )


_LAST = Beside("month_end", "customer_id", _last)
_BESIDE = {months: _window(months) for months in WINDOWS}

MONTH_END_DEPOSIT_FEN = _asked("monthEndDepositFen", "deposit_fen", _LAST, 0)
MONTH_END_LOAN_FEN = _asked("monthEndLoanFen", "loan_fen", _LAST, 0)
DEPOSIT_CHANGE_FEN = {
    months: _asked(f"depositChange{months}mFen", "deposit_fen", beside, months)
    for months, beside in _BESIDE.items()
}
LOAN_CHANGE_FEN = {
    months: _asked(f"loanChange{months}mFen", "loan_fen", beside, months)
    for months, beside in _BESIDE.items()
}
POS_VOLUME_FEN = {
    months: _asked(f"posVolume{months}mFen", "pos_volume_fen", beside, months - 1)
    for months, beside in _BESIDE.items()
}

FIELDS = (
    MONTH_END_DEPOSIT_FEN,
    MONTH_END_LOAN_FEN,
    *DEPOSIT_CHANGE_FEN.values(),
    *LOAN_CHANGE_FEN.values(),
    *POS_VOLUME_FEN.values(),
)
