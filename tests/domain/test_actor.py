"""How rows are bounded: the form of a scope follows from what it is made of."""

import pytest

from domain.shared.actor import Actor, RoleScope, Scope, ScopeForm
from domain.shared.masks import Mask, hides


@pytest.mark.parametrize(
    ("scope", "form"),
    [
        (Scope(RoleScope.BANK), ScopeForm.BANK),
        (Scope(RoleScope.BANK, (1,), (2,), (3,)), ScopeForm.BANK),
        (Scope(RoleScope.OWN_UNIT, (1,)), ScopeForm.UNIT),
        (Scope(RoleScope.OWN_UNIT, (1, 2)), ScopeForm.UNITS),
        # His unit is closed: no rows, and not an administrator's view of all grids either.
        (Scope(RoleScope.OWN_UNIT), ScopeForm.UNITS),
        (Scope(RoleScope.OWN_UNIT, (1,), (2,)), ScopeForm.MIXED),
        (Scope(RoleScope.OWN_UNIT, (1,), (), (3,)), ScopeForm.MIXED),
        (Scope(RoleScope.OWN_GRIDS), ScopeForm.GRIDS),
        (Scope(RoleScope.OWN_GRIDS, (), (2,)), ScopeForm.GRIDS),
        (Scope(RoleScope.OWN_GRIDS, (1,)), ScopeForm.MIXED),
        (Scope(RoleScope.OWN_GRIDS, (), (), (3,)), ScopeForm.MIXED),
        (Scope(RoleScope.NOTHING), ScopeForm.NOTHING),
        (Scope(RoleScope.NOTHING, (1,)), ScopeForm.UNIT),
        (Scope(RoleScope.NOTHING, (), (2,)), ScopeForm.MIXED),
        (Scope(RoleScope.NOTHING, (), (), (3,)), ScopeForm.MIXED),
    ],
)
def test_the_form_of_a_scope(scope: Scope, form: ScopeForm) -> None:
    assert scope.form is form


def test_whoever_was_given_nothing_may_do_nothing_and_sees_nothing() -> None:
    actor = Actor(account_id=1, staff_id=2, role="NEW", org_unit_id=3)
    assert not actor.can("customers.view")
    assert actor.form is ScopeForm.NOTHING
    assert all(hides(actor.mask, field) for field in ("name", "phone", "anything"))


def test_a_mask_that_is_not_known_hides_everything() -> None:
    assert Mask.named("FULL_OWN") is Mask.FULL_OWN
    assert Mask.named("SEES_ALL") is Mask.ALL
    assert hides(Mask.FULL_OWN, "certificate")
    assert hides(Mask.FULL_OWN, "a field that nobody thought of")
