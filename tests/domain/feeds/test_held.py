"""留待: nothing empties, halves or doubles a feed without a person's word; the night goes on and says so."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.feeds.turns import called, turns
from domain.shared.night import silent
from tests.domain.feeds.files import DAY, batches, begin_night, reasons, row, take, write_batch
from tests.domain.small_bank import insert
from tests.words import in_chinese

FEED = "credit_line"
NEXT = DAY + timedelta(days=1)
THEN = DAY + timedelta(days=2)


def lines(count: int, *, first: int = 0, amount: str = "1.00") -> list[str]:
    return [
        row(FEED, {"contract_no": f"L{n}", "cust_no": f"C{n}", "amount": amount})
        for n in range(first, first + count)
    ]


WITHOUT_KEYS = [row(FEED, {"contract_no": "", "cust_no": f"C{n}"}) for n in range(5)]


def in_force(connection: psycopg.Connection, day: date) -> int:
    found = connection.execute(
        "select count(*) from src_credit_line where from_on <= %s and %s < to_on", [day, day]
    ).fetchone()
    assert found is not None
    return int(found[0])


def states(connection: psycopg.Connection) -> list[str]:
    assert all(rows == loaded + refused + bad for _, rows, loaded, refused, bad in batches(connection, FEED))
    return [state for state, *_ in batches(connection, FEED)]


def say(connection: psycopg.Connection, *, yes: bool) -> None:
    """A person's word on the one file that is held, as `decide_batch` writes it."""
    known = connection.execute("select id from staff where number = 'A1'").fetchone()
    who = known[0] if known else _administrator(connection)
    decided = connection.execute(
        "update batches set state = %s, decided_by_id = %s, decided_at = now(), decision_reason = '已核实'"
        " where state = 'HELD'",
        ["READY" if yes else "REFUSED", who],
    )
    assert decided.rowcount == 1
    connection.commit()


def _administrator(connection: psycopg.Connection) -> int:
    unit = insert(connection, "org_units", code="HEAD", name="总行", kind="HEAD_OFFICE")
    key: int = insert(
        connection, "staff", number="A1", name="甲", role="ADMINISTRATOR", org_unit_id=unit, is_active=True
    )
    return key


def hold(connection: psycopg.Connection, landing: Path, then: list[str], before: int = 40) -> None:
    """A feed of some lines, and the next day's file, which is held."""
    write_batch(landing, FEED, lines(before))
    write_batch(landing, FEED, then, day=NEXT)
    take(connection, landing, day=NEXT)
    assert states(connection) == ["LOADED", "HELD"]


@pytest.mark.parametrize(
    ("before", "then", "sentence"),
    [
        pytest.param(199, [], "现有的 199 条记录将全部终止", id="empty"),
        pytest.param(1, [], "现有的 1 条记录将全部终止", id="empty, of one"),
        pytest.param(40, lines(19), "由 40 条变为 19 条：终止 21 条，新增 0 条", id="halved"),
        pytest.param(40, lines(61), "由 40 条变为 61 条：终止 0 条，新增 21 条", id="doubled"),
        pytest.param(40, lines(40, first=40), "终止 40 条，新增 40 条", id="every key another"),
        pytest.param(5, WITHOUT_KEYS, "文件 5 行，没有一条可以入库", id="every line bad"),
    ],
)
def test_a_file_that_nobody_expects_is_held_and_yesterday_stays(
    connection: psycopg.Connection, tmp_path: Path, before: int, then: list[str], sentence: str
) -> None:
    hold(connection, tmp_path, then, before)
    first = batches(connection, FEED)
    assert sentence in reasons(connection, FEED)
    assert in_force(connection, NEXT) == before
    assert connection.execute("select count(*) from quarantined_rows").fetchone() == (0,)
    night = begin_night(connection, tmp_path, NEXT)
    assert find_batches(connection, night, silent).rows == 0
    told = take_feed(connection, night, silent, feed=FEED).message
    assert told is not None
    assert "1 个文件留待确认，沿用此前的数据" in in_chinese(told.as_json()), "each night says so"
    assert batches(connection, FEED) == first


@pytest.mark.parametrize(
    ("before", "then"),
    [
        pytest.param(3, lines(2), id="two of three"),
        pytest.param(40, lines(20), id="half"),
        pytest.param(40, lines(60), id="half as much again"),
        pytest.param(40, lines(40, amount="2.00"), id="every line changed"),
        pytest.param(5, ["|@|".join(["L0", "C0", "x"]), *lines(4, first=1)], id="a bad line"),
    ],
)
def test_what_is_usual_is_taken(
    connection: psycopg.Connection, tmp_path: Path, before: int, then: list[str]
) -> None:
    write_batch(tmp_path, FEED, lines(before))
    write_batch(tmp_path, FEED, then, day=NEXT)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "LOADED"]


def test_a_first_load_is_taken_whatever_its_size(connection: psycopg.Connection, tmp_path: Path) -> None:
    write_batch(tmp_path, FEED, [])
    write_batch(tmp_path, FEED, lines(50), day=NEXT)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "LOADED"]


def test_a_correction_of_the_same_day_that_empties_it_is_held(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, lines(5))
    write_batch(tmp_path, FEED, [], sequence=2)
    take(connection, tmp_path)
    assert states(connection) == ["LOADED", "HELD"]
    assert in_force(connection, DAY) == 5


