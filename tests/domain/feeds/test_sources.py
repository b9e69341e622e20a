"""What others tell is held on a basis, and gone with the night after it."""

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.feeds.contracts import FEEDS
from domain.feeds.outside import held_feeds
from domain.shared.retention import OUTSIDE, RETENTION
from domain.shared.tidying import over_before, remove_over
from tests.domain.customers.identity.county import county, drop, night
from tests.domain.feeds.files import DAY, batches, reasons

NEXT = DAY + timedelta(days=1)


def noted(connection: psycopg.Connection, feed: str, until: date, **values: object) -> None:
    connection.execute("delete from sources where feed = %s", [feed])
    connection.execute(
        "insert into sources (feed, basis, purpose, document, from_on, until_on, ended_on, ended_reason)"
        " values (%s, 'LEGAL_DUTY', 'x', 'x', '2020-01-01', %s, %s, %s)",
        [feed, until, values.get("ended_on"), "x" if "ended_on" in values else None],
    )


def known(connection: psycopg.Connection) -> list[str]:
    """Kinds of records of the register that still speak."""
    return [
        feed
        for (feed,) in connection.execute(
            "select feed from source_records where feed like 'household%' and status <> 'GONE' order by 1"
        )
    ]


def test_a_basis_that_ran_out_closes_its_feed_with_the_night(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """It holds through its last day; the night of that day prepares a morning that it does not carry."""
    noted(connection, "household", NEXT)
    drop(tmp_path, county())
    night(connection, tmp_path)
    assert len(known(connection)) == 3
    drop(tmp_path, county(), NEXT)
    night(connection, tmp_path, NEXT)
    assert known(connection) == []
    assert "没有有效的依据" in reasons(connection, "household")
    assert [state for state, *_ in batches(connection, "household")] == ["LOADED", "WAITING"]
    told = connection.execute(
        "select subject, detail ->> 'rows' from audit where action = 'source.closed'"
    ).fetchall()
    assert told == [("Source:household", "2")]
    assert connection.execute("select count(*) from relations where kind = 'MEMBER'").fetchone() != (0,), (
        "what the survey of 阳光信贷 says stays"
    )
    # Noted anew, the same file that waited is taken, and all is as it was.
    noted(connection, "household", date(2099, 1, 1))
    night(connection, tmp_path, NEXT)
    assert len(known(connection)) == 3
    assert [state for state, *_ in batches(connection, "household")] == ["LOADED", "LOADED"]
    past = connection.execute("select count(*) from src_household where to_on <> 'infinity'").fetchone()
    assert past == (2,), "what was said before can still be asked of its days"


def test_rows_without_a_basis_go_when_their_days_are_over(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    noted(connection, "household", date(2099, 1, 1), ended_on=NEXT + timedelta(days=1))
    drop(tmp_path, county())
    night(connection, tmp_path)
    drop(tmp_path, {"core_customer": county()["core_customer"]}, NEXT)
    night(connection, tmp_path, NEXT)
    kept = next(one for one in RETENTION if one.table == "src_household")
    for days_later, left in ((30, 2), (31, 0)):
        before = over_before(kept, NEXT + timedelta(days=days_later), {})
        assert before is not None
        remove_over(connection, kept, before)
        found = connection.execute("select count(*) from src_household").fetchone()
        assert found == (left,), days_later


def told(party: str, number: int) -> dict[str, str]:
    return {"about": "P", "about_no": "X", "told_by": party, "what": f"数{number}", "number": str(number)}


def note_party(connection: psycopg.Connection, party: str, until: date) -> None:
    connection.execute("delete from sources where feed = 'facts' and told_by = %s", [party])
    connection.execute(
        "insert into sources (feed, told_by, basis, purpose, document, from_on, until_on)"
        " values ('facts', %s, 'PUBLIC', 'x', 'x', '2020-01-01', %s)",
        [party, until],
    )


def in_force(connection: psycopg.Connection) -> list[tuple[str, int]]:
    return connection.execute(
        "select told_by, number from src_facts where to_on = 'infinity' order by 1, 2"
    ).fetchall()


def test_each_third_party_has_its_own_basis(connection: psycopg.Connection, tmp_path: Path) -> None:
    """One without is not taken, one whose basis ran out ends with the night, and the others go on."""
    facts = {"facts": [told("甲局", 1), told("甲局", 2), told("乙院", 3), told("丙社", 4)]}
    drop(tmp_path, facts)
    night(connection, tmp_path)
    assert in_force(connection) == []
    assert [state for state, *_ in batches(connection, "facts")] == ["WAITING"], (
        "nobody has one: it is not read"
    )
    note_party(connection, "甲局", date(2099, 1, 1))
    note_party(connection, "乙院", NEXT)
    night(connection, tmp_path)
    assert in_force(connection) == [("乙院", 3), ("甲局", 1), ("甲局", 2)]
    assert batches(connection, "facts") == [("LOADED", 3, 3, 0, 0)]
    assert "第三方“丙社”没有有效的依据：1 行未接收" in reasons(connection, "facts")
    kept = connection.execute("select count(*) from quarantined_rows where raw like '%%丙社%%'").fetchone()
    assert kept == (0,), "what may not be held is kept nowhere"
    drop(tmp_path, {"facts": [told("甲局", 1), told("甲局", 5), told("乙院", 3), told("丙社", 4)]}, NEXT)
    night(connection, tmp_path, NEXT)
    assert in_force(connection) == [("甲局", 1), ("甲局", 5)]
    closed = connection.execute(
        "select subject, detail ->> 'rows' from audit where action = 'source.closed' and subject like '%facts%'"
    ).fetchall()
    assert closed == [("Source:facts/乙院", "1")]
    # Noted anew, the next full file brings them.
    for party in ("乙院", "丙社"):
        note_party(connection, party, date(2099, 1, 1))
    after = NEXT + timedelta(days=1)
    drop(tmp_path, {"facts": [told("甲局", 1), told("甲局", 5), told("乙院", 3), told("丙社", 4)]}, after)
    night(connection, tmp_path, after)
    assert in_force(connection) == [("丙社", 4), ("乙院", 3), ("甲局", 1), ("甲局", 5)]
    # Retention removes what one told when its days are over, and not what others told.
    note_party(connection, "乙院", NEXT)
    kept_facts = next(one for one in RETENTION if one.table == "src_facts")
    before = over_before(kept_facts, NEXT + timedelta(days=31), {})
    assert before is not None
    remove_over(connection, kept_facts, before)
    past = connection.execute("select told_by from src_facts where to_on <> 'infinity'").fetchall()
    assert past == [("甲局",)]


@pytest.mark.parametrize(
    ("day", "values", "is_held"),
    [
        (NEXT, {}, True),
        (NEXT + timedelta(days=1), {}, False),
        (NEXT, {"ended_on": NEXT}, False),
        (DAY, {"ended_on": NEXT}, True),
    ],
)
def test_on_which_days_a_basis_carries(
    connection: psycopg.Connection, day: date, values: dict[str, object], is_held: bool
) -> None:
    noted(connection, "household", NEXT, **values)
    assert ("household" in held_feeds(connection, day)) is is_held
    assert "core_customer" in held_feeds(connection, day), "the bank's own systems need none"
    connection.rollback()


def test_retention_knows_every_outside_feed() -> None:
    assert set(OUTSIDE) == {feed.name for feed in FEEDS.values() if feed.is_outside}
