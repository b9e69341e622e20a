"""A night whose one feed is held ends well: the others are taken, that one stays as it was, and the night says so."""

from datetime import timedelta
from pathlib import Path

import psycopg

from api.night.inline import run_night_inline
from api.night.steps import INTAKE, STEPS
from tests.domain.feeds.files import DAY, row, write_batch

FILES = (STEPS[0], *(step for step in INTAKE if step.is_wanted is None))


def lines(count: int, feed: str = "credit_line", key: str = "contract_no") -> list[str]:
    return [row(feed, {key: f"K{n}"}) for n in range(count)]


def test_a_held_feed_does_not_stop_the_night(database_url: str, tmp_path: Path) -> None:
    then = DAY + timedelta(days=1)
    write_batch(tmp_path, "credit_line", lines(199))
    write_batch(tmp_path, "loan", lines(30, "loan", "loan_no"))
    write_batch(tmp_path, "credit_line", [], day=then)
    write_batch(tmp_path, "loan", lines(31, "loan", "loan_no"), day=then)
    run_night_inline(database_url, tmp_path, DAY, steps=FILES)
    done = run_night_inline(database_url, tmp_path, then, steps=FILES)
    assert [step.name for step in done.steps] == [step.name for step in FILES]
    held, taken = done.step("intake.credit_line").message, done.step("intake.loan").message
    assert held is not None
    assert (held.code, held.values["held"], held.values["batches"]) == ("INTAKE_DONE_HELD", 1, 0)
    assert taken is not None
    assert (taken.code, taken.values["changed"]) == ("INTAKE_DONE", 1)
    with psycopg.connect(database_url) as connection:
        in_force = connection.execute(
            "select (select count(*) from src_credit_line where to_on = 'infinity'),"
            " (select count(*) from src_loan where to_on = 'infinity')"
        ).fetchone()
        assert in_force == (199, 31)
        connection.execute("update batches set state = 'READY' where state = 'HELD'")
    run_night_inline(database_url, tmp_path, then, steps=FILES)
    with psycopg.connect(database_url) as connection:
        ended = connection.execute("select count(*) from src_credit_line where to_on = 'infinity'").fetchone()
        assert ended == (0,), "a yes is carried out by a second night of the same date"
