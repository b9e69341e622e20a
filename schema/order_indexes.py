"""Which indexes give the rows of a list in an order, for each form of scope."""

from collections.abc import Callable, Sequence

from domain.shared.actor import ScopeForm
from schema.view import View


def indexed(
    *, bank: Sequence[str] = (), units: Sequence[str] = (), grids: Sequence[str] = ()
) -> Callable[[View], Sequence[str]]:
    """Names of indexes. A form without one orders so many rows as can be sorted for a request, and refuses more."""
    forms = {
        ScopeForm.BANK: bank,
        ScopeForm.UNIT: units,
        ScopeForm.UNITS: units,
        ScopeForm.GRIDS: grids,
        # Single customers beside them are few.
        ScopeForm.MIXED: (*units, *grids) if units and grids else (),
    }
    return lambda view: forms.get(view.scope, ())
