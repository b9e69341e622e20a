"""Brings `customer_facts` to the data date: feeds that changed tonight whole, of the others whom the night touched."""

from collections.abc import Sequence

from psycopg import sql

from domain.customers.facts import TELLINGS, Telling
from domain.customers.identity.statements import FACTS_DONE
from domain.feeds.newest_day import NEWEST_DAY
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rows import Rows
from domain.shared.statistics import note_written

_COLUMNS = "customer_id, name, feed, fen, number, said, day_on, as_of"
_SAME = "(h.fen, h.number, h.said, h.day_on, h.as_of) is not distinct from (w.fen, w.number, w.said, w.day_on, w.as_of)"
_OF_ONE = "(h.customer_id, h.name, h.feed) = (w.customer_id, w.name, w.feed)"

_IS_CHANGED = """
select exists (select from batches
                where feed = %(feed)s and night_run_id = %(run)s and state = 'LOADED' and changed > 0)
    or exists (select from {past} where to_on = %(on)s)
"""


def refresh_facts(connection: Connection, night: Night, report: Report) -> StepResult:
    """Whoever has other facts than before is one whom the night touched: later steps ask rules about them."""
    connection.execute("create temp table facts_changed (customer_id bigint) on commit drop")
    rows = 0
    for place, telling in enumerate(TELLINGS):
        report(place / len(TELLINGS), DOING(doing="FACTS"))
        rows += _refresh(connection, night, telling)
    connection.execute(
        "insert into night_changes (night_run_id, customer_id) select distinct %s::bigint, customer_id"
        " from facts_changed on conflict do nothing",
        [night.run_id],
    )
    note_written(connection, "customer_facts", rows)
    return StepResult(rows=rows, message=FACTS_DONE(rows=rows))


def _refresh(connection: Connection, night: Night, telling: Telling) -> int:
    whole = night.is_full or _is_changed(connection, night, telling)
    touched = "select customer_id from night_changes where night_run_id = %(run)s"
    whom = "true" if whole else "{}.customer_id in (" + touched + ")"
    given = {"on": night.data_date, "run": night.run_id, "feed": telling.feed}
    connection.execute("drop table if exists facts_wanted")
    connection.execute(
        f"create temp table facts_wanted on commit drop as {telling.wanted(whom.format('p'))}", given
    )
    connection.execute("analyze facts_wanted")
    gone = connection.execute(
        f"with gone as (delete from customer_facts h where h.feed = %(feed)s and {whom.format('h')} and not exists"  # noqa: S608
        f" (select from facts_wanted w where {_OF_ONE} and {_SAME}) returning customer_id)"
        " insert into facts_changed select customer_id from gone",
        given,
    ).rowcount
    new = connection.execute(
        f"with new as (insert into customer_facts ({_COLUMNS}) select {_COLUMNS} from facts_wanted w where not exists"  # noqa: S608
        f" (select from customer_facts h where {_OF_ONE}) returning customer_id)"
        " insert into facts_changed select customer_id from new"
    ).rowcount
    return max(gone, new)


def _is_changed(connection: Connection, night: Night, telling: Telling) -> bool:
    row = connection.execute(
        sql.SQL(_IS_CHANGED).format(past=sql.Identifier(f"src_{telling.feed}_past")),
        {"feed": telling.feed, "run": night.run_id, "on": night.data_date},
    ).fetchone()
    return row is not None and bool(row[0])


def move_facts(rows: Rows, customer_ids: Sequence[int]) -> None:
    """Facts of a few customers whose records moved between them, by the statements of the night."""
    ((newest,),) = rows.execute(NEWEST_DAY)
    given = {"ids": list(customer_ids), "on": newest}
    rows.execute("delete from customer_facts where customer_id = any(cast(%(ids)s as bigint[]))", given)
    for telling in TELLINGS:
        wanted = telling.wanted("p.customer_id = any(cast(%(ids)s as bigint[]))")
        rows.execute(f"insert into customer_facts ({_COLUMNS}) {wanted}", given)
