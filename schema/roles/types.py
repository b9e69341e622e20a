"""What is proposed of roles and grants. What comes of it is a proposal like every other."""

from datetime import date, datetime
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain.shared import actor, grant_changes, masks
from schema.permissions import enum_of

Mask = enum_of("Mask", masks.Mask.__members__, "脱敏: the profiles of what is seen in full.")
RoleScope = enum_of(
    "RoleScope", actor.RoleScope.__members__, "Which rows a role has before anything is granted."
)
GrantOf = enum_of(
    "GrantOf",
    grant_changes.GrantOf.__members__,
    "What is granted: a unit with all below it, a grid of whichever plan is in force, or a customer.",
)


@strawberry.input(
    description="Proposes what a role is to be, as a whole; a code that no role has makes a new one."
)
class ProposeRoleInput:
    idempotency_key: UUID
    code: str
    name: str
    permissions: list[str]
    """Codes, as `Proposal.after` shows them."""
    mask: Mask  # type: ignore[valid-type]
    scope: RoleScope  # type: ignore[valid-type]
    reason: str
    until: datetime | None = UNSET


@strawberry.input(
    description="Proposes what one member of staff sees beside what his role gives. Other days of a grant that is held "
    "change it, and without a first day it keeps its own; an end on the present day takes it back."
)
class ProposeGrantInput:
    idempotency_key: UUID
    staff_number: str
    of: GrantOf  # type: ignore[valid-type]
    code: str
    """The unit's number, the grid's code, or the customer's id."""
    from_on: date | None = UNSET
    to_on: date | None = UNSET
    reason: str
    until: datetime | None = UNSET
