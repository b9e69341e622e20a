"""撤销与重做: which act of somebody is the next to be taken back, and which to be done again.

Everybody takes back his own acts, the last one first; what he takes back can be done again until he does something
else. Both are acts themselves, and name the one that they mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.grids.acts import ActKind
from domain.grids.drafts import Edit


@dataclass(frozen=True)
class Change:
    """A row of `plan_changes`."""

    version: int
    act: ActKind
    what: str
    of_version: int | None
    before: Edit
    after: Edit
    by_id: int
    who: str


def to_take_back(changes: Sequence[Change], by_id: int) -> Change | None:
    """The last act of somebody that stands."""
    done, _ = _stacks(changes, by_id)
    return done[-1] if done else None


def to_do_again(changes: Sequence[Change], by_id: int) -> Change | None:
    """What took back the act that he took back last, unless he did something else since."""
    _, undone = _stacks(changes, by_id)
    return undone[-1] if undone else None


def _stacks(changes: Sequence[Change], by_id: int) -> tuple[list[Change], list[Change]]:
    done: list[Change] = []
    undone: list[Change] = []
    for change in changes:
        if change.by_id != by_id:
            continue
        if change.act is ActKind.UNDO:
            done.pop()
            undone.append(change)
        elif change.act is ActKind.REDO:
            undone.pop()
            done.append(change)
        else:
            done.append(change)
            undone.clear()
    return done, undone
