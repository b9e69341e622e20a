"""月末: what a customer had at each of the last thirteen month-ends, in one place for curves, questions and features.

A month-end is worked out once, from the snapshots, when the night of its day is over. After that it changes where files
of an earlier day come late, which the batches of the night tell, and where records go to another customer. A month-end
at which a customer had nothing is no row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psycopg.types.json import Jsonb

from domain.feeds.currencies import IN_YUAN
from domain.products.on_books import ON_BOOKS
from domain.products.statements import MONTH_END_MAKES, MONTH_ENDS_DONE
from domain.shared.calendar import month_end, month_end_before
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.rows import NightRows, Rows
from domain.shared.statistics import note_written

KEPT = 13
"""As many as show a year and the month before it."""

FIGURES = ("deposit_fen", "loan_fen", "pos_volume_fen")


@dataclass(frozen=True)
class _Source:
    """A feed's amount, which is one of the figures, and the record that it belongs to."""

    table: str
    feed: str
    key: str
    figure: str
    amount: str
    condition: str = "true"

    def amounts(self) -> str:
        return ", ".join(
            f"{self.amount if self.figure == name else 'cast(null as bigint)'} as {name}" for name in FIGURES
        )


# An account of yuan is a balance while it is open. What a shop took in counts for its month, whether it is open or not.
_SOURCES = (
    _Source(
        "src_core_deposit",
        "core_customer",
        "cust_no",
        "deposit_fen",
        "balance_fen",
        f"status = '1' and {IN_YUAN}",
    ),
    _Source(
        "src_loan", "core_customer", "cust_no", "loan_fen", "balance_fen", f"status = '1' and {ON_BOOKS}"
    ),
    _Source("src_pos_merchant", "pos_merchant", "merchant_no", "pos_volume_fen", "month_volume_fen"),
)
FEEDS = ("core_deposit", "loan", "pos_merchant", "core_customer")
"""A late file of one of these changes month-ends that were worked out."""

_SUMS = ", ".join(f"cast(coalesce(sum(b.{name}), 0) as bigint) as {name}" for name in FIGURES)
_ANYTHING = " or ".join(f"sum(b.{name}) <> 0" for name in FIGURES)
_NAMES = ", ".join(FIGURES)
_OF_A_MONTH_END = f"""
select r.customer_id, cast(%(on)s as date) as month_on, {_SUMS}
  from ({
    " union all ".join(
        f"select '{s.feed}' as feed, {s.key} as key, {s.amounts()} from {s.table}"
        f" where from_on <= %(on)s and %(on)s < to_on and {s.condition}"
        for s in _SOURCES
    )
}) b
  join source_records r on r.feed = b.feed and r.key = b.key
 where r.customer_id is not null
 group by r.customer_id having {_ANYTHING}
"""  # noqa: S608
_OF_ALL = f"create temp table month_found on commit drop as {_OF_A_MONTH_END}"
_OF_SOME = f"""
create temp table month_found on commit drop as
select r.customer_id, m.month_on, {_SUMS}
  from source_records r
 cross join unnest(cast(%(months)s as date[])) as m (month_on)
 cross join lateral (
       {
    " union all ".join(
        f"select {s.amounts()} from {s.table} s where r.feed = '{s.feed}' and s.{s.key} = r.key"
        f" and s.from_on <= m.month_on and m.month_on < s.to_on and {s.condition}"
        for s in _SOURCES
    )
}) b
 where r.customer_id = any(cast(%(ids)s as bigint[]))
 group by r.customer_id, m.month_on having {_ANYTHING}
"""  # noqa: S608

_GONE = """
delete from month_ends e
 where {which}
   and not exists (select from month_found f where f.customer_id = e.customer_id and f.month_on = e.month_on)
"""
_WRITE = f"""
insert into month_ends as e (customer_id, month_on, {_NAMES})
select customer_id, month_on, {_NAMES} from month_found order by customer_id
on conflict (customer_id, month_on) do update
   set ({_NAMES}) = ({", ".join(f"excluded.{name}" for name in FIGURES)})
 where ({", ".join(f"e.{name}" for name in FIGURES)})
       is distinct from ({", ".join(f"excluded.{name}" for name in FIGURES)})
"""  # noqa: S608

