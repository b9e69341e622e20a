"""漏斗 入格 → 走访 → 建档 → 授信 → 用信, for each outlet and for the bank. A rate always names its denominator.

走访率 = 有效走访户 / 应走访户 (a customer in a grid is to be seen at least half-yearly), 建档率 = 建档户 / 网格内户,
授信率 over 建档户 and over 网格内户 (banks use both), 用信率 = 有余额户 / 有效授信户. A file is one of 阳光信贷.
"""

from dataclasses import dataclass
from datetime import date

from domain.shared.night import Connection
from domain.tasks.cadence import MONTHS_BETWEEN_VISITS, add_months


@dataclass(frozen=True)
class Counts:
    """Active customers of an outlet or the bank: listed, in a grid, visited, filed, with a line, drawing on it."""

    listed: int
    in_grid: int
    visited: int
    filed: int
    granted: int
    drawn: int


@dataclass(frozen=True)
class FunnelRow:
    step: str
    count: int
    denominator: str
    denominator_count: int


def funnel_of(counts: Counts) -> tuple[FunnelRow, ...]:
    """The five steps, each with the denominator of its rate in words, and the first one as a number."""
    return (
        FunnelRow("入格", counts.in_grid, f"名单内客户 {counts.listed} 户", counts.listed),
        FunnelRow("走访", counts.visited, f"应走访（网格内）客户 {counts.in_grid} 户", counts.in_grid),
        FunnelRow("建档", counts.filed, f"网格内客户 {counts.in_grid} 户", counts.in_grid),
        FunnelRow(
            "授信",
            counts.granted,
            f"建档客户 {counts.filed} 户；网格内客户 {counts.in_grid} 户",
            counts.filed,
        ),
        FunnelRow("用信", counts.drawn, f"有效授信客户 {counts.granted} 户", counts.granted),
    )


# Visits and files count inside grids alone: so each step's customers are among its denominator's.
_COUNTS = """
with filed as (select distinct customer_id from source_records where feed = 'sunshine_credit')
select coalesce(c.org_unit_id, 0), grouping(c.org_unit_id), count(*), count(c.grid_id),
       count(*) filter (where c.grid_id is not null and c.last_visit_on > %(since)s),
       count(*) filter (where c.grid_id is not null and f.customer_id is not null),
       count(*) filter (where c.line_fen > 0),
       count(*) filter (where c.line_fen > 0 and c.loan_fen > 0)
  from customers c left join filed f on f.customer_id = c.id
 where c.status = 'ACTIVE'
 group by grouping sets ((c.org_unit_id), ())
"""

_WRITE = """
insert into funnel_counts as f (org_unit_id, step, position, count, denominator, denominator_count, data_date)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (org_unit_id, step) do update
   set position = excluded.position, count = excluded.count, denominator = excluded.denominator,
       denominator_count = excluded.denominator_count, data_date = excluded.data_date
"""


def count_funnel(connection: Connection, data_date: date) -> int:
    """Rebuild the funnel of every outlet and, on the head office's row, of the bank; gives the rows written."""
    since = add_months(data_date, -MONTHS_BETWEEN_VISITS["GENERAL"])
    rows = connection.execute(_COUNTS, {"since": since}).fetchall()
    outlets = {org_unit_id: Counts(*counts) for org_unit_id, is_total, *counts in rows if not is_total}
    bank = next((Counts(*counts) for _, is_total, *counts in rows if is_total), Counts(0, 0, 0, 0, 0, 0))
    units = connection.execute("select id, kind from org_units order by id").fetchall()
    written = [
        (unit_id, row.step, position, row.count, row.denominator, row.denominator_count, data_date)
        for unit_id, kind in units
        for position, row in enumerate(
            funnel_of(bank if kind == "HEAD_OFFICE" else outlets.get(unit_id, Counts(0, 0, 0, 0, 0, 0))),
            start=1,
        )
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, written)
    return len(written)
