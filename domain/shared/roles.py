"""角色: what a role may do and see, read and changed as a value."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select, update
from sqlmodel import col

from domain.shared.actor import RoleScope
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.masks import Mask
from domain.shared.models import Role
from domain.shared.principal import Principal
from domain.shared.statements import TEXT
from domain.shared.unit_of_work import UnitOfWork


class RoleNotFound(DomainError):
    code = "ROLE_NOT_FOUND"
    takes: ClassVar = {"role_name": TEXT}

    def __init__(self, role: str) -> None:
        super().__init__(role_name=role)


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
        return {"permissions": sorted(self.permissions), "mask": self.mask, "scope": self.scope}


async def rights_of_role(uow: UnitOfWork, role: str) -> RoleRights:
    """As the database has them, locked until the unit of work ends. Raises RoleNotFound."""
    found = select(Role.permissions, Role.mask, Role.scope).where(col(Role.code) == role).with_for_update()  # type: ignore[call-overload]
    row = (await uow.session.execute(found)).one_or_none()
    if row is None:
        raise RoleNotFound(role)
    return RoleRights(frozenset(row.permissions), Mask.named(row.mask), RoleScope(row.scope))


async def change_role(
    uow: UnitOfWork, role: str, rights: RoleRights, *, by: Principal, known: Collection[str]
) -> None:
    """Give a role other rights; they hold from the next request of everybody who has it.

    `known` are the permissions of the program; one that it does not know is refused with PermissionsNotKnown.
    """
    unknown = rights.permissions.difference(known)
    if unknown:
        raise PermissionsNotKnown(unknown)
    before = await rights_of_role(uow, role)
    row = {**rights.as_json(), "mask": rights.mask.value, "scope": rights.scope.value}
    await uow.session.execute(update(Role).where(col(Role.code) == role).values(row))
    await record(
        uow,
        by=by,
        action="role.changed",
        subject=f"Role:{role}",
        before=before.as_json(),
        after=rights.as_json(),
    )
