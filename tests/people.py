"""Who somebody is in a test's database, read as a request reads it."""

from collections.abc import Collection
from datetime import date

import psycopg
from psycopg.rows import dict_row

from domain.shared.actor import Actor
from domain.shared.organisation import ACTOR_OF_ACCOUNT, actor_of
from schema.root import CONTRACT


def actor_in(
    connection: psycopg.Connection,
    account_id: int,
    today: date,
    known: Collection[str] = CONTRACT.permissions,
) -> Actor:
    with psycopg.RawCursor(connection, row_factory=dict_row) as cursor:
        row = cursor.execute(ACTOR_OF_ACCOUNT.encode(), [account_id, today]).fetchone()
    actor = actor_of(row, known)
    assert actor is not None
    return actor