# Records that a customer got tonight, and who lost them. A record that is new may bring a past with it: accounts of a
# party whom the core's files named only later.
_RELINKED = "select distinct customer_id from record_links where to_on = %(day)s or from_on = %(day)s"
_EARLIEST_FILE = """
select min(data_date) from batches
 where night_run_id = %(run)s and state = 'LOADED' and feed = any(cast(%(feeds)s as text[]))
"""
_KNOWN = "select value from settings where name = 'month_ends'"
_FIRST_FILES = "select feed, min(data_date) from batches where state = 'LOADED' group by feed"
_NOTE = """
insert into settings (name, value) values ('month_ends', %(months)s), ('month_ends_since', %(since)s)
on conflict (name) do update set value = excluded.value
"""


def month_ends_until(data_date: date) -> list[date]:
    """The last thirteen month-ends that are over on a data date, the first first."""
    newest = data_date if month_end(data_date) == data_date else month_end_before(data_date)
    return [month_end_before(newest, months) for months in range(KEPT - 1, 0, -1)] + [newest]


def of_a_month_end(month_on: date) -> str:
    """The statement of whom had what at one month-end, whether it is kept or older: the columns of the table."""
    return _OF_A_MONTH_END.replace("%(on)s", f"'{month_on.isoformat()}'")


def refresh_month_ends(connection: Connection, night: Night, report: Report) -> StepResult:
    """The night's step: month-ends that are new or that late files reach, and those of whom records were moved."""
    connection.execute("set local work_mem = '256MB'")
    rows = NightRows(connection)
    kept = month_ends_until(night.data_date)
    known = known_month_ends(rows)
    since = _earliest_file(connection, night)
    anew = [month for month in kept if month not in known or night.is_full or (since and since <= month)]
    changed = 0
    for done, month in enumerate(anew):
        report(done / len(anew), MONTH_END_MAKES(month_on=month))
        changed += _write(rows, _OF_ALL, "e.month_on = cast(%(on)s as date)", {"on": month})
    note_written(connection, "month_ends", changed)
    moved = [row[0] for row in rows.execute(_RELINKED, {"day": night.data_date + timedelta(days=1)})]
    changed += _of_some(rows, moved, [month for month in kept if month not in anew])
    if set(known) - set(kept):
        rows.execute("delete from month_ends where month_on < %(first)s", {"first": kept[0]})
    _note(rows, kept)
    return StepResult(changed, MONTH_ENDS_DONE(months=len(anew), rows=changed))


def refresh_month_ends_of(rows: Rows, customer_ids: Sequence[int]) -> None:
    """After a cut: the month-ends of a few customers whose records were moved between them."""
    _of_some(rows, customer_ids, known_month_ends(rows))


def known_month_ends(rows: Rows) -> list[date]:
    """Those that a night worked out."""
    return [date.fromisoformat(month) for (months,) in rows.execute(_KNOWN) for month in months]


def _note(rows: Rows, kept: Sequence[date]) -> None:
    """Which month-ends are worked out, and since when each figure is known: before its first file none is."""
    first = {f"src_{feed}": day for feed, day in rows.execute(_FIRST_FILES)}
    since = {s.figure: max(kept[0], first[s.table]).isoformat() for s in _SOURCES if s.table in first}
    months = [month.isoformat() for month in kept]
    rows.execute(_NOTE, {"months": Jsonb(months), "since": Jsonb(since)})


def _earliest_file(connection: Connection, night: Night) -> date | None:
    row = connection.execute(_EARLIEST_FILE, {"run": night.run_id, "feeds": list(FEEDS)}).fetchone()
    return None if row is None else row[0]


def _of_some(rows: Rows, customer_ids: Sequence[int], months: Sequence[date]) -> int:
    if not customer_ids or not months:
        return 0
    which = "e.customer_id = any(cast(%(ids)s as bigint[])) and e.month_on = any(cast(%(months)s as date[]))"
    return _write(rows, _OF_SOME, which, {"ids": list(customer_ids), "months": list(months)})


def _write(rows: Rows, found: str, which: str, given: dict[str, object]) -> int:
    """Set what was found beside what is kept; gives the rows found."""
    rows.execute("drop table if exists month_found")
    rows.execute(found, given)
    rows.execute("analyze month_found")
    rows.execute(_GONE.format(which=which), given)
    rows.execute(_WRITE)
    return int(rows.execute("select count(*) from month_found")[0][0])