@pytest.mark.parametrize(("then", "stays"), [([], 0), (lines(100), 100)], ids=["empty", "doubled"])
def test_a_yes_is_carried_out_by_the_next_night(
    connection: psycopg.Connection, tmp_path: Path, then: list[str], stays: int
) -> None:
    hold(connection, tmp_path, then)
    say(connection, yes=True)
    assert take(connection, tmp_path, day=NEXT).rows == 1, "it counts among what is to be taken"
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "LOADED"]
    assert (in_force(connection, DAY), in_force(connection, NEXT)) == (40, stays)
    kept = connection.execute("select decision_reason from batches where decided_by_id is not null")
    assert kept.fetchall() == [("已核实",)]


@pytest.mark.parametrize("yes", [True, False])
def test_a_word_that_is_given_while_a_night_runs_is_not_written_over(
    connection: psycopg.Connection, tmp_path: Path, yes: bool
) -> None:
    """Between drawing up the turns and this one, for which an earlier file that was taken since gives a reason."""
    hold(connection, tmp_path, lines(100))
    connection.execute("update batches set taken_at = now() + interval '1 hour' where state = 'LOADED'")
    night = begin_night(connection, tmp_path, NEXT)
    (turn,) = turns(connection, night, FEED)
    assert turn.state == "HELD"
    assert called(connection, turn) == turn
    say(connection, yes=yes)
    assert called(connection, turn) == (replace(turn, state="READY") if yes else None)


def test_a_no_sends_it_back_for_good_and_a_corrected_one_is_taken(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    hold(connection, tmp_path, [])
    say(connection, yes=False)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "REFUSED"]
    write_batch(tmp_path, FEED, lines(39), day=NEXT, sequence=2)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "REFUSED", "LOADED"]


def test_the_next_days_good_file_takes_the_place_of_a_held_one(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    hold(connection, tmp_path, [])
    write_batch(tmp_path, FEED, lines(41), day=THEN)
    take(connection, tmp_path, day=THEN)
    assert states(connection) == ["LOADED", "REFUSED", "LOADED"]
    assert f"较新的 {FEED}_{THEN:%Y%m%d}_1.dat 已入库" in reasons(connection, FEED)
    assert in_force(connection, NEXT) == 40
    take(connection, tmp_path, day=THEN)
    assert states(connection) == ["LOADED", "REFUSED", "LOADED"]


def test_a_yes_makes_the_next_day_usual_too(connection: psycopg.Connection, tmp_path: Path) -> None:
    """Two banks became one: both days are held, and who says yes to the first has said what the second is."""
    hold(connection, tmp_path, lines(100))
    say(connection, yes=True)
    connection.execute("update batches set state = 'HELD' where state = 'READY'")
    write_batch(tmp_path, FEED, lines(101), day=THEN)
    take(connection, tmp_path, day=THEN)
    assert states(connection) == ["LOADED", "HELD", "HELD"]
    connection.execute("update batches set state = 'READY' where data_date = %s", [NEXT])
    take(connection, tmp_path, day=THEN)
    assert states(connection) == ["LOADED", "LOADED", "LOADED"]
    assert [in_force(connection, day) for day in (DAY, NEXT, THEN)] == [40, 100, 101]


def test_a_late_file_of_an_older_day_waits_for_a_word_after_newer_ones_were_taken(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    write_batch(tmp_path, FEED, lines(40))
    write_batch(tmp_path, FEED, lines(40), day=THEN)
    take(connection, tmp_path, day=THEN)
    write_batch(tmp_path, FEED, [], day=NEXT)
    take(connection, tmp_path, day=THEN)
    after = THEN + timedelta(days=1)
    write_batch(tmp_path, FEED, lines(39), day=after)
    take(connection, tmp_path, day=after)
    assert states(connection) == ["LOADED", "HELD", "LOADED", "LOADED"]
    say(connection, yes=True)
    take(connection, tmp_path, day=after)
    assert [in_force(connection, day) for day in (DAY, NEXT, THEN, after)] == [40, 0, 40, 39]


@pytest.mark.parametrize("has_a_yes", [False, True])
def test_another_file_under_its_name_is_judged_anew(
    connection: psycopg.Connection, tmp_path: Path, has_a_yes: bool
) -> None:
    """A yes belongs to the bytes that were held, and the held bytes may come again."""
    hold(connection, tmp_path, lines(10))
    if has_a_yes:
        say(connection, yes=True)
    write_batch(tmp_path, FEED, lines(5), day=NEXT)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "REFUSED", "HELD"]
    assert "对它的同意不适用于新文件" in reasons(connection, FEED)
    write_batch(tmp_path, FEED, lines(10), day=NEXT)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "REFUSED", "REFUSED", "HELD"]
    assert in_force(connection, NEXT) == 40


def test_bytes_that_were_exchanged_after_a_yes_are_not_taken(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    """Between finding and reading, and for as long as the old control file lies beside them."""
    hold(connection, tmp_path, lines(10))
    say(connection, yes=True)
    file = tmp_path / f"{FEED}_{NEXT:%Y%m%d}_1.dat"
    night = begin_night(connection, tmp_path, NEXT)
    find_batches(connection, night, silent)
    file.write_bytes(b"")
    take_feed(connection, night, silent, feed=FEED)
    assert states(connection) == ["LOADED", "READY"]
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "READY", "WAITING"]
    assert in_force(connection, NEXT) == 40
    write_batch(tmp_path, FEED, lines(10), day=NEXT)
    take(connection, tmp_path, day=NEXT)
    assert states(connection) == ["LOADED", "LOADED"]
