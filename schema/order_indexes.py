"""Which indexes give the rows of a list in an order, for each form of scope."""

from collections.abc import Callable, Sequence

from domain.shared.actor import ScopeKind
from schema.view import View


def indexed(
    *, bank: Sequence[str] = (), outlets: Sequence[str] = (), own_grids: Sequence[str] = ()
) -> Callable[[View], Sequence[str]]:
    """Names of indexes. A form without one orders so many rows as can be sorted for a request, and refuses more."""
    forms = {ScopeKind.BANK: bank, ScopeKind.OUTLETS: outlets, ScopeKind.OWN_GRIDS: own_grids}
    return lambda view: forms.get(view.scope, ())
