"""What the lines carry that could not be read, held against what the control file says beyond the lines that could.

The bank's database adds up what it prints, a shop with the delimiter in its name included. So a difference is no fault
of the file where the lines that are set aside carry it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from domain.feeds.amounts import carried_fen
from domain.feeds.contracts import DELIMITER

FIRST_LINES = 3
# So many different sums of few lines are tried; of more lines those that take every line alike.
MOST_SUMS = 4096


@dataclass(frozen=True)
class Amounts:
    """What one bad line may carry, in fen. Delimiters too many or too few stand before the amount or behind it."""

    from_left: Decimal | None
    from_right: Decimal | None
    joined: Decimal | None
    """Of a line that is two."""
    is_open: bool
    """An amount stands there, or should, and it is no number."""

    @property
    def likeliest(self) -> Decimal:
        """Names stand before amounts, and they have the delimiters in them."""
        return next((a for a in (self.joined, self.from_right, self.from_left) if a is not None), Decimal(0))


def amounts_of(raw: str, position: int | None, columns: int, factor: str = "1") -> Amounts:
    """`position` of the amount, from nought, in a line of so many `columns`; `factor` makes it yuan.

    Without a position the amount is made of several parts, and nobody can tell which of a bad line they are.
    """
    if position is None:
        return Amounts(None, None, None, is_open=True)
    parts = raw.split(DELIMITER)
    places = (position, len(parts) - columns + position)
    written = [parts[place].strip() if 0 <= place < len(parts) else "" for place in places]
    left, right = (_scaled(carried_fen(text) if text else None, factor) for text in written)
    is_two = len(parts) >= 2 * columns - 1
    joined = left + right if is_two and left is not None and right is not None else None
    is_amount = len(parts) == columns or any(letter.isdigit() for text in written for letter in text)
    return Amounts(left, right, joined, is_amount and any(written) and left is None and right is None)


def _scaled(fen: Decimal | None, factor: str) -> Decimal | None:
    return fen if fen is None or factor == "1" else fen * Decimal(factor)


@dataclass
class Carried:
    """The lines set aside and the sums that they may carry, in fen."""

    lines: int = 0
    first: list[int] = field(default_factory=list)
    likeliest: Decimal = Decimal(0)
    open_lines: int = 0
    _twins: Decimal = Decimal(0)
    _left: Decimal = Decimal(0)
    _right: Decimal = Decimal(0)
    _sums: set[Decimal] = field(default_factory=lambda: {Decimal(0)})

    def add(self, line: int, amounts: Amounts) -> None:
        self.lines += 1
        if len(self.first) < FIRST_LINES:
            self.first.append(line)
        self.open_lines += amounts.is_open
        self.likeliest += amounts.likeliest
        self._left += amounts.from_left or 0
        self._right += amounts.from_right or 0
        if len(self._sums) <= MOST_SUMS:
            each = {amounts.from_left, amounts.from_right, amounts.joined} - {None}
            self._sums |= {known + one for known in self._sums for one in each if one is not None}

    def add_twin(self, amount_fen: int) -> None:
        """A line that was printed twice is in the total; whoever wrote the control file may have counted it once."""
        self._twins += amount_fen
        if len(self._sums) <= MOST_SUMS:
            self._sums |= {known - amount_fen for known in self._sums}

    def explain(self, difference_fen: int) -> bool:
        """Whether some of the lines, each counted once at most, carry the difference. A part of a fen was rounded."""
        alike: Iterable[Decimal] = (self.likeliest, self._left, self._right)
        without_twins = (one - self._twins for one in (*alike, Decimal(0)))
        return any(abs(one - difference_fen) < 1 for one in (*self._sums, *alike, *without_twins))

    @property
    def first_lines(self) -> str:
        return ", ".join(map(str, self.first)) + (" …" if self.lines > len(self.first) else "")
