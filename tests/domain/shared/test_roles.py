"""A role is changed as a whole, by a principal, and the audit says what it was and what it became."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.shared.actor import RoleScope
from domain.shared.masks import Mask
from domain.shared.principal import Principal
from domain.shared.roles import (
    PermissionsNotKnown,
    RoleNotFound,
    RoleRights,
    change_role,
    role_named,
)
from domain.shared.unit_of_work import UnitOfWork

KNOWN = ("customers.view", "grids.view", "tasks.record_visit")
RIGHTS = RoleRights(frozenset({"customers.view", "grids.view"}), Mask.ALL, RoleScope.OWN_UNIT)
Change = Callable[[str, RoleRights], Awaitable[None]]


@pytest.fixture
async def change(database_url: str) -> AsyncIterator[Change]:
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def changed(role: str, rights: RoleRights) -> None:
        async with UnitOfWork(sessions()) as uow:
            await change_role(uow, role, rights, by=Principal.staff(7), known=KNOWN)
            assert (await role_named(uow, role) or ("", None))[1] == rights

    yield changed
    await engine.dispose()


async def test_a_change_is_whole_and_audited(change: Change, connection: psycopg.Connection) -> None:
    await change("CUSTOMER_MANAGER", RIGHTS)
    row = connection.execute("select permissions, mask, scope from roles where code = 'CUSTOMER_MANAGER'")
    assert row.fetchone() == (["customers.view", "grids.view"], "ALL", "OWN_UNIT")
    noted = connection.execute(
        "select actor_kind, actor_id, action, subject, detail->'before'->>'mask', detail->'after' from audit"
    ).fetchall()
    assert noted == [
        ("STAFF", 7, "role.changed", "Role:CUSTOMER_MANAGER", "FULL_OWN", dict(RIGHTS.as_json()))
    ]


async def test_what_nobody_declares_is_not_given(change: Change, connection: psycopg.Connection) -> None:
    with pytest.raises(PermissionsNotKnown, match=r"everything\.do"):
        await change("CUSTOMER_MANAGER", replace(RIGHTS, permissions=frozenset({"everything.do"})))
    with pytest.raises(RoleNotFound):
        await change("NOBODY", RIGHTS)
    assert connection.execute("select count(*) from audit").fetchone() == (0,)


_LESS = {(scope, RoleScope.BANK) for scope in RoleScope} | {(RoleScope.NOTHING, scope) for scope in RoleScope}


@pytest.mark.parametrize("before", RoleScope)
@pytest.mark.parametrize("after", RoleScope)
def test_another_scope_gives_more_unless_it_certainly_lies_within_the_one_before(
    after: RoleScope, before: RoleScope
) -> None:
    """Of the unit and the grids neither does: somebody may sit on a grid outside his unit."""
    is_less = after is before or (after, before) in _LESS
    gives_more = replace(RIGHTS, scope=after).gives_more_than(replace(RIGHTS, scope=before))
    assert gives_more is not is_less
