"""The data date in force (数据日期): that of the newest night that was carried out to its end.

The last step of a night writes it (`domain/performance/rollup.py`); whoever asks for it asks here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

DATA_DATE = "(select cast(value #>> '{}' as date) from settings where name = 'data_date')"
"""As SQL that stands wherever a value may stand; null before the first night."""


class Execute(Protocol):
    """A psycopg connection, or the `Rows` of a cut: runs a statement and gives its rows."""

    def execute(self, query: Any, parameters: Any = None, /) -> Iterable[tuple[Any, ...]]: ...


def data_date_in_force(connection: Execute) -> date | None:
    """None before the first night."""
    day: date | None
    ((day,),) = connection.execute(f"select {DATA_DATE}")
    return day
