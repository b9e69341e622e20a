"""A next date agreed with a customer: from the phone's visit over the nights to the list, the day and its reason."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from domain.shared.calendar import bank_day
from domain.shared.night import Night, silent
from domain.tasks.due import find_due_visits
from schema.rules.language import LANGUAGE
from tests.schema.bank import NOW
from tests.schema.conftest import Ask

RECORD = """mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { __typename
  ... on RecordVisitSuccess { visit { nextOn } } ... on VisitNotRecorded { code } } }"""
PAGE = "query ($id: ID!) { customer(id: $id) { dueOn lastVisitOn } }"
CUSTOMER = 1003


def nights(ask: Ask, first: date, mornings: int) -> list[tuple[str, date] | None]:
    """What the step says of the customer on so many mornings, one night a morning."""
    found: list[tuple[str, date] | None] = []
    address = ask.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    for days in range(mornings):
        with psycopg.connect(address) as connection:
            night = Night(1, first + timedelta(days - 1), Path("/nowhere"))
            find_due_visits(connection, night, silent, language=LANGUAGE)
            reason = "select reason, due_on from due_visits where customer_id = %s"
            row = connection.execute(reason, [CUSTOMER]).fetchone()
            found.append(None if row is None else (row[0], row[1]))
    return found


async def visited(ask: Ask, outcome: str = "FOLLOW_UP", **given: Any) -> Any:
    asked = {
        "idempotencyKey": str(uuid4()),
        "customerId": f"Customer:{CUSTOMER}",
        "startedAt": ask.now.isoformat(),
        "outcome": outcome,
        **given,
    }
    return (await ask.data("a1", RECORD, input=asked))["recordVisit"]


async def test_a_date_agreed_on_a_phone_is_due_on_its_day_and_gone_when_it_was_kept(ask_own: Ask) -> None:
    """Also over a weekend, on which a promise is due like on any other day: managers walk on Saturdays."""
    await ask_own.pool.execute("delete from visits")
    await ask_own.pool.execute("delete from due_visits")
    await ask_own.pool.execute(
        "update customers set tier = 'GENERAL', attrition_band = 1, last_visit_on = null where id = $1",
        CUSTOMER,
    )
    await ask_own.pool.execute("delete from loans where customer_id = $1", CUSTOMER)
    today = bank_day(NOW)
    agreed = today + timedelta(7)
    assert agreed.isoweekday() == 6
    assert (await visited(ask_own, nextOn=agreed.isoformat()))["visit"] == {"nextOn": agreed.isoformat()}
    assert nights(ask_own, today + timedelta(1), 9) == [None] * 6 + [("AGREED", agreed)] * 3
    page = (await ask_own.data("a1", PAGE, id=f"Customer:{CUSTOMER}"))["customer"]
    assert page == {"dueOn": agreed.isoformat(), "lastVisitOn": today.isoformat()}
    ask_own.now += timedelta(days=10)
    await visited(ask_own, "INTERESTED")
    assert nights(ask_own, bank_day(ask_own.now) + timedelta(1), 1) == [None]
