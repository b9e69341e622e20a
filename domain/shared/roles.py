"""角色: what a role may do and see, read and changed as a value. Two persons change it (`role_changes`)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Row, func, insert, select, update
from sqlmodel import col

from domain.shared.actor import RoleScope
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.masks import SHOWN, Mask
from domain.shared.models import Role
from domain.shared.principal import Principal
from domain.shared.statements import NUMBER, TEXT
from domain.shared.unit_of_work import UnitOfWork

LONGEST_CODE = 40
LONGEST_NAME = 40
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


class RoleNotFound(DomainError):
    code = "ROLE_NOT_FOUND"
    takes: ClassVar = {"role_name": TEXT}

    def __init__(self, role: str) -> None:
        super().__init__(role_name=role)


class RoleNameNotValid(DomainError):
    """Of the code or of the name for people."""

    code = "ROLE_NAME_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_NAME)


class PermissionsNotKnown(DomainError):
    code = "PERMISSIONS_NOT_KNOWN"
    takes: ClassVar = {"unknown": TEXT}

    def __init__(self, unknown: Collection[str]) -> None:
        super().__init__(unknown=", ".join(sorted(unknown)))


@dataclass(frozen=True)
class RoleRights:
    """What a role gives to whoever holds it."""

    permissions: frozenset[str]
    mask: Mask
    scope: RoleScope

    def as_json(self) -> dict[str, object]:
        return {
            "permissions": sorted(self.permissions),
            "mask": self.mask.value,
            "scope": self.scope.value,
        }

    def gives_more_than(self, before: "RoleRights") -> bool:
        """Whether somebody who holds it might do or see anything that he could not."""
        return bool(
            self.permissions - before.permissions
            or SHOWN.get(self.mask, frozenset()) - SHOWN.get(before.mask, frozenset())
            or not _lies_within(self.scope, before.scope)
        )


def _lies_within(scope: RoleScope, other: RoleScope) -> bool:
    """Whoever holds the role. A unit and grids cannot be compared: one may sit on a grid outside his unit."""
    return scope in (other, RoleScope.NOTHING) or other is RoleScope.BANK


NO_RIGHTS = RoleRights(frozenset(), Mask.ALL, RoleScope.NOTHING)


async def role_named(uow: UnitOfWork, code: str) -> tuple[str, RoleRights] | None:
    """Its name for people and its rights, locked until the unit of work ends; None where there is no such role."""
    found = select(Role.name, Role.permissions, Role.mask, Role.scope).where(col(Role.code) == code)  # type: ignore[call-overload]
    row: Row[Any] | None = (await uow.session.execute(found.with_for_update())).one_or_none()
    if row is None:
        return None
    return row.name, RoleRights(frozenset(row.permissions), Mask.named(row.mask), RoleScope(row.scope))


def check_role(code: str, name: str, rights: RoleRights, known: Collection[str]) -> None:
    """`known` are the permissions of the program; one that it does not know is refused."""
    unknown = rights.permissions.difference(known)
    if unknown:
        raise PermissionsNotKnown(unknown)
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise RoleNameNotValid


async def change_role(
    uow: UnitOfWork,
    role: str,
    rights: RoleRights,
    *,
    by: Principal,
    known: Collection[str],
    name: str | None = None,
) -> None:
    """Give a role other rights; they hold from the next request of everybody who has it."""
    found = await role_named(uow, role)
    if found is None:
        raise RoleNotFound(role)
    named, before = found
    check_role(role, name or named, rights, known)
    row = {**rights.as_json(), "name": name or named}
    await uow.session.execute(update(Role).where(col(Role.code) == role).values(row))
    await record(
        uow,
        by=by,
        action="role.changed",
        subject=f"Role:{role}",
        before=before.as_json(),
        after=rights.as_json(),
    )


async def add_role(
    uow: UnitOfWork, role: str, name: str, rights: RoleRights, *, by: Principal, known: Collection[str]
) -> None:
    """A role that nobody holds yet, the last in lists for people."""
    check_role(role, name, rights, known)
    position = select(func.coalesce(func.max(Role.position), 0) + 1).scalar_subquery()
    await uow.session.execute(
        insert(Role).values(code=role, name=name, position=position, **rights.as_json())
    )
    await record(uow, by=by, action="role.added", subject=f"Role:{role}", after=rights.as_json())
