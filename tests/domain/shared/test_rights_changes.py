"""Roles and grants are changed by two persons, neither of whom gains, and never so that nobody can change them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from domain.shared.actor import Actor, RoleScope
from domain.shared.errors import DomainError
from domain.shared.grant_changes import GRANT_KIND, Granted, GrantOf, grant_asked
from domain.shared.masks import Mask
from domain.shared.proposals import Asked, Change, ProposalKind, decide, propose
from domain.shared.role_changes import role_change, role_kind
from domain.shared.roles import RoleRights
from domain.shared.rows import NightRows
from domain.shared.two_holders import FEEDS, are_two, lacks_by
from domain.shared.unit_of_work import UnitOfWork
from schema.root import CONTRACT
from tests.domain.small_bank import SmallBank, insert
from tests.people import actor_in

NOW = datetime.now(UTC)
TODAY = (NOW + timedelta(hours=8)).date()
KNOWN = CONTRACT.permissions
ROLE = role_kind(KNOWN)
KINDS = (ROLE, GRANT_KIND)
EVERYTHING = frozenset(map(str, KNOWN))
DECIDES = frozenset({"proposals.view", "rights.view", "rights.propose", "rights.decide"})


@dataclass
class Office:
    """A bank with two people at head office who decide on rights, and an administrator who proposes."""

    connection: psycopg.Connection
    engine: AsyncEngine
    bank: SmallBank

    def enter(self, number: str, role: str) -> Actor:
        staff = self.bank.staff(number, self.bank.head_office, role)
        account = insert(
            self.connection, "accounts", account=number, staff_id=staff, password_hash="", failed_attempts=0
        )
        self.connection.commit()
        return actor_in(self.connection, account, TODAY)

    def open(self) -> UnitOfWork:
        return UnitOfWork(async_sessionmaker(self.engine, expire_on_commit=False)())

    async def propose_role(self, who: Actor, code: str, rights: RoleRights, name: str = "角色") -> int:
        return await self._propose(who, ROLE, lambda _uow: role_change(code, name, rights))

    async def propose_grant(
        self,
        who: Actor,
        number: str,
        granted: Granted,
        from_on: date | None = TODAY,
        to_on: date | None = None,
    ) -> int:
        return await self._propose(
            who, GRANT_KIND, lambda uow: grant_asked(uow, number, granted, from_on, to_on, today=TODAY)
        )

    async def _propose(
        self, who: Actor, kind: ProposalKind, proposed: Callable[[UnitOfWork], Change | Asked]
    ) -> int:
        async with self.open() as uow:
            return await propose(uow, who, kind, proposed(uow), key=uuid4(), reason="试", until=None, now=NOW)

    async def agree(self, who: Actor, proposal: int) -> None:
        async with self.open() as uow:
            await decide(uow, who, KINDS, proposal, key=uuid4(), agrees=True, reason="", now=NOW)

    def rights(self, code: str) -> RoleRights:
        row = self.connection.execute(
            "select permissions, mask, scope from roles where code = %s", [code]
        ).fetchone()
        self.connection.commit()
        assert row is not None
        return RoleRights(frozenset(row[0]), Mask(row[1]), RoleScope(row[2]))

    def grants(self) -> list[tuple]:
        found = self.connection.execute(
            "select unit_id, grid_code, customer_id, from_on, to_on from scope_grants order by from_on, id"
        ).fetchall()
        self.connection.commit()
        return found


@pytest.fixture
async def office(connection: psycopg.Connection, database_url: str) -> AsyncIterator[Office]:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    bank = SmallBank(connection)
    connection.commit()
    yield Office(connection, engine, bank)
    await engine.dispose()


async def refused(code: str, act: Any) -> None:
    with pytest.raises(DomainError) as error:
        await act
    assert error.value.code == code


async def test_another_person_gives_a_role_what_was_proposed(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    before = office.rights("OUTLET_MANAGER")
    wanted = replace(before, permissions=before.permissions | {"nights.start"} - {"models.view"})
    proposal = await office.propose_role(administrator, "OUTLET_MANAGER", wanted, "网点行长")
    assert office.rights("OUTLET_MANAGER") == before
    await refused("PROPOSER_DECIDES", office.agree(administrator, proposal))
    await refused("PROPOSAL_NOT_ALLOWED", office.agree(office.enter("A2", "ADMINISTRATOR"), proposal))
    await office.agree(head, proposal)
    assert office.rights("OUTLET_MANAGER") == wanted
    noted = office.connection.execute("select before, after from proposals").fetchone()
    assert noted is not None
    assert noted[0] == {"name": "网点负责人", **before.as_json()}
    assert noted[1] == {"name": "网点行长", **wanted.as_json()}
    assert office.connection.execute(
        "select subject from audit where action = 'role.changed' and actor_id = %s", [head.staff_id]
    ).fetchall() == [("Role:OUTLET_MANAGER",)]


async def test_a_new_role_is_proposed_like_another(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    auditor = RoleRights(frozenset({"customers.view"}), Mask.HEAD, RoleScope.BANK)
    await refused("PERMISSIONS_NOT_KNOWN", office.propose_role(
        administrator, "AUDITOR", replace(auditor, permissions=frozenset({"everything.do"}))
    ))  # fmt: skip
    await refused("ROLE_NAME_NOT_VALID", office.propose_role(administrator, "auditor 1", auditor))
    await refused("ROLE_NAME_NOT_VALID", office.propose_role(administrator, "AUDITOR", auditor, " "))
    await office.agree(head, await office.propose_role(administrator, "AUDITOR", auditor, "审计"))
    assert office.rights("AUDITOR") == auditor
    await refused("NOTHING_CHANGES", office.propose_role(administrator, "AUDITOR", auditor, "审计"))


@pytest.mark.parametrize(
    "more",
    [{"permissions": EVERYTHING}, {"mask": Mask.FULL_OWN}, {"scope": RoleScope.OWN_UNIT}],
    ids=lambda more: next(iter(more)),
)
async def test_nobody_gives_his_own_role_more(office: Office, more: dict[str, Any]) -> None:
    """Neither by proposing it nor by agreeing to it; whoever holds another role may."""
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    own = replace(office.rights("ADMINISTRATOR"), **more)
    await refused("OWN_RIGHTS", office.propose_role(administrator, "ADMINISTRATOR", own))
    await office.agree(
        head, await office.propose_role(office.enter("H2", "HEAD_OFFICE"), "ADMINISTRATOR", own)
    )
    assert office.rights("ADMINISTRATOR") == own

    less = RoleRights(DECIDES, Mask.ALL, RoleScope.NOTHING)
    office.connection.execute(
        "update roles set permissions = %s, mask = 'ALL', scope = 'NOTHING' where code = 'HEAD_OFFICE'",
        [list(DECIDES)],
    )
    office.connection.commit()
    proposal = await office.propose_role(administrator, "HEAD_OFFICE", replace(less, **more))
    await refused("OWN_RIGHTS", office.agree(head, proposal))
    assert office.rights("HEAD_OFFICE") == less


async def test_whoever_loses_by_it_may_agree(office: Office) -> None:
    head, other = office.enter("H1", "HEAD_OFFICE"), office.enter("H2", "HEAD_OFFICE")
    less = replace(office.rights("HEAD_OFFICE"), permissions=DECIDES)
    await office.agree(other, await office.propose_role(head, "HEAD_OFFICE", less))
    assert office.rights("HEAD_OFFICE") == less


@pytest.mark.parametrize("taken", ["rights.decide", "rights.view", "proposals.view"])
async def test_the_last_who_can_decide_stays(office: Office, taken: str) -> None:
    administrator, _ = office.enter("A1", "ADMINISTRATOR"), office.enter("H1", "HEAD_OFFICE")
    held = office.rights("HEAD_OFFICE")
    less = replace(held, permissions=held.permissions - {taken})
    await refused("LAST_DECIDER", office.propose_role(administrator, "HEAD_OFFICE", less))
    # A decider of another role whose account is disabled decides nothing; one who can sign in does.
    auditor = RoleRights(DECIDES, Mask.ALL, RoleScope.NOTHING)
    await office.agree(
        office.enter("H2", "HEAD_OFFICE"), await office.propose_role(administrator, "AUDITOR", auditor)
    )
    office.enter("U1", "AUDITOR")
    _set_password(office, "U1", "!")
    await refused("LAST_DECIDER", office.propose_role(administrator, "HEAD_OFFICE", less))
    _set_password(office, "U1", "hash")
    await office.propose_role(administrator, "HEAD_OFFICE", less)


async def test_the_last_two_who_describe_files_and_agree_stay(office: Office) -> None:
    """A description of files takes two, so a bank that has lost one of them could never mend how it reads them."""
    assert FEEDS.permissions <= EVERYTHING
    head, rows = office.enter("H1", "HEAD_OFFICE"), NightRows(office.connection)
    office.enter("A1", "ADMINISTRATOR")
    held = office.rights("ADMINISTRATOR")
    less = replace(held, permissions=held.permissions - {"feeds.release"})
    assert not are_two(rows, FEEDS)
    await office.propose_role(head, "ADMINISTRATOR", less)  # what was never there is not lost
    office.enter("A2", "ADMINISTRATOR")
    assert are_two(rows, FEEDS)
    for taken in ("feeds.release", "feeds.describe", "nights.view"):
        less = replace(held, permissions=held.permissions - {taken})
        await refused("LAST_FEED_DECIDER", office.propose_role(head, "ADMINISTRATOR", less))
    found = office.connection.execute("select id from accounts where account = 'A1'").fetchone()
    assert found is not None
    assert lacks_by(rows, found[0]) is FEEDS
    office.enter("A3", "ADMINISTRATOR")
    assert lacks_by(rows, found[0]) is None


async def test_a_single_person_cannot_be_left_to_propose_and_decide(office: Office) -> None:
    administrator, head = office.enter("A1", "ADMINISTRATOR"), office.enter("H1", "HEAD_OFFICE")
    held = office.rights("ADMINISTRATOR")
    less = replace(held, permissions=held.permissions - {"rights.propose"})
    await refused("LAST_DECIDER", office.propose_role(head, "ADMINISTRATOR", less))
    assert administrator.can("rights.propose")


def _set_password(office: Office, account: str, password_hash: str) -> None:
    office.connection.execute(
        "update accounts set password_hash = %s where account = %s", [password_hash, account]
    )
    office.connection.commit()


async def test_of_two_roles_that_would_lose_the_right_at_once_one_keeps_it(office: Office) -> None:
    administrator = office.enter("A1", "ADMINISTRATOR")
    heads = [office.enter(number, "HEAD_OFFICE") for number in ("H1", "H2")]
    both = RoleRights(DECIDES, Mask.ALL, RoleScope.NOTHING)
    await office.agree(heads[0], await office.propose_role(administrator, "AUDITOR", both))
    office.enter("U1", "AUDITOR")
    proposals = []
    for code in ("HEAD_OFFICE", "AUDITOR"):
        held = office.rights(code)
        less = replace(held, permissions=held.permissions - {"rights.decide"})
        proposals.append(await office.propose_role(administrator, code, less))
    # Both deciders were read before: what they may is looked at when the role is.
    found = await asyncio.gather(
        *(office.agree(head, one) for head, one in zip(heads, proposals, strict=True)), return_exceptions=True
    )
    assert sorted(getattr(one, "code", "") for one in found) == ["", "LAST_DECIDER"]


async def test_a_grant_is_given_prolonged_and_ended(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    unit = Granted(GrantOf.UNIT, "A01")
    later, end = TODAY + timedelta(days=10), TODAY + timedelta(days=30)
    await office.agree(head, await office.propose_grant(administrator, "M3", unit, TODAY, later))
    assert office.grants() == [(office.bank.outlet_a, None, None, TODAY, later)]
    await office.agree(head, await office.propose_grant(administrator, "M3", unit, TODAY, end))
    assert office.grants() == [(office.bank.outlet_a, None, None, TODAY, end)]
    # From another day on it is another grant, and the one before it ends there.
    await office.agree(head, await office.propose_grant(administrator, "M3", unit, later, None))
    assert office.grants() == [
        (office.bank.outlet_a, None, None, TODAY, later),
        (office.bank.outlet_a, None, None, later, None),
    ]
    await office.agree(head, await office.propose_grant(administrator, "M3", unit, TODAY, TODAY))
    assert office.grants()[0][3:] == (TODAY, TODAY)
    assert office.connection.execute("select count(proposal_id) from scope_grants").fetchone() == (2,)


async def test_what_is_agreed_to_late_begins_on_the_day_of_the_decision(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    grid, customer = Granted(GrantOf.GRID, "N"), office.bank.customer()
    office.connection.commit()
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, date(2026, 1, 1)))
    of_customer = Granted(GrantOf.CUSTOMER, str(customer))
    await office.agree(head, await office.propose_grant(administrator, "M3", of_customer))
    assert office.grants() == [(None, "N", None, TODAY, None), (None, None, customer, TODAY, None)]


async def test_an_end_is_enough_to_end_a_grant(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    begun = date(2026, 1, 1)
    insert(
        office.connection, "scope_grants", staff_id=office.bank.manager_south, grid_code="N", from_on=begun
    )
    office.connection.commit()
    proposal = await office.propose_grant(administrator, "M3", Granted(GrantOf.GRID, "N"), None, TODAY)
    await office.agree(head, proposal)
    assert office.grants() == [(None, "N", None, begun, TODAY)]


@pytest.mark.parametrize("from_on", [date(2026, 1, 1), date(2026, 3, 1)], ids=["its day", "later"])
async def test_a_grant_that_ended_is_given_anew_and_its_days_stay(office: Office, from_on: date) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    begun, ended = date(2026, 1, 1), date(2026, 6, 1)
    manager = office.bank.manager_south
    insert(office.connection, "scope_grants", staff_id=manager, grid_code="N", from_on=begun, to_on=ended)
    office.connection.commit()
    proposal = await office.propose_grant(administrator, "M3", Granted(GrantOf.GRID, "N"), from_on)
    await office.agree(head, proposal)
    assert office.grants() == [(None, "N", None, begun, ended), (None, "N", None, TODAY, None)]


async def test_days_before_a_grant_to_come_leave_it_alone(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    grid, soon, later = Granted(GrantOf.GRID, "N"), TODAY + timedelta(days=5), TODAY + timedelta(days=10)
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, later))
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, TODAY, soon))
    assert office.grants() == [(None, "N", None, TODAY, soon), (None, "N", None, later, None)]
    # And the one that holds is ended while the other is to come.
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, None, TODAY))
    assert [row[3:] for row in office.grants()] == [(TODAY, TODAY), (later, None)]


async def test_an_end_is_enough_for_a_grant_to_come_which_does_not_begin_sooner(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    grid, begins, ends = Granted(GrantOf.GRID, "N"), TODAY + timedelta(days=3), TODAY + timedelta(days=9)
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, begins))
    await office.agree(head, await office.propose_grant(administrator, "M3", grid, None, ends))
    assert office.grants() == [(None, "N", None, begins, ends)]


async def test_a_grant_that_may_not_stand_is_refused(office: Office) -> None:
    head, administrator = office.enter("H1", "HEAD_OFFICE"), office.enter("A1", "ADMINISTRATOR")
    grid = Granted(GrantOf.GRID, "N")
    yesterday = TODAY - timedelta(days=1)
    await refused("OWN_RIGHTS", office.propose_grant(administrator, "A1", grid))
    await refused("OWN_RIGHTS", office.agree(head, await office.propose_grant(administrator, "H1", grid)))
    await refused("STAFF_NOT_FOUND", office.propose_grant(administrator, "M99", grid))
    for nothing in (Granted(GrantOf.GRID, "N9"), Granted(GrantOf.UNIT, "N"), Granted(GrantOf.CUSTOMER, "x")):
        await refused("GRANT_SUBJECT_NOT_FOUND", office.propose_grant(administrator, "M3", nothing))
    for from_on, to_on in ((TODAY, TODAY), (yesterday, TODAY), (TODAY, yesterday)):
        await refused("GRANT_DAYS_NOT_VALID", office.propose_grant(administrator, "M3", grid, from_on, to_on))
    nobody = office.enter("C9", "CUSTOMER_MANAGER")
    await refused("PROPOSAL_NOT_ALLOWED", office.propose_grant(nobody, "M3", grid))
    assert office.grants() == []
