"""Who acted: noted beside whatever somebody did."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class PrincipalKind(StrEnum):
    """What an id means: a member of staff, a customer, a partner platform, or the program itself."""

    STAFF = "STAFF"
    CUSTOMER = "CUSTOMER"
    PARTNER = "PARTNER"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True)
class Principal:
    """A kind with an id in the table of that kind; the system has none."""

    kind: PrincipalKind
    id: int | None = None

    def __post_init__(self) -> None:
        if (self.id is None) != (self.kind is PrincipalKind.SYSTEM):
            raise ValueError(f"{self.kind} with id {self.id}")

    @classmethod
    def staff(cls, staff_id: int) -> Self:
        return cls(PrincipalKind.STAFF, staff_id)


SYSTEM = Principal(PrincipalKind.SYSTEM)
"""The night, a worker, the command line, and sign-ins before anybody is known."""
