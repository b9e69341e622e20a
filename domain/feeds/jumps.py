"""留待: a file that would empty, halve or double a feed is held until a person says yes or no.

Judged by what would become of the keys in force on its data date rather than by lines: a file whose lines were all set
aside empties a feed like one without lines, and one whose keys are all others ends everything, as many as they may be.
"""

from dataclasses import dataclass

from domain.feeds import statements as said
from domain.shared.statements import Statement


class FileHeld(Exception):
    """A file that may stand, but that nobody would expect. Nothing of it is taken until a person says yes."""

    def __init__(self, reason: Statement) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Band:
    """What is usual: shares of 1 of the keys before, and how many those must be before a share says anything.

    One of three keys that goes is a third of them and nothing to ask anybody about.
    """

    lowest_share: float
    highest_share: float
    from_keys: int


@dataclass(frozen=True)
class Jump:
    """How many keys are in force before a file and after it, and how many of them would end. Changed ones do not."""

    before: int
    after: int
    ended: int

    @property
    def added(self) -> int:
        return self.after - self.before + self.ended

    def is_usual(self, band: Band) -> bool:
        """A first load is; an end of everything never is, however small the feed."""
        if self.before == 0:
            return True
        if self.after == 0:
            return False
        if self.before < band.from_keys:
            return True
        share, ended_share = self.after / self.before, self.ended / self.before
        return band.lowest_share <= share <= band.highest_share and ended_share <= 1 - band.lowest_share

    def told(self, rows: int) -> Statement:
        """What a person is asked, of a file of `rows` lines."""
        if self.after == 0:
            return said.HELD_EMPTY(rows=rows, before=self.before)
        return said.HELD(rows=rows, before=self.before, after=self.after, ended=self.ended, added=self.added)
