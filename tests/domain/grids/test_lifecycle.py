"""A plan on its way into force: checked with its proof, agreed to by two persons, begun on its day with its posts."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.grids.acts import Act, assign, rename, seat, split
from domain.grids.drafting import change_draft, make_draft
from domain.grids.lifecycle import PLAN_KIND, check_plan, discard_plan, first_day, plan_change, recall_plan
from domain.grids.plan_errors import (
    PlanChangedMeanwhile,
    PlanHasFindings,
    PlanNotADraft,
    PlanStateWrong,
)
from domain.grids.plans import put_in_force
from domain.shared.actor import Actor, RoleScope, Scope
from domain.shared.errors import DomainError
from domain.shared.proposals import decide, propose
from domain.shared.rows import NightRows
from domain.shared.unit_of_work import UnitOfWork
from tests.domain.small_bank import SmallBank, insert

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
TOMORROW, LATER = date(2026, 11, 22), date(2026, 12, 1)


@dataclass
class Way:
    """The small bank with a draft of its plan, in which grid N is split in two."""

    bank: SmallBank
    plan: int

    @classmethod
    def begun(cls, connection: psycopg.Connection) -> "Way":
        bank = SmallBank(connection)
        for a, b in ((bank.n1, bank.n2), (bank.n2, bank.n1), (bank.n2, bank.s1), (bank.s1, bank.n2)):
            insert(connection, "atom_borders", atom_id=a, other_id=b, length_m=1.0)
        way = cls(bank, make_draft(NightRows(connection), "新方案", bank.head_of_a, bank.plan))
        way.act(split("N", "N2", "北二", {bank.n2}), 0)
        return way

    @property
    def rows(self) -> NightRows:
        return NightRows(self.bank.connection)

    def act(self, act: Act, version: int) -> int:
        return change_draft(self.rows, self.plan, act, by_id=self.bank.head_of_a, version=version)

    def of_plan(self, columns: str) -> tuple[Any, ...]:
        found = self.bank.connection.execute(f"select {columns} from plans where id = %s", [self.plan])
        row = found.fetchone()
        assert row is not None
        return row

    def approve(self, day: date) -> None:
        """As two persons would have it."""
        self.bank.connection.execute(
            "update plans set state = 'APPROVED', from_on = %s where id = %s", [day, self.plan]
        )

    def posts(self, plan: int) -> list[tuple[Any, ...]]:
        return self.bank.connection.execute(
            """select g.code, p.role, s.number, p.from_on, p.to_on
                 from posts p join grids g on g.id = p.grid_id join staff s on s.id = p.staff_id
                where g.plan_id = %s order by 1, 2""",
            [plan],
        ).fetchall()


@pytest.fixture
def way(connection: psycopg.Connection) -> Way:
    return Way.begun(connection)


def test_what_passes_keeps_its_proof_until_the_next_change(way: Way) -> None:
    proof = check_plan(way.rows, way.plan, 1)
    assert proof == {
        "version": 1, "atoms": 3, "atoms_without_grid": 0, "small_grids": 3, "large_grids": 1, "grids_in_pieces": 0,
        "overlap_m2": 0.0, "may_cross": None,
    }  # fmt: skip
    assert way.of_plan("state, proof") == ("CHECKED", proof)
    way.act(rename("N2", "北二新"), 1)
    assert way.of_plan("state, proof") == ("DRAFT", None)


def test_what_does_not_hold_does_not_pass(way: Way) -> None:
    way.act(assign([way.bank.n1], None), 1)
    with pytest.raises(PlanHasFindings):
        check_plan(way.rows, way.plan, 2)
    with pytest.raises(PlanChangedMeanwhile):
        check_plan(way.rows, way.plan, 1)
    assert way.of_plan("state") == ("DRAFT",)


def test_posts_go_on_where_a_grid_comes_from_and_others_sit_where_the_plan_says(way: Way) -> None:
    bank = way.bank
    way.act(seat("N2", "A", bank.manager_b), 1)
    bank.post(bank.south, bank.manager_a, "B", from_on=date(2027, 1, 1))
    way.approve(LATER)
    assert put_in_force(bank.connection, LATER) == way.plan
    assert way.posts(way.plan) == [
        ("N", "A", "M1", LATER, None),
        ("N", "B", "M2", LATER, None),
        # M2 sat on B of the grid that this one comes from: he does not stand in for himself.
        ("N2", "A", "M2", LATER, None),
        ("S", "A", "M3", LATER, None),
        ("S", "B", "M1", date(2027, 1, 1), None),
    ]
    assert {(from_on, to_on) for *_, from_on, to_on in way.posts(bank.plan)} == {(date(2026, 1, 1), LATER)}
    assert put_in_force(bank.connection, LATER) == way.plan, "twice is once"
    assert len(way.posts(way.plan)) == 5


def test_an_approved_plan_is_recalled_until_its_day_and_a_draft_is_given_up(way: Way) -> None:
    with pytest.raises(PlanStateWrong):
        recall_plan(way.rows, way.plan)
    way.approve(LATER)
    with pytest.raises(PlanNotADraft):
        way.act(rename("N2", "北二新"), 1)
    with pytest.raises(PlanStateWrong):
        discard_plan(way.rows, way.plan)
    recall_plan(way.rows, way.plan)
    assert way.of_plan("state, from_on") == ("CHECKED", None)
    discard_plan(way.rows, way.plan)
    assert way.of_plan("state") == ("DISCARDED",)
    for in_force in (check_plan, lambda rows, plan, _version: discard_plan(rows, plan)):
        with pytest.raises(PlanStateWrong):
            in_force(way.rows, way.bank.plan, 0)


@pytest.mark.parametrize(
    ("data_date", "began_on", "first"),
    [
        pytest.param(None, None, date(2026, 11, 21), id="the first plan of all, before the first night"),
        pytest.param(
            date(2026, 11, 20), None, date(2026, 11, 21), id="the first plan, after a night without one"
        ),
        pytest.param(date(2026, 11, 21), None, TOMORROW, id="the first plan, tonight's has run"),
        pytest.param(date(2026, 11, 20), date(2026, 1, 1), TOMORROW, id="after a night on time"),
        pytest.param(date(2026, 11, 21), date(2026, 1, 1), TOMORROW, id="tonight's has run"),
        pytest.param(None, LATER, LATER, id="the plan in force begins later"),
    ],
)
def test_the_first_day_that_is_possible(data_date: date | None, began_on: date | None, first: date) -> None:
    assert first_day(date(2026, 11, 21), data_date, began_on) == first


def _somebody_waits(address: str) -> None:
    """Come back when somebody waits for a lock of another."""
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with psycopg.connect(address, autocommit=True) as connection:
        while connection.execute(waiting).fetchone() is None:
            time.sleep(0.02)


async def test_two_persons_put_a_checked_plan_on_its_way(make_database: Callable[..., str]) -> None:
    """And nothing else does: neither an unchecked plan, nor one day too early, nor one person, nor a changed plan."""
    address = make_database()
    with psycopg.connect(address) as connection:
        way = Way.begun(connection)
    bank = way.bank
    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1))
    may = frozenset({"grids.edit", "grids.approve", "grids.view"})
    one, other = (
        Actor(n, staff, "HEAD_OFFICE", bank.head_office, permissions=may, scope=Scope(RoleScope.BANK))
        for n, staff in enumerate((bank.head_of_a, bank.head_of_b), 1)
    )

    def open_unit() -> UnitOfWork:
        return UnitOfWork(async_sessionmaker(engine, expire_on_commit=False)())

    async def proposed(day: date, version: int = 1) -> int:
        async with open_unit() as uow:
            change = plan_change(way.plan, version, day)
            return await propose(uow, one, PLAN_KIND, change, key=uuid4(), reason="拆", until=None, now=NOW)

    async def decided(who: Actor, proposal: int) -> int:
        async with open_unit() as uow:
            given = {"key": uuid4(), "agrees": True, "reason": "", "now": NOW}
            return await decide(uow, who, (PLAN_KIND,), proposal, **given)  # type: ignore[arg-type]

    async def refused(of: Any) -> str:
        with pytest.raises(DomainError) as found:
            await of
        return found.value.code

    assert await refused(proposed(LATER)) == "PLAN_NOT_CHECKED"
    with psycopg.connect(address) as connection:
        check_plan(NightRows(connection), way.plan, 1)
    assert await refused(proposed(date(2026, 11, 21))) == "PLAN_DAY_NOT_POSSIBLE"
    assert await refused(proposed(LATER, version=0)) == "PLAN_NOT_CHECKED"
    late = await proposed(LATER)
    with psycopg.connect(address) as writing:
        change_draft(NightRows(writing), way.plan, rename("N2", "北二新"), by_id=bank.head_of_a, version=1)
        meanwhile = asyncio.create_task(refused(decided(other, late)))
        await asyncio.to_thread(_somebody_waits, address)
    assert await meanwhile == "PLAN_NOT_CHECKED", "what was just being changed is not agreed to unseen"
    with psycopg.connect(address) as connection:
        check_plan(NightRows(connection), way.plan, 2)
    seen = await proposed(LATER, 2)
    with psycopg.connect(address) as connection:
        # As a list of grids does: no act, no version, and another checks it again.
        connection.execute(
            """update plan_atoms set grid_id = (select id from grids where plan_id = %(plan)s and code = 'N')
                where plan_id = %(plan)s and atom_id = %(atom)s""",
            {"plan": way.plan, "atom": bank.s1},
        )
    assert await refused(decided(other, seen)) == "PROPOSAL_STALE", "it was made for what the plan was"
    early, late = await proposed(TOMORROW, 2), await proposed(LATER, 2)
    assert await refused(decided(one, late)) == "PROPOSER_DECIDES"
    await decided(other, late)
    assert await refused(decided(other, early)) == "PLAN_NOT_CHECKED", "it is on its way already"
    with psycopg.connect(address) as connection:
        row = connection.execute("select state, from_on from plans where id = %s", [way.plan]).fetchone()
        assert row == ("APPROVED", LATER)
        noted = connection.execute("select action from audit where subject = %s", [f"Plan:{way.plan}"])
        assert noted.fetchall() == [("plan.approved",)]
    await engine.dispose()
