"""Who may do what at all, and how his rows are bounded."""

import pytest

from domain.shared.actor import Actor, ScopeKind
from domain.shared.permissions import Permission, Role


def actor(role: Role) -> Actor:
    return Actor.of(account_id=1, staff_id=2, role=role, org_unit_id=3, grid_ids=())


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.HEAD_OFFICE, ScopeKind.BANK),
        (Role.OUTLET_MANAGER, ScopeKind.OUTLETS),
        (Role.CUSTOMER_MANAGER, ScopeKind.OWN_GRIDS),
        (Role.ADMINISTRATOR, ScopeKind.NOTHING),
    ],
)
def test_the_role_decides_the_form_of_the_scope(role: Role, scope: ScopeKind) -> None:
    assert actor(role).scope is scope


def test_an_administrator_sees_no_customer() -> None:
    assert not actor(Role.ADMINISTRATOR).can(Permission.VIEW_CUSTOMERS)


def test_only_administrators_start_nights() -> None:
    assert [role for role in Role if actor(role).can(Permission.START_NIGHT)] == [Role.ADMINISTRATOR]
