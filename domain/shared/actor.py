"""Who asks: permissions, what he sees in full, and the scope of the rows that he may touch."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from domain.shared.masks import Mask
from domain.shared.principal import Principal


class RoleScope(StrEnum):
    """Which rows a role has before anything is granted to one of its people."""

    BANK = "BANK"
    OWN_UNIT = "OWN_UNIT"
    """The unit where he works, and all below it."""
    OWN_GRIDS = "OWN_GRIDS"
    """Grids on whose A or B post he sits today."""
    NOTHING = "NOTHING"


class ScopeForm(StrEnum):
    """The form of a scope. A statement is written for each form; whose rows exactly is bound."""

    BANK = "BANK"
    UNIT = "UNIT"
    """One unit without others below it: one index range."""
    UNITS = "UNITS"
    GRIDS = "GRIDS"
    """His grids, and customers without a grid whom he owns."""
    MIXED = "MIXED"
    """Units, grids and single customers: the branches of all three, disjoint."""
    NOTHING = "NOTHING"
    NOBODY = "NOBODY"
    """Nobody is signed in."""


@dataclass(frozen=True)
class Scope:
    """What a role gives and what was granted beside it, resolved on a day: subtrees are units already."""

    of_role: RoleScope
    unit_ids: tuple[int, ...] = ()
    grid_ids: tuple[int, ...] = ()
    customer_ids: tuple[int, ...] = ()

    @cached_property
    def form(self) -> ScopeForm:
        if self.of_role is RoleScope.BANK:
            return ScopeForm.BANK
        has_units = self.of_role is RoleScope.OWN_UNIT or bool(self.unit_ids)
        has_grids = self.of_role is RoleScope.OWN_GRIDS or bool(self.grid_ids)
        if has_units and not has_grids and not self.customer_ids:
            return ScopeForm.UNIT if len(self.unit_ids) == 1 else ScopeForm.UNITS
        if self.of_role is RoleScope.OWN_GRIDS and not has_units and not self.customer_ids:
            return ScopeForm.GRIDS
        return ScopeForm.MIXED if has_units or has_grids or self.customer_ids else ScopeForm.NOTHING


@dataclass(frozen=True)
class Actor:
    """A member of staff who is signed in. Rights are read with each request."""

    account_id: int
    staff_id: int
    role: str
    """The name of his set of rights, for people. What he may do and see is in the other fields."""
    org_unit_id: int
    scope: Scope = field(default=Scope(RoleScope.NOTHING))
    mask: Mask = Mask.ALL
    permissions: frozenset[str] = frozenset()
    rights_version: int = 0
    """That of everybody's rights when his were read; the guard compares it."""

    @property
    def principal(self) -> Principal:
        """What is noted where he acted."""
        return Principal.staff(self.staff_id)

    @property
    def form(self) -> ScopeForm:
        return self.scope.form

    @property
    def sees_bank(self) -> bool:
        """Whether every row of the bank is within his scope: what is of the whole bank is there for nobody else."""
        return self.form is ScopeForm.BANK

    def can(self, permission: str) -> bool:
        return permission in self.permissions
