"""Brings `customer_facts` to the data date: feeds that changed tonight whole, of the others whom the night touched."""

from collections.abc import Sequence

from psycopg import sql

from domain.customers.identity.statements import FACTS_DONE
from domain.customers.tellings import TELLINGS
from domain.feeds.newest_day import NEWEST_DAY
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rows import Rows
from domain.shared.statistics import note_written

_COLUMNS = "customer_id, name, feed, fen, number, said, day_on, as_of"
_SAME = "(h.fen, h.number, h.said, h.day_on, h.as_of) is not distinct from (w.fen, w.number, w.said, w.day_on, w.as_of)"
_OF_ONE = "(h.customer_id, h.name, h.feed) = (w.customer_id, w.name, w.feed)"

_OF_FEED = {
    feed: tuple(telling for telling in TELLINGS if telling.feed == feed)
    for feed in dict.fromkeys(telling.feed for telling in TELLINGS)
}
_TOUCHED = "in (select customer_id from night_changes where night_run_id = %(run)s)"

_IS_CHANGED = """
select exists (select from batches
                where feed = %(feed)s and night_run_id = %(run)s and state = 'LOADED' and changed > 0)
    or exists (select from {past} where to_on = %(on)s)
"""
_IS_TOLD = (
    "select exists (select from {current}) or exists (select from customer_facts where feed = %(feed)s)"
)


def refresh_facts(connection: Connection, night: Night, report: Report) -> StepResult:
    """Whoever has other facts than before is one whom the night touched: later steps ask rules about them."""
    connection.execute("create temp table facts_changed (customer_id bigint) on commit drop")
    rows = 0
    for place, feed in enumerate(_OF_FEED):
        report(place / len(_OF_FEED), DOING(doing="FACTS"))
        rows += _refresh(connection, night, feed)
    connection.execute(
        "insert into night_changes (night_run_id, customer_id) select distinct %s::bigint, customer_id"
        " from facts_changed on conflict do nothing",
        [night.run_id],
    )
    note_written(connection, "customer_facts", rows)
    return StepResult(rows=rows, message=FACTS_DONE(rows=rows))


def _refresh(connection: Connection, night: Night, feed: str) -> int:
    given = {"on": night.data_date, "run": night.run_id, "feed": feed}
    whom = "" if night.is_full or _is(connection, _IS_CHANGED, given) else _TOUCHED
    if whom and not _is(connection, _IS_TOLD, given):
        return 0  # a feed that the bank does not have
    connection.execute("drop table if exists facts_wanted")
    connection.execute(f"create temp table facts_wanted on commit drop as {_wanted(feed, whom)}", given)
    connection.execute("analyze facts_wanted")
    some = f" and h.customer_id {whom}" if whom else ""
    gone = connection.execute(
        f"with gone as (delete from customer_facts h where h.feed = %(feed)s{some} and not exists"  # noqa: S608
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


def _wanted(feed: str, whom: str) -> str:
    """What all tellings of a feed tell: of persons in one statement, of firms in another."""
    return " union all ".join(f"({telling.wanted(whom)})" for telling in _OF_FEED[feed])


def _is(connection: Connection, asked: str, given: dict[str, object]) -> bool:
    tables = {
        "past": sql.Identifier(f"src_{given['feed']}_past"),
        "current": sql.Identifier(f"src_{given['feed']}_current"),
    }
    row = connection.execute(sql.SQL(asked).format(**tables), given).fetchone()
    return row is not None and bool(row[0])


def move_facts(rows: Rows, customer_ids: Sequence[int]) -> None:
    """Facts of a few customers whose records moved between them, by the statements of the night."""
    ((newest,),) = rows.execute(NEWEST_DAY)
    given = {"ids": list(customer_ids), "on": newest}
    some = "= any(cast(%(ids)s as bigint[]))"
    rows.execute(f"delete from customer_facts where customer_id {some}", given)  # noqa: S608
    for feed in _OF_FEED:
        rows.execute(f"insert into customer_facts ({_COLUMNS}) {_wanted(feed, some)}", given)
