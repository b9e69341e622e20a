"""The night's last step: what has run out goes, and what nobody decided in time expires."""

from datetime import date, datetime, time, timedelta

from psycopg import sql

from domain.shared.calendar import BANK_ZONE
from domain.shared.night import Connection, Night, Report, StepResult
from domain.shared.parameters import Values
from domain.shared.retention import RETENTION, Kept
from domain.shared.statements import NUMBER, TEXT, declare

TIDIES = declare("TIDY_TABLE", table=TEXT)
TIDIED = declare("TIDY_DONE", rows=NUMBER, proposals=NUMBER)

CHUNK = 20_000
CHUNKS_A_NIGHT = 50
"""What is left goes in the next nights: the step stays short, also after a long standstill."""


def tidy(connection: Connection, night: Night, report: Report) -> StepResult:
    """Carry out the table of retention as of the data date; the counts stay beside each of its rows."""
    figures: dict[str, float] = {}
    for place, kept in enumerate(RETENTION):
        report(place / len(RETENTION), TIDIES(table=kept.table))
        before = over_before(kept, night.data_date, night.parameters)
        removed = 0 if before is None else remove_over(connection, kept, before)
        _note(connection, kept, night, removed)
        if removed:
            figures[kept.table] = removed
    now = connection.execute("select now()").fetchone()
    assert now is not None
    expired = expire_proposals(connection, now[0])
    total = int(sum(figures.values()))
    done = TIDIED(rows=total, proposals=expired)
    return StepResult(total + expired, done, {**figures, "expired": expired})


def over_before(kept: Kept, data_date: date, parameters: Values) -> datetime | None:
    """The instant before which rows are over; None where they are kept for good."""
    if kept.days is None:
        return None
    first_kept = data_date + timedelta(days=1) - timedelta(days=kept.days.of(parameters))
    return datetime.combine(first_kept, time(), BANK_ZONE)


def remove_over(connection: Connection, kept: Kept, before: datetime) -> int:
    """Delete what is over, in chunks; rows that somebody holds wait for the next night. Gives how many went."""
    statement = sql.SQL(
        "delete from {table} where ctid = any(array("
        "select ctid from {table} kept where {is_over} limit {chunk} for update skip locked))"
    ).format(
        table=sql.Identifier(kept.partition or kept.table),
        is_over=sql.SQL(kept.is_over),
        chunk=sql.Literal(CHUNK),
    )
    removed = 0
    for _ in range(CHUNKS_A_NIGHT):
        chunk = connection.execute(statement, {"before": before}).rowcount
        removed += chunk
        if chunk < CHUNK:
            break
    return removed


_NOTE = """
insert into retention as r (what, days, why, removed, tidied_on) values (%s, %s, %s, %s, %s)
on conflict (what) do update set days = excluded.days, why = excluded.why, removed = excluded.removed,
       tidied_on = excluded.tidied_on
"""


def _note(connection: Connection, kept: Kept, night: Night, removed: int) -> None:
    days = None if kept.days is None else kept.days.of(night.parameters)
    connection.execute(_NOTE, [kept.table, days, kept.why, removed, night.data_date])


_EXPIRE = """
with gone as (update proposals set state = 'EXPIRED' where state = 'OPEN' and until <= %(now)s
              returning id, kind, subject),
noted as (insert into audit (actor_kind, actor_id, action, subject, detail)
          select 'SYSTEM', null, 'proposal.expired', 'Proposal:' || id, jsonb_build_object('kind', kind, 'of', subject)
            from gone order by id returning id)
select count(*) from noted
"""


def expire_proposals(connection: Connection, now: datetime) -> int:
    """Close what nobody decided until its end; gives how many."""
    row = connection.execute(_EXPIRE, {"now": now}).fetchone()
    assert row is not None
    return int(row[0])
