"""The rest of the feature that the tests alone know: what its rows do in a night, a merge and a cut."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.schema import CreateTable

from api.night.inline import run_night_inline
from api.night.steps import steps_of
from domain.shared.followers import After, Follower, Follows
from domain.shared.night import Connection, Night, NightStep, Report, StepResult
from domain.shared.principal import SYSTEM
from domain.shared.rooms import Room, followers_of, parameters_of
from domain.shared.rows import Rows
from domain.shared.unit_of_work import UnitOfWork
from domain.stories import links
from schema.house import ROOMS
from tests.domain.customers.identity.county import ZHAO, core, county, customers, drop, night
from tests.domain.feeds.files import DAY
from tests.domain.shared.test_parameters import decided
from tests.domain.small_bank import SmallBank
from tests.house.gifts import GIFTS, GIVEN_FEN, MOST_FEN

CORE, CRM = ("core_customer", "C5"), ("crm_legacy", "K2")


def count_gifts(connection: Connection, night: Night, report: Report) -> StepResult:
    """The room's step: what each customer was given, and whether it is more than the parameter allows."""
    connection.execute("delete from gift_sums_of_the_test")
    counted = connection.execute(
        """insert into gift_sums_of_the_test (customer_id, worth_fen, is_too_much)
           select customer_id, sum(worth_fen), sum(worth_fen) > %s from gifts_of_the_test group by customer_id""",
        [MOST_FEN.of(night.parameters)],
    )
    return StepResult(counted.rowcount)


def count_again(rows: Rows, before: list[int]) -> After:
    def then(after: list[int]) -> None:
        rows.execute(
            "delete from gift_sums_of_the_test where customer_id = any(cast(%(ids)s as bigint[]))",
            {"ids": [*before, *after]},
        )
        rows.execute(
            "insert into gift_sums_of_the_test (customer_id, worth_fen, is_too_much)"
            " select customer_id, sum(worth_fen), false from gifts_of_the_test"
            " where customer_id = any(cast(%(ids)s as bigint[])) group by customer_id",
            {"ids": list(after)},
        )

    return then


GIFTS_ROOM = Room(
    "gifts",
    followers=(
        Follower("gifts_of_the_test", Follows.RECORD, record="given_for_id"),
        Follower("gift_sums_of_the_test", Follows.REBUILT),
    ),
    rebuilds=(count_again,),
    steps=(NightStep("gifts", count_gifts, after=("find",)),),
    fields=(GIVEN_FEN,),
    parameters=(MOST_FEN,),
)
HOUSE = (*ROOMS, GIFTS_ROOM)


@pytest.fixture
def gifts(connection: psycopg.Connection) -> Callable[[int, int], None]:
    """Its two tables; gives a customer something."""
    connection.execute(str(CreateTable(GIFTS).compile(dialect=postgresql.dialect())).encode())
    connection.execute(
        """create table gift_sums_of_the_test
           (customer_id bigint primary key, worth_fen bigint not null, is_too_much boolean not null)"""
    )
    connection.commit()

    def give(customer_id: int, worth_fen: int) -> None:
        connection.execute(
            """insert into gifts_of_the_test (customer_id, given_for_id, staff_id, given_on, worth_fen)
               values (%(c)s, %(c)s, 1, %(day)s, %(worth)s)""",
            {"c": customer_id, "day": DAY, "worth": worth_fen},
        )
        connection.commit()

    return give


def sums(connection: psycopg.Connection) -> dict[int, tuple[int, bool]]:
    rows = connection.execute("select customer_id, worth_fen, is_too_much from gift_sums_of_the_test")
    return {customer: (worth, too_much) for customer, worth, too_much in rows}


def carry_out(url: str, landing: Path, day: date) -> None:
    """A night of the house by the real runner: its first step and the room's."""
    steps = tuple(step for step in steps_of(HOUSE) if step.name in ("find", "gifts"))
    run_night_inline(url, landing, day, steps=steps, rooms=HOUSE)


def test_its_step_is_one_of_the_night_and_reads_its_parameter(
    connection: psycopg.Connection, database_url: str, gifts: Callable[[int, int], None], tmp_path: Path
) -> None:
    gifts(1, 3_000)
    gifts(1, 3_000)
    gifts(2, 500)
    carry_out(database_url, tmp_path, DAY)
    assert sums(connection) == {1: (6_000, True), 2: (500, False)}
    decided(SmallBank(connection), MOST_FEN.name, 6_000, (DAY + timedelta(days=1)).isoformat())
    connection.commit()
    carry_out(database_url, tmp_path, DAY + timedelta(days=1))
    assert sums(connection)[1] == (6_000, False)
    done = connection.execute("select distinct name, state from night_steps").fetchall()
    assert ("gifts", "DONE") in done


async def test_its_rows_survive_a_merge_and_a_cut(
    connection: psycopg.Connection, database_url: str, gifts: Callable[[int, int], None], tmp_path: Path
) -> None:
    content = county()
    content["core_customer"].append(core("C5", "赵红", cert_no=ZHAO, phone="13900009999"))
    drop(tmp_path, content)
    night(connection, tmp_path, rooms=HOUSE)
    apart = customers(connection)
    firm, other = apart["core_customer/C5"], apart["crm_legacy/K2"]
    gifts(firm, 1_000)
    gifts(other, 200)
    content["core_customer"][-1]["phone"] = "13911112222"
    drop(tmp_path, content, DAY + timedelta(days=1))
    night(connection, tmp_path, DAY + timedelta(days=1), rooms=HOUSE)
    one = customers(connection)["core_customer/C5"]
    assert one == customers(connection)["crm_legacy/K2"]
    assert owners(connection) == {(one, 1_000), (one, 200)}

    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with UnitOfWork(async_sessionmaker(engine)()) as uow:
        await links.cut_link(uow, CORE, CRM, reason="两个人", by=SYSTEM, rooms=HOUSE)
    await engine.dispose()
    connection.rollback()
    assert owners(connection) == {(firm, 1_000), (other, 200)}
    assert sums(connection) == {firm: (1_000, False), other: (200, False)}


def owners(connection: psycopg.Connection) -> set[tuple[int, int]]:
    return set(connection.execute("select customer_id, worth_fen from gifts_of_the_test").fetchall())


def test_the_house_knows_it_and_the_product_does_not() -> None:
    assert {"gifts_of_the_test", "gift_sums_of_the_test"} <= {one.table for one in followers_of(HOUSE)}
    assert MOST_FEN in parameters_of(HOUSE)
    assert MOST_FEN not in parameters_of(ROOMS)
    assert "gifts" not in {step.name for step in steps_of(ROOMS)}
