"""Roles and grants, which two persons change."""

from collections.abc import Collection

from domain.shared.grant_changes import GRANT_KIND
from domain.shared.permissions import RIGHTS
from domain.shared.proposals import ProposalKind
from domain.shared.role_changes import ROLE, role_kind
from schema.roles.mutations import mutations_of
from schema.rooms import SchemaRoom


def rights_kinds(known: Collection[str]) -> tuple[ProposalKind, ...]:
    """What two persons decide of rights, where `known` are the permissions that a role may name."""
    return role_kind(known), GRANT_KIND


def rights_room(kinds: Collection[ProposalKind]) -> SchemaRoom:
    role = next(kind for kind in kinds if kind.name == ROLE)
    return SchemaRoom("rights", mutations=mutations_of(role), permissions=RIGHTS)
