"""Signing in: hashing holds nothing of the database; five failures lock an account, fifty slow an address down."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.shared.errors import DomainError
from domain.shared.sign_in import Attempt, sign_in
from domain.shared.sign_in_addresses import (
    BETWEEN_TURNS,
    FAILURES_OF_AN_ADDRESS,
    FORGOTTEN_AT_ONCE,
    counted_address,
)
from domain.shared.unit_of_work import OpenUnitOfWork, units_of_work

RIGHT = "the right password"


async def plain(kept: str | None, password: str) -> bool:
    """Stands in for Argon2, which takes a tenth of a second and is tried over HTTP."""
    return kept == password


@pytest.fixture
async def open_unit_of_work(database_url: str) -> AsyncIterator[OpenUnitOfWork]:
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into org_units (code, name, kind) values ('1', '总行', 'HEAD_OFFICE')")
        connection.execute(
            """insert into staff (number, name, role, org_unit_id, is_active)
               select '1', '甲', 'HEAD_OFFICE', id, true from org_units"""
        )
        connection.execute(
            """insert into accounts (account, staff_id, password_hash, failed_attempts)
               select account, id, %s, 0 from staff, unnest(array['jia', 'yi']) account""",
            [RIGHT],
        )
    engine = create_async_engine(
        database_url.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=10, pool_timeout=30
    )
    yield units_of_work(async_sessionmaker(engine, expire_on_commit=False))
    await engine.dispose()


Try = Callable[..., Awaitable[str]]
A_TURN = BETWEEN_TURNS.total_seconds()


async def at_once(_seconds: float) -> None:
    """Stands in for waiting, which is tried over HTTP."""


@pytest.fixture
def attempt(open_unit_of_work: OpenUnitOfWork) -> Try:
    async def try_once(
        password: str = RIGHT, account: str = "jia", verify=plain, address: str = "10.0.0.1", wait=at_once
    ) -> str:
        token = str(uuid4())
        try:
            account_id = await sign_in(
                open_unit_of_work, Attempt(account, password, address, token), verify, wait
            )
        except DomainError as refusal:
            return refusal.code
        assert account_id > 0
        return "in"

    return try_once


def wait(database_url: str, minutes: float) -> None:
    """Time goes by: what is locked, counted or waited for is so much older."""
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update accounts set locked_until = locked_until - make_interval(secs => %s)", [minutes * 60]
        )
        connection.execute(
            """update sign_in_failures set since = since - make_interval(secs => %(by)s),
                                           next_turn_at = next_turn_at - make_interval(secs => %(by)s)""",
            {"by": minutes * 60},
        )


def counted(database_url: str) -> tuple:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            """select failed_attempts, locked_until is not null,
                      (select count(*) from audit where action = 'session.refused') from accounts
                where account = 'jia'"""
        ).fetchone()
    assert row is not None
    return row


def failures_of_addresses(database_url: str) -> dict[str, int]:
    with psycopg.connect(database_url) as connection:
        return dict(connection.execute("select address, failures from sign_in_failures").fetchall())


async def test_five_failures_lock_for_fifteen_minutes(attempt: Try, database_url: str) -> None:
    assert {await attempt("guess") for _ in range(5)} == {"SIGN_IN_REFUSED"}
    assert await attempt() == "SIGN_IN_REFUSED"
    assert await attempt(account="yi") == "in", "nobody else is locked"
    wait(database_url, 10)
    assert await attempt() == "SIGN_IN_REFUSED"
    wait(database_url, 5.1)
    assert await attempt() == "in"


async def test_a_success_clears_what_was_counted(attempt: Try, database_url: str) -> None:
    for _ in range(4):
        await attempt("guess")
    assert counted(database_url)[0] == 4
    assert await attempt() == "in"
    assert counted(database_url)[0] == 0


async def test_no_transaction_is_open_and_no_row_is_locked_while_the_password_is_hashed(
    attempt: Try, database_url: str
) -> None:
    seen: list[int] = []

    async def look(kept: str | None, password: str) -> bool:
        with psycopg.connect(database_url) as other:
            other.execute("select from accounts for update nowait")
            row = other.execute(
                """select count(*) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null"""
            ).fetchone()
            assert row is not None
            seen.append(row[0])
        return kept == password

    assert await attempt(verify=look) == "in"
    assert await attempt("guess", verify=look) == "SIGN_IN_REFUSED"
    assert await attempt("guess", "nobody", look) == "SIGN_IN_REFUSED"
    assert seen == [0, 0, 0]


async def test_two_hundred_guesses_at_once_lock_after_the_fifth_and_none_gets_through_after_it(
    attempt: Try, database_url: str
) -> None:
    """All of them are hashed before the first is counted; the right one is counted last."""
    hashed, guesses = 0, 200
    all_hashed, all_counted = asyncio.Event(), asyncio.Event()

    async def together(kept: str | None, password: str) -> bool:
        nonlocal hashed
        hashed += 1
        if hashed > guesses:
            all_hashed.set()
        await (all_counted if password == RIGHT else all_hashed).wait()
        return kept == password

    right = asyncio.create_task(attempt(verify=together))
    answers = await asyncio.gather(
        *(attempt(f"guess {n}", verify=together, address=f"10.0.0.{n % 10}") for n in range(guesses))
    )
    assert set(answers) == {"SIGN_IN_REFUSED"}
    assert counted(database_url) == (0, True, 5)
    assert set(failures_of_addresses(database_url).values()) == {20}, "two hundred, and each of them"
    all_counted.set()
    assert await right == "SIGN_IN_REFUSED"


async def test_a_password_that_was_changed_meanwhile_opens_nothing(attempt: Try, database_url: str) -> None:
    async def change(kept: str | None, password: str) -> bool:
        with psycopg.connect(database_url) as other:
            other.execute("update accounts set password_hash = 'another'")
        return kept == password

    assert await attempt(verify=change) == "SIGN_IN_REFUSED"


async def test_somebody_who_left_the_bank_is_told_the_same_and_gets_no_session(
    attempt: Try, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update staff set is_active = false")
    assert await attempt() == "SIGN_IN_REFUSED"
    assert failures_of_addresses(database_url) == {"10.0.0.1": 1}
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from sessions").fetchone() == (0,)


async def test_the_session_begins_in_the_transaction_that_decided(attempt: Try, database_url: str) -> None:
    """Between two transactions an administrator could end every session of the account, and miss this one."""
    assert await attempt() == "in"
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "select s.xmin::text = a.xmin::text from sessions s join accounts a on a.id = s.account_id"
        ).fetchone()
    assert row == (True,)


async def guess_to_the_limit(attempt: Try, *, but: int = 0) -> None:
    """One guess on each of many accounts, as somebody does who wants to lock none of them."""
    for n in range(FAILURES_OF_AN_ADDRESS - but):
        assert await attempt("guess", f"account {n}") == "SIGN_IN_REFUSED"


async def test_after_fifty_failures_of_others_a_right_password_still_gets_in(attempt: Try) -> None:
    """A branch stands behind one address: colleagues follow each other at once, because none of them guesses."""
    waited: list[float] = []

    async def wait_for_turn(seconds: float) -> None:
        waited.append(seconds)

    await guess_to_the_limit(attempt)
    for account in ("jia", "yi", "jia", "yi"):
        assert await attempt(account=account, wait=wait_for_turn) == "in"
    assert waited == []
    assert await attempt("guess", wait=wait_for_turn) == "SIGN_IN_REFUSED"
    assert await attempt(wait=wait_for_turn) == "in"
    assert waited == [pytest.approx(A_TURN, abs=1)], "who comes after a guess waits for his turn"


async def test_a_slowed_address_has_one_password_looked_at_in_each_turn(
    attempt: Try, database_url: str
) -> None:
    looked_at = 0

    async def look(kept: str | None, password: str) -> bool:
        nonlocal looked_at
        looked_at += 1
        return kept == password

    await guess_to_the_limit(attempt)
    for turns, minutes in ((2, 0), (3, A_TURN / 60), (13, 10 * A_TURN / 60)):
        wait(database_url, minutes)
        flood = (attempt("guess", f"somebody {n}", look) for n in range(40))
        told = await asyncio.gather(*flood)
        assert set(told) == {"SIGN_IN_REFUSED", "TOO_MANY_SIGN_IN_FAILURES"}
        assert looked_at <= turns, "one at once, and one who waits"
    assert await attempt(address="10.0.0.2") == "in"


async def test_a_slowed_address_is_free_after_a_quarter_of_an_hour_without_a_failure(
    attempt: Try, database_url: str
) -> None:
    await guess_to_the_limit(attempt)
    wait(database_url, 10)
    assert await attempt("guess", "nobody") == "SIGN_IN_REFUSED", "which begins the quarter anew"
    wait(database_url, 10)
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    for _ in range(2):
        assert await attempt("guess", "nobody", wait=note) == "SIGN_IN_REFUSED"
    assert len(waits) == 1
    wait(database_url, 15.1)
    assert [await attempt("guess", "nobody", wait=note) for _ in range(3)] == ["SIGN_IN_REFUSED"] * 3
    assert len(waits) == 1
    assert failures_of_addresses(database_url) == {"10.0.0.1": 3}, "counted anew"


async def test_what_is_refused_for_its_address_is_neither_hashed_for_nor_counted(
    attempt: Try, database_url: str
) -> None:
    async def never(kept: str | None, password: str) -> bool:
        raise AssertionError("an attempt that is refused for its address costs no processor")

    await guess_to_the_limit(attempt)
    with psycopg.connect(database_url) as connection:
        connection.execute("update sign_in_failures set next_turn_at = now() + interval '7 seconds'")
    assert await attempt("guess", verify=never) == "TOO_MANY_SIGN_IN_FAILURES"
    assert counted(database_url)[0] == 0
    assert failures_of_addresses(database_url) == {"10.0.0.1": FAILURES_OF_AN_ADDRESS}
    with psycopg.connect(database_url) as connection:
        told = connection.execute("select subject from audit where action = 'address.slowed'").fetchall()
    assert told == [("SignInFailures:10.0.0.1",)], "noted when the limit is reached, and once"


async def test_five_guesses_lock_an_account_also_where_the_address_is_slowed_down(attempt: Try) -> None:
    await guess_to_the_limit(attempt)
    with_turns = [await attempt("guess") for _ in range(2)]
    assert with_turns == ["SIGN_IN_REFUSED"] * 2
    for n in range(3):
        await attempt("guess", address=f"10.0.0.{n + 2}")
    assert await attempt(address="10.0.0.9") == "SIGN_IN_REFUSED"


async def test_a_guess_without_a_turn_that_is_counted_after_the_fiftieth_opens_nothing(attempt: Try) -> None:
    """Else two hundred at once would all be looked at."""
    hashed, others_are_counted = asyncio.Event(), asyncio.Event()

    async def slow(kept: str | None, password: str) -> bool:
        hashed.set()
        await others_are_counted.wait()
        return kept == password

    right = asyncio.create_task(attempt(verify=slow))
    await hashed.wait()
    await guess_to_the_limit(attempt)
    others_are_counted.set()
    assert await right == "TOO_MANY_SIGN_IN_FAILURES"
    assert await attempt() == "in", "asked again, it has its turn"


async def test_addresses_that_failed_long_ago_are_forgotten_by_and_by_and_counted_anew(
    attempt: Try, database_url: str
) -> None:
    many = FORGOTTEN_AT_ONCE + 5
    for n in range(many):
        await attempt("guess", "nobody", address=f"10.0.1.{n}")
    wait(database_url, 16)
    await attempt("guess", "nobody", address=f"10.0.1.{many - 1}")
    assert len(failures_of_addresses(database_url)) == many - FORGOTTEN_AT_ONCE
    assert failures_of_addresses(database_url)[f"10.0.1.{many - 1}"] == 1
    await attempt("guess", "nobody", address="10.0.2.1")
    assert failures_of_addresses(database_url) == {f"10.0.1.{many - 1}": 1, "10.0.2.1": 1}


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
        ("", "unknown"),
    ],
)
def test_one_client_is_one_address(host: str | None, counted: str) -> None:
    """Whoever has IPv6 has 2^64 addresses: his network is counted."""
    assert counted_address(host) == counted
