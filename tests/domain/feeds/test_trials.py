"""What a trial shows: that a column is the right one, and not whose it is."""

from datetime import UTC, date, datetime

import pytest

from domain.feeds.adapters.hiding import hidden, hidden_line, hidden_text
from domain.feeds.contracts import FEEDS
from domain.feeds.lateness import Arrival, arrival_of

ALL = {column.name: column for feed in FEEDS.values() for column in feed.columns}


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("name", "王小明", "王**"),
        ("legal_rep_name", "欧阳某", "欧**"),
        ("cert_no", "330106198001011234", "3****************4"),
        ("head_cert_no", "12", "**"),
        ("phone", "13812345678", "138****5678"),
        ("phone", "0571-12345678", "****"),
        ("acct_no", "6210123412341234", "****1234"),
        ("address", "城关镇东街村三组十二号", "城关镇东街村…"),
        ("birth_on", "1980-01-01", "1980-**-**"),
        ("lon_deg", "119.123456", "119.12"),
        ("balance", "120050", "120050"),
        ("status", "1", "1"),
        ("product", "活期储蓄", "活**"),
        ("note", None, None),
    ],
)
def test_particulars_are_hidden(column: str, value: str | None, shown: str | None) -> None:
    assert hidden(ALL[column], value) == shown


def test_a_line_keeps_its_shape_and_loses_whom_it_is_about() -> None:
    assert hidden_text("C2|李四|13812345679|20261399|正常") == "C2|李**|13*******79|20261399|正**"
    assert hidden_text("330106198001011234X"[:18]) == "33**************34"
    assert len(hidden_text("A" * 5_000)) == 201


def test_a_line_keeps_no_address() -> None:
    assert hidden_line("C2|江苏省盐城市阜宁县幸福村3组12号|1") == "C2|江苏省盐城市…|1"
    assert hidden_line("C2|李四|个人住房按揭贷款 88.00") == "C2|李**|个人住房按揭… 88.00"
    assert hidden_text("个人住房按揭贷款") == "个人住房按揭贷款", "a code that nobody knows has to be read"


def test_where_a_feed_stands_by_its_clock() -> None:
    day, due = date(2026, 12, 1), datetime(2026, 12, 1, 22, tzinfo=UTC)
    before, after = datetime(2026, 12, 1, 21, tzinfo=UTC), datetime(2026, 12, 1, 23, tzinfo=UTC)

    def stands(latest: date | None, now: datetime, *, is_held: bool = False) -> Arrival:
        return arrival_of(latest, day, due, is_held=is_held, now=now)

    assert stands(day, after) is Arrival.ARRIVED
    assert stands(None, after) is Arrival.NEVER
    assert stands(date(2026, 11, 30), before) is Arrival.EXPECTED
    assert stands(date(2026, 11, 30), after) is Arrival.LATE
    assert stands(day, after, is_held=True) is Arrival.HELD
