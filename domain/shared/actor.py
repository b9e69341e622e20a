"""Who asks: permissions, and the scope of the rows that he may touch."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.shared.permissions import PERMISSIONS, Permission, Role
from domain.shared.principal import Principal


class ScopeKind(StrEnum):
    """The form of the scope. The read engine writes one statement for each form."""

    BANK = "bank"
    OUTLETS = "outlets"
    OWN_GRIDS = "own_grids"
    NOTHING = "nothing"


SCOPES = {
    Role.HEAD_OFFICE: ScopeKind.BANK,
    Role.OUTLET_MANAGER: ScopeKind.OUTLETS,
    Role.CUSTOMER_MANAGER: ScopeKind.OWN_GRIDS,
    Role.ADMINISTRATOR: ScopeKind.NOTHING,
}


@dataclass(frozen=True)
class Actor:
    """A member of staff who is signed in. Rights are read with each request."""

    account_id: int
    staff_id: int
    role: Role
    org_unit_id: int
    grid_ids: tuple[int, ...] = ()
    """Small grids on whose A or B post he sits today (empty for other roles)."""
    permissions: frozenset[Permission] = field(default=frozenset())

    @classmethod
    def of(
        cls, *, account_id: int, staff_id: int, role: Role, org_unit_id: int, grid_ids: tuple[int, ...]
    ) -> "Actor":
        return cls(account_id, staff_id, role, org_unit_id, grid_ids, PERMISSIONS[role])

    @property
    def principal(self) -> Principal:
        """What is noted where he acted."""
        return Principal.staff(self.staff_id)

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def scope(self) -> ScopeKind:
        return SCOPES[self.role]
