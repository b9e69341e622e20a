"""The night's last step: what has run out goes, and what nobody decided in time expires."""

from datetime import datetime

from domain.shared.night import Connection

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
