"""Withdrawing a list that still waits for a second person: whoever brought a wrong one need not leave it there.

It stands as sent back, with a refusal that says why; a file that was is never tried again, so nothing else has to know.
"""

from domain.shared.imports.errors import ImportNotWaiting, ImportOfNight
from domain.shared.imports.keeping import WITHDRAWN, as_json, import_of, note_act
from domain.shared.imports.models import ImportState
from domain.shared.principal import Principal
from domain.shared.rows import Rows

_WITHDRAWN = """
update imports set state = 'REFUSED', refusal = cast(%(said)s as jsonb), undone_at = now(), undone_by_id = %(by)s
 where id = %(id)s
"""


def withdraw_import(rows: Rows, import_id: int, *, by: Principal) -> None:
    """Nobody can carry it out any more. Raises `ImportNotFound`, `ImportNotWaiting` and `ImportOfNight`."""
    kept = import_of(rows, import_id)
    if kept.state is not ImportState.TRIED:
        raise ImportNotWaiting(kept.standing)
    # The next night would find the same difference and bring the list again.
    if kept.is_of_a_night:
        raise ImportOfNight
    said = as_json(WITHDRAWN().as_json())
    rows.execute(_WITHDRAWN, {"id": import_id, "said": said, "by": by.id})
    note_act(rows, "import.withdrawn", import_id, by, {"kind": kept.kind})
