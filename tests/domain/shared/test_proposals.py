"""Two persons once: every way in which one would be both, and what is left behind when it is refused."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from domain.shared.actor import Actor
from domain.shared.errors import DomainError
from domain.shared.parameter_changes import change_of, parameter_kind
from domain.shared.parameters import Parameter, ParameterType, parameters_on
from domain.shared.permissions import DECIDE_PARAMETERS, PARAMETERS, VIEW_PARAMETERS
from domain.shared.proposals import ProposalKind, decide, propose, withdraw
from domain.shared.tidying import expire_proposals
from domain.shared.unit_of_work import UnitOfWork
from tests.domain.small_bank import SmallBank

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
TOMORROW = date(2026, 11, 22)
ALL: frozenset[str] = frozenset(PARAMETERS)


@dataclass
class House:
    """A bank with two persons who may propose and decide, and a parameter that nobody else uses."""

    address: str
    engine: AsyncEngine
    proposer: Actor
    decider: Actor
    name: str

    @property
    def kind(self) -> ProposalKind:
        stops = Parameter(self.name, ParameterType.INTEGER, 12, "CUSTOMERS", ("walks",), lowest=1, highest=40)
        return parameter_kind((stops,))

    def open(self) -> UnitOfWork:
        return UnitOfWork(async_sessionmaker(self.engine, expire_on_commit=False)())

    async def propose(
        self, value: int = 10, from_on: date = TOMORROW, to_on: date | None = None, **given: Any
    ) -> int:
        usual: dict[str, Any] = {"key": uuid4(), "reason": "冬天路滑", "until": None, "now": NOW}
        async with self.open() as uow:
            change = change_of(self.name, value, from_on, to_on)
            return await propose(uow, self.proposer, self.kind, change, **(usual | given))

    async def decide(self, who: Actor, proposal: int | None, **given: Any) -> int:
        usual: dict[str, Any] = {"key": uuid4(), "agrees": True, "reason": "", "now": NOW}
        kinds = given.pop("kinds", (self.kind,))
        async with self.open() as uow:
            return await decide(uow, who, kinds, proposal, **(usual | given))

    async def withdraw(self, who: Actor, proposal: int) -> int:
        async with self.open() as uow:
            return await withdraw(uow, who, (self.kind,), proposal, key=uuid4(), now=NOW)

    async def state(self, proposal: int) -> str:
        async with self.engine.connect() as connection:
            return await connection.scalar(text(f"select state from proposals where id = {proposal}"))

    async def versions(self) -> list[Any]:
        async with self.engine.connect() as connection:
            found = text("select value from parameter_versions where name = :name order by id")
            return list(await connection.scalars(found, {"name": self.name}))


@pytest.fixture(scope="module")
def two_persons(make_database: Callable[..., str]) -> tuple[str, int, int, int]:
    """A database for all of them: each test has a parameter of its own, and what it commits disturbs nobody."""
    address = make_database()
    with psycopg.connect(address) as connection:
        bank = SmallBank(connection)
        one, other = (bank.staff(number, bank.head_office, "HEAD_OFFICE") for number in ("H1", "H2"))
    return address, one, other, bank.head_office


@pytest.fixture
async def house(two_persons: tuple[str, int, int, int]) -> AsyncIterator[House]:
    address, one, other, unit = two_persons
    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1))
    proposer, decider = (
        Actor(account, staff, "HEAD_OFFICE", unit, permissions=ALL)
        for account, staff in ((1, one), (2, other))
    )
    yield House(address, engine, proposer, decider, f"tests.p{uuid4().hex}")
    await engine.dispose()


async def test_what_another_person_agrees_to_holds_from_its_day(house: House) -> None:
    proposal = await house.propose(10)
    assert await house.versions() == []
    await house.decide(house.decider, proposal)
    assert (await house.state(proposal), await house.versions()) == ("APPLIED", [10])
    with psycopg.connect(house.address) as connection:
        held = [parameters_on(connection, day).get(house.name) for day in (date(2026, 11, 21), TOMORROW)]
        assert held == [None, 10]
        noted = "select action, actor_id from audit where subject = %s order by id"
        assert connection.execute(noted, [f"Proposal:{proposal}"]).fetchall() == [
            ("proposal.made", house.proposer.staff_id),
            ("proposal.applied", house.decider.staff_id),
        ]


Try = Callable[[House, int], Awaitable[object]]


def by_proposer(**changed: Any) -> Try:
    return lambda house, proposal: house.decide(replace(house.proposer, **changed), proposal)


def by_decider(**given: Any) -> Try:
    return lambda house, proposal: house.decide(house.decider, proposal, **given)


def lacking(*permissions: str) -> Try:
    return lambda house, proposal: house.decide(
        replace(house.decider, permissions=ALL - frozenset(permissions)), proposal
    )


async def after(first: Awaitable[object], then: Awaitable[object]) -> None:
    await first
    await then


async def _agree_and_refuse_by_one_key(house: House, proposal: int) -> None:
    key = uuid4()
    await house.decide(house.decider, proposal, key=key)
    await house.decide(house.decider, proposal, key=key, agrees=False, reason="改主意")


async def _overtaken(house: House, proposal: int) -> None:
    await house.decide(house.decider, await house.propose(11))
    await house.decide(house.decider, proposal)


async def _expired_by_the_night(house: House, proposal: int) -> None:
    with psycopg.connect(house.address) as connection:
        expire_proposals(connection, NOW + timedelta(days=8))
    await house.decide(house.decider, proposal)


async def _again_after_a_refusal(house: House, proposal: int) -> None:
    with pytest.raises(DomainError):
        await house.decide(house.proposer, proposal)
    await house.decide(house.proposer, proposal)


def _narrower(house: House) -> ProposalKind:
    return parameter_kind(
        (Parameter(house.name, ParameterType.INTEGER, 12, "CUSTOMERS", (), lowest=11, highest=40),)
    )


WAYS: dict[str, tuple[Try, str, str, int]] = {
    "the same session": (by_proposer(), "PROPOSER_DECIDES", "OPEN", 0),
    "another account of the same person": (by_proposer(account_id=99), "PROPOSER_DECIDES", "OPEN", 0),
    "as an administrator since": (by_proposer(role="ADMINISTRATOR"), "PROPOSER_DECIDES", "OPEN", 0),
    "as an outlet manager since": (by_proposer(role="OUTLET_MANAGER"), "PROPOSER_DECIDES", "OPEN", 0),
    "from another unit": (by_proposer(org_unit_id=2), "PROPOSER_DECIDES", "OPEN", 0),
    "another account in another role": (
        by_proposer(account_id=99, role="ADMINISTRATOR", org_unit_id=2),
        "PROPOSER_DECIDES",
        "OPEN",
        0,
    ),
    "with the right to decide alone": (
        by_proposer(permissions=frozenset({VIEW_PARAMETERS, DECIDE_PARAMETERS})),
        "PROPOSER_DECIDES",
        "OPEN",
        0,
    ),
    "refusing oneself": (
        lambda house, proposal: house.decide(house.proposer, proposal, agrees=False, reason="不"),
        "PROPOSER_DECIDES",
        "OPEN",
        0,
    ),
    "again after a refusal": (_again_after_a_refusal, "PROPOSER_DECIDES", "OPEN", 0),
    "without the right to decide": (
        lacking(DECIDE_PARAMETERS),
        "PROPOSAL_NOT_ALLOWED",
        "OPEN",
        0,
    ),
    "without the right to see": (lacking(VIEW_PARAMETERS), "PROPOSAL_NOT_FOUND", "OPEN", 0),
    "made up": (
        lambda house, _proposal: house.decide(house.decider, 999_999_999),
        "PROPOSAL_NOT_FOUND",
        "OPEN",
        0,
    ),
    "no id at all": (
        lambda house, _proposal: house.decide(house.decider, None),
        "PROPOSAL_NOT_FOUND",
        "OPEN",
        0,
    ),
    "of a kind that is no more": (by_decider(kinds=()), "PROPOSAL_NOT_FOUND", "OPEN", 0),
    "twice": (
        lambda house, one: after(house.decide(house.decider, one), house.decide(house.decider, one)),
        "PROPOSAL_CLOSED",
        "APPLIED",
        1,
    ),
    "after it was refused": (
        lambda house, one: after(
            house.decide(house.decider, one, agrees=False, reason="不"), house.decide(house.decider, one)
        ),
        "PROPOSAL_CLOSED",
        "REJECTED",
        0,
    ),
    "after it was withdrawn": (
        lambda house, one: after(house.withdraw(house.proposer, one), house.decide(house.decider, one)),
        "PROPOSAL_CLOSED",
        "WITHDRAWN",
        0,
    ),
    "too late": (by_decider(now=NOW + timedelta(days=7)), "PROPOSAL_EXPIRED", "OPEN", 0),
    "after the night let it expire": (_expired_by_the_night, "PROPOSAL_CLOSED", "EXPIRED", 0),
    "on its own day": (by_decider(now=NOW + timedelta(days=1)), "PARAMETER_DAY_PAST", "OPEN", 0),
    "overtaken by another": (_overtaken, "PROPOSAL_STALE", "OPEN", 1),
    "agreed and refused by one key": (_agree_and_refuse_by_one_key, "IDEMPOTENCY_KEY_REUSED", "APPLIED", 1),
    "outside bounds that came since": (
        lambda house, one: house.decide(house.decider, one, kinds=(_narrower(house),)),
        "PARAMETER_NOT_VALID",
        "OPEN",
        0,
    ),
    "refused without a reason": (by_decider(agrees=False), "REASON_MISSING", "OPEN", 0),
    "withdrawn by another": (
        lambda house, one: house.withdraw(house.decider, one),
        "PROPOSAL_NOT_YOURS",
        "OPEN",
        0,
    ),
}


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_refused_changes_nothing(house: House, way: str) -> None:
    attempt, code, state, versions = WAYS[way]
    proposal = await house.propose()
    with pytest.raises(DomainError) as refusal:
        await attempt(house, proposal)
    assert refusal.value.code == code
    assert (await house.state(proposal), len(await house.versions())) == (state, versions)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"value": 41}, "PARAMETER_NOT_VALID"),
        ({"value": 12}, "NOTHING_CHANGES"),
        ({"from_on": date(2026, 11, 21)}, "PARAMETER_DAY_PAST"),
        ({"reason": "  "}, "REASON_MISSING"),
        ({"reason": "长" * 501}, "REASON_MISSING"),
        ({"until": NOW}, "UNTIL_NOT_VALID"),
        ({"until": NOW + timedelta(days=31)}, "UNTIL_NOT_VALID"),
    ],
)
async def test_what_may_not_be_proposed_is_not_written(
    house: House, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        await house.propose(**given)
    assert refusal.value.code == code


TENTH, FIFTEENTH, TWENTIETH = date(2026, 12, 10), date(2026, 12, 15), date(2026, 12, 20)


@pytest.mark.parametrize(
    ("value", "from_on", "to_on", "is_change"),
    [
        (10, TENTH, None, True),
        (10, TENTH, TWENTIETH, False),
        (10, TENTH, FIFTEENTH, True),
        (10, TOMORROW, TWENTIETH, True),
        (10, TENTH, date(2026, 12, 21), True),
        (10, FIFTEENTH, TWENTIETH, False),
        (10, FIFTEENTH, date(2026, 12, 19), False),
        (12, FIFTEENTH, TWENTIETH, True),
        (12, TWENTIETH, None, False),
        (12, TOMORROW, TENTH, False),
        (12, TOMORROW, None, False),
    ],
    ids=str,
)
async def test_other_days_of_a_value_are_a_change_and_days_that_have_it_are_none(
    house: House, value: int, from_on: date, to_on: date | None, is_change: bool
) -> None:
    """Ten holds from the tenth to the nineteenth, twelve before and after."""
    await house.decide(house.decider, await house.propose(10, TENTH, TWENTIETH))
    if is_change:
        await house.decide(house.decider, await house.propose(value, from_on, to_on))
    else:
        with pytest.raises(DomainError) as refusal:
            await house.propose(value, from_on, to_on)
        assert refusal.value.code == "NOTHING_CHANGES"


async def test_a_proposal_on_other_days_is_stale_when_the_days_have_moved(house: House) -> None:
    await house.decide(house.decider, await house.propose(10, TENTH, TWENTIETH))
    longer, shorter = await house.propose(10, TENTH), await house.propose(10, TENTH, FIFTEENTH)
    await house.decide(house.decider, longer)
    with pytest.raises(DomainError) as refusal:
        await house.decide(house.decider, shorter)
    assert refusal.value.code == "PROPOSAL_STALE"


async def test_of_two_who_decide_at_once_one_wins(house: House) -> None:
    proposal = await house.propose()
    third = replace(house.decider, account_id=3)
    answers = await asyncio.gather(
        *(house.decide(who, proposal) for who in (house.decider, third)), return_exceptions=True
    )
    assert sorted(getattr(one, "code", "done") for one in answers) == ["PROPOSAL_CLOSED", "done"]
    assert await house.versions() == [10]


async def test_of_two_changes_decided_at_once_the_second_is_told_what_changed(house: House) -> None:
    proposals = [await house.propose(10), await house.propose(11)]
    answers = await asyncio.gather(
        *(house.decide(house.decider, one) for one in proposals), return_exceptions=True
    )
    assert sorted(getattr(one, "code", "done") for one in answers) == ["PROPOSAL_STALE", "done"]
    assert len(await house.versions()) == 1


async def test_the_same_key_decides_once(house: House) -> None:
    proposal = await house.propose()
    key: UUID = uuid4()
    assert [await house.decide(house.decider, proposal, key=key) for _ in range(2)] == [proposal, proposal]
    assert await house.versions() == [10]


async def test_a_correction_is_a_new_version_of_the_same_day(house: House) -> None:
    for value in (10, 11):
        await house.decide(house.decider, await house.propose(value))
    assert await house.versions() == [10, 11]
    with psycopg.connect(house.address) as connection:
        assert parameters_on(connection, TOMORROW)[house.name] == 11


async def test_what_nobody_decided_expires_with_a_note(house: House) -> None:
    proposal = await house.propose()
    with psycopg.connect(house.address) as connection:
        expire_proposals(connection, NOW + timedelta(days=6))
        assert connection.execute("select state from proposals where id = %s", [proposal]).fetchone() == (
            "OPEN",
        )
        assert expire_proposals(connection, NOW + timedelta(days=7)) >= 1
        noted = "select actor_kind, action from audit where subject = %s order by id desc limit 1"
        assert connection.execute(noted, [f"Proposal:{proposal}"]).fetchone() == (
            "SYSTEM",
            "proposal.expired",
        )
    assert await house.state(proposal) == "EXPIRED"
